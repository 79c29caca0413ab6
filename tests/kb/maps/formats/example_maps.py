"""Maps for the tests of the renderers: a small argument, hostile texts, and anything at all."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from kb.model.argument_map import ArgumentMap, Node
from kb.model.link import Evidence, Link
from kb.model.rules import PERSON
from kb.model.words import Basis, NodeKind, Relation, Status

HOSTILE_TEXTS = (
    'He said "no" \\" and \\\\ [a] (b) {c} <d>',
    "</script><img src=x onerror=alert(1)><!-- -->",
    "end",
    'subgraph end; click n href "javascript:alert(1)"',
    "# heading\n- item\n\n1. one\n> quote",
    "`code` ```fence``` **bold** _it_ ~~x~~ $\\alpha$",
    "#quot; &amp; &lt; #35; %%{init: {}}%% %% comment",
    "emoji 😀👩‍👩‍👧 " + "日本語のとても長い文章です。" * 8,
    "// comment /* x */ http://a.example/c//d <!-- -->",
    "+ plus\n- minus\n_ under\n> gt",
    "@[x] @<y> #tag #(tag two) [Title]: text <Arg>: x",
    ".A. :heart: e.g. this, i.e. that; 3.5.1 a.b\\[c]. :x[y]: style: #f00; classDef x:#a;",
    "=== front === --- (1) 2. * x",
    "",
    "   ",
    "\x1b[31mred\x1b[0m \x00 \u2028 \u202e end",
    "x" * 700,
    "it's {a: 'b', c: \"d } e\"} , }",
    "\\N \\G \\l end\\",
    "1. one",
    "- dash",
    "__proto__",
    "]]]]",
    "|a|b|",
    "' onmouseover='x",
    "{{title}} {{script}}",
)
HOSTILE_URLS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://a.example",
    'https://a.example/"><script>alert(1)</script>?x=1&y=[2]#f;g',
    "data:text/html,<script>alert(1)</script>",
    "https://a.example/fine?x=1&y=2",
    "http://[bad",
)
_KINDS = get_args(NodeKind)
_RELATIONS = get_args(Relation)


def edge(
    name: str, start: str, end: str, relation: Relation, basis: Basis, status: Status,
    score: float | None = None, evidence: Evidence | None = None,
) -> Link:  # fmt: skip
    return Link(name, start, end, relation, basis, PERSON, status, score, "", evidence)


def argument() -> ArgumentMap:
    """A thesis with support, attack, a reply, an undercut, a restatement, a doubtful link and a circle."""

    def node(name: str, kind: NodeKind, text: str, quote: str = "", url: str = "") -> Node:
        return Node(name, kind, text, f"s-{name}", "On microscopes", "Ada Moss", quote, url)

    nodes = (
        node("thesis", "theory_of_impact", "Reading circuits lets auditors catch a model that deceives them."),
        node("pro", "claim", "Circuits found in small models are found again in large ones.", "the same heads"),
        node("con", "critique", "No audit has yet found what testing had missed.", url="https://a.example/c"),
        node("reply", "claim", "Testing cannot reach the inputs that matter."),
        node("under", "question", "Does finding a circuit mean that it is used?"),
        node("again", "claim", "The same circuits turn up in models of any size."),
        node("data", "evidence", "In nine of ten models the heads were there."),
        node("text", "source", "On microscopes"),
        node("alone", "claim", "Nobody answers this."),
    )
    edges = (
        edge("l1", "pro", "thesis", "supports", "authored", "accepted"),
        edge("l2", "con", "thesis", "attacks", "structure", "accepted"),
        edge("l3", "reply", "con", "attacks", "cue", "suggested", 0.71),
        edge("l4", "under", "pro", "undercuts", "authored", "accepted"),
        edge("l5", "again", "pro", "restates", "embedding", "suggested", 0.9),
        edge("l6", "data", "pro", "supports", "authored", "accepted"),
        edge("l7", "text", "con", "related", "embedding", "suggested", 0.4),
        edge("l8", "thesis", "reply", "supports", "nli", "rejected", 0.2),
        edge("l9", "data", "con", "attacks", "authored", "accepted"),
    )
    return ArgumentMap(nodes, edges, ("thesis",), 7, 12, "Does reading circuits help?")


def hostile() -> ArgumentMap:
    """Every hostile text as text, title, speaker and quote, with ids to match."""
    nodes = tuple(
        Node(
            f'{number} "id" [x]{{y}}\\' if number % 3 else f"h{number}",
            _KINDS[number % len(_KINDS)],
            text,
            text[:20],
            text,
            text[:40],
            text[::-1],
            HOSTILE_URLS[number % len(HOSTILE_URLS)],
            context=text,
        )
        for number, text in enumerate(HOSTILE_TEXTS)
    )
    edges = [
        edge(
            f"e{number}",
            nodes[number].id,
            nodes[(number - 1) // 2].id,
            _RELATIONS[number % len(_RELATIONS)],
            "cue",
            get_args(Status)[number % 3],
            None if number % 2 else 0.5,
        )
        for number in range(1, len(nodes))
    ]
    edges.append(edge('lo"op', nodes[4].id, nodes[4].id, "supports", "cue", "accepted"))
    edges.append(edge("back]", nodes[0].id, nodes[9].id, "attacks", "cue", "accepted"))
    edges.append(edge("gone", nodes[1].id, "nowhere", "attacks", "cue", "accepted"))
    return ArgumentMap(
        nodes, tuple(edges), (nodes[0].id, "nowhere"), 3, 0, '</title><script>alert(1)</script> "t" ===\n%%'
    )


def wide(size: int) -> ArgumentMap:
    """Many statements under a few, with links across."""
    nodes = tuple(
        Node(f"n{number}", _KINDS[number % 6], f"Statement {number} " + "of some length " * (number % 9))
        for number in range(size)
    )
    tree = [
        edge(f"t{n}", f"n{n}", f"n{n * n % max(n // 3, 1)}", _RELATIONS[n % 3], "authored", "accepted")
        for n in range(1, size)
    ]
    across = [
        edge(f"x{n}", f"n{n}", f"n{n * 7 % size}", _RELATIONS[n % 5], "cue", "suggested") for n in range(0, size, 6)
    ]
    return ArgumentMap(nodes, (*tree, *across), ("n0",))


_characters = st.characters(codec="utf-8")
texts = st.text(_characters, max_size=60) | st.sampled_from(HOSTILE_TEXTS)
_urls = st.sampled_from(HOSTILE_URLS) | texts


@st.composite
def argument_maps(draw: st.DrawFn, max_nodes: int = 6) -> ArgumentMap:
    """Any map: circles, loops, double links, links to links and to nowhere, roots that do not exist."""
    count = draw(st.integers(0, max_nodes))
    names = [f"n{number}" for number in range(count)]
    owners = st.sampled_from(("", "s1", "s2")) | texts
    nodes = tuple(
        Node(
            name,
            draw(st.sampled_from(_KINDS)),
            draw(texts),
            draw(owners),
            *(draw(texts) for _ in range(3)),
            draw(_urls),
            draw(st.none() | st.sampled_from(get_args(Status))),
            draw(texts),
            context=draw(texts),
        )
        for name in names
    )
    links = [f"e{number}" for number in range(draw(st.integers(0, 8)) if count else 0)]
    starts = st.sampled_from([*names, "nowhere"])
    ends = st.sampled_from([*names, *names, *links, "nowhere"])
    spans = st.builds(Evidence, texts, texts, st.integers(0, 9), st.integers(9, 99))
    edges = tuple(
        edge(
            name,
            draw(starts),
            draw(ends),
            draw(st.sampled_from(_RELATIONS)),
            draw(st.sampled_from(get_args(Basis))),
            draw(st.sampled_from(get_args(Status))),
            draw(st.none() | st.floats(0, 1)),
            draw(st.none() | spans),
        )
        for name in links
    )
    more = draw(st.dictionaries(starts, st.integers(1, 9), max_size=2))
    roots = tuple(draw(st.lists(starts, max_size=2)))
    return ArgumentMap(nodes, edges, roots, draw(st.integers(0, 3)), draw(st.integers(0, 3)), draw(texts), more)


def undercut() -> ArgumentMap:
    """An undercut of a step, one of that undercut, two sources, and more than is shown."""
    nodes = (
        Node("thesis", "claim", "Soil counts should be kept.", "s1", "Counting soil", "Ada Moss", status="accepted"),
        Node("pro", "evidence", "Three farms kept them and gained.", "s1", "Counting soil", "Ada Moss"),
        Node("step", "critique", "Those farms gained by the rain.", "s2", "Notes", "Ben Lund", "It was the rain"),
        Node("dry", "claim", "It was dry on all three.", "s1", "Counting soil", "Ada Moss", note="credence 0.7"),
    )
    edges = (
        edge("l1", "pro", "thesis", "supports", "authored", "accepted"),
        edge("l2", "step", "l1", "undercuts", "structure", "suggested", 0.6, Evidence("s2", "the rain", 7, 15)),
        edge("l3", "dry", "l2", "undercuts", "authored", "accepted"),
        edge("l4", "dry", "step", "attacks", "authored", "accepted"),
    )
    return ArgumentMap(nodes, edges, ("step",), 7, 9, "Soil", {"thesis": 7, "step": 2})


_WORDS = (
    "Reading the circuits of a model lets auditors find out whether it deceives them, which no test of its answers can "
    "show, since it may answer well while it is watched and otherwise where it is not; and so it is worth the trouble. "
    "Volunteers count frogs by ear along the same roads every spring, in the same weeks and in the same hours."
)


def real(size: int = 30) -> ArgumentMap:
    """A map of statements as long as those of real texts, three theses, answers and answers to these, two people."""
    nodes, edges = [], []
    for number in range(size):
        words = " ".join(_WORDS.split()[number % 7 :][: 10 + number * 7 % 40])
        who = ("Ada Moss", "Ben Lund", "")[number % 3]
        kind = ("claim", "critique", "evidence")[number % 3]
        nodes.append(Node(f"n{number}", kind, f"{number}. {words}", f"s{number % 2}", f"Text {number % 2}", who))
        if number > 2:
            status = "suggested" if number % 4 == 0 else "accepted"
            relation = "supports" if number % 2 else "attacks"
            edges.append(edge(f"e{number}", f"n{number}", f"n{number // 3}", relation, "cue", status))
    return ArgumentMap(tuple(nodes), tuple(edges), ("n0",), title="Frogs")
