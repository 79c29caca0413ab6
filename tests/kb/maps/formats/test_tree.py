"""Tree, Markdown and JSON, and the outline under them."""

from __future__ import annotations

import json
import random
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from kb.maps.drawing import markdown_text
from kb.maps.drawing import text as _text
from kb.maps.drawing.outline import outline, parts
from kb.maps.formats import render, tree
from kb.maps.formats.json import to_dict
from kb.model.argument_map import ArgumentMap, Node
from kb.model.words import Relation
from tests.kb.maps.formats.example_maps import HOSTILE_TEXTS, argument, argument_maps, edge, hostile, undercut

TREE = """\
THEORY OF IMPACT: Reading circuits lets auditors catch a model that deceives
them.
  [thesis] Ada Moss, On microscopes
+  Circuits found in small models are found again in large ones.
     “the same heads”
     [pro] Ada Moss, On microscopes
   +  EVIDENCE: In nine of ten models the heads were there.
        [data] Ada Moss, On microscopes
   >  QUESTION: Does finding a circuit mean that it is used?
        [under] Ada Moss, On microscopes
   =? The same circuits turn up in models of any size.
        [again] Ada Moss, On microscopes
−  No audit has yet found what testing had missed.
     [con] Ada Moss, On microscopes
   −  In nine of ten models the heads were there. (see above) [data]
   −? Testing cannot reach the inputs that matter.
        [reply] Ada Moss, On microscopes
      +! Reading circuits lets auditors catch a model that… (see above) [thesis]
   ~? SOURCE: On microscopes  [text] Ada Moss

Nobody answers this.
  [alone] Ada Moss, On microscopes

+ supports   − attacks   > undercuts   = restates   ~ related
? suggested, not yet accepted   ! rejected
hidden: 7 statements, 12 links
"""

UNDERCUT = """\
Soil counts should be kept.
  [thesis ✓] Ada Moss, Counting soil · +7 more
+  EVIDENCE: Three farms kept them and gained.  [pro]
   >? ▸ the step: Those farms gained by the rain.
        [step] Ben Lund, Notes · +2 more
      >  the step: It was dry on all three.
           [dry] Ada Moss, Counting soil · credence 0.7
      −  It was dry on all three. (see above) [dry]

+ supports   − attacks   > undercuts
? suggested, not yet accepted   ✓ accepted statement   ▸ the map starts here
hidden: 7 statements, 9 links
"""


def test_tree() -> None:
    assert tree.render(argument(), quotes=True) == TREE
    without = [
        line for line in TREE.splitlines() if line.strip() not in ("“the same heads”", "[pro] Ada Moss, On microscopes")
    ]
    assert [line for line in render(argument(), "tree").splitlines() if "[pro]" not in line] == without


def test_tree_hangs_what_undercuts_a_step_under_the_step_and_counts_what_is_left_out() -> None:
    assert render(undercut(), "tree") == UNDERCUT


def test_a_tree_names_a_source_once_above_its_theses() -> None:
    nodes = (
        Node("a", "claim", "Soil first.", "s1", "Counting soil", "Ada Moss"),
        Node("b", "claim", "Rain first.", "s2", "Rain"),
        Node("c", "claim", "Soil last.", "s1", "Counting soil", "Ada Moss"),
    )
    text = render(ArgumentMap(nodes, (), ("a", "b", "c")), "tree")
    assert [line for line in text.splitlines() if line] == [
        "── Counting soil " + "─" * 63,
        "Soil first.",
        "  [a] Ada Moss",
        "Soil last.",
        "  [c] Ada Moss",
        "── Rain " + "─" * 72,
        "Rain first.",
        "  [b]",
    ]


@pytest.mark.parametrize("relation", ["supports", "attacks"])
def test_the_thesis_comes_first_whatever_was_asked_for(relation: Relation) -> None:
    nodes = tuple(Node(name, "claim", f"The {name}.") for name in ("reply", "critique", "thesis"))
    edges = (
        edge("1", "critique", "thesis", relation, "cue", "suggested"),
        edge("2", "reply", "critique", "attacks", "cue", "suggested"),
    )
    lines = outline(ArgumentMap(nodes, edges, ("reply",)))
    assert [(line.depth, line.node.id) for line in lines] == [(0, "thesis"), (1, "critique"), (2, "reply")]
    refused = (replace(edges[0], status="rejected"), edges[1])
    assert outline(ArgumentMap(nodes, refused, ("reply",)))[0].node.id == "critique"


def test_a_terminal_gets_no_control_characters_and_no_line_that_is_too_long() -> None:
    title = "\x1b]0;owned\x07 \x9b31m \u202eevil\u2066 表題" * 4
    nodes = tuple(Node(f"n{n}", "critique", "👩‍🔬❤️ 한글 cafe\u0301 " * 9, "s", title, title) for n in range(14))
    edges = tuple(edge(f"e{n}", f"n{n + 1}", f"n{n}", "attacks", "cue", "suggested") for n in range(13))
    text = tree.render(ArgumentMap(nodes, edges, ("n0",), title=title), quotes=True)
    assert not {char for char in text if unicodedata.category(char) in ("Cc", "Cs")} - {"\n"}
    assert "\u202e" not in text
    assert max(_text.columns(line) for line in text.splitlines()) <= 80
    # However deep, words keep room: past some depth they begin again at the margin.
    assert max(len(line) - len(line.lstrip()) for line in text.splitlines()) < 40


@settings(max_examples=100)
@given(text=st.text(max_size=40))
def test_no_text_is_taken_for_narrower_than_rich_takes_it_for(text: str) -> None:
    line = _text.one_line(text)
    assert _text.columns(line) >= cell_len(line)


@pytest.mark.parametrize("map_", [argument(), hostile()], ids=["argument", "hostile"])
def test_tree_fits_80_columns(map_: ArgumentMap) -> None:
    assert max(_text.columns(line) for line in tree.render(map_, quotes=True).splitlines()) <= 80


def test_tree_of_nothing() -> None:
    assert render(ArgumentMap((), ()), "tree") == "(no statements)\n"
    assert render(ArgumentMap((), (), hidden_nodes=1), "tree") == ("(no statements)\n\nhidden: 1 statement, 0 links\n")


@settings(max_examples=150)
@given(map_=argument_maps(), seed=st.integers())
def test_outline_tells_every_node_once_and_every_link_once(map_: ArgumentMap, seed: int) -> None:
    drawn = parts(map_)
    lines = outline(map_, max_depth=2)
    assert sorted(line.node.id for line in lines if line.shown == "here") == sorted(n.id for n in drawn.nodes)
    assert sorted(line.edge.id for line in lines if line.edge) == sorted(edge.id for edge in drawn.edges)
    told: set[str] = set()
    for number, line in enumerate(lines):
        if line.depth:  # it hangs under an end of its own link
            above = next(up for up in reversed(lines[:number]) if up.depth == line.depth - 1)
            if line.at_link:
                assert (line.edge.from_id, line.edge.to_id) == (line.node.id, above.edge.id)
            else:
                assert above.shown == "here"
                assert {above.node.id, line.node.id} == {line.edge.from_id, line.edge.to_id}
        assert (line.shown == "below") <= (line.node.id not in told)
        assert (line.shown == "above") <= (line.node.id in told)
        told |= {line.node.id} if line.shown == "here" else set()
    shuffled = list(map_.edges)
    random.Random(seed).shuffle(shuffled)
    other = ArgumentMap(map_.nodes, tuple(shuffled), map_.roots, map_.hidden_nodes, map_.hidden_edges)
    assert outline(other, max_depth=2) == lines


def test_links_to_statements_that_are_not_drawn_count_as_hidden() -> None:
    map_ = ArgumentMap((Node("a", "claim", "A."),), (edge("l", "b", "a", "attacks", "cue", "accepted"),))
    assert render(map_, "tree").endswith("hidden: 0 statements, 1 link\n")


def test_json_is_the_object_of_the_interface() -> None:
    map_ = argument()
    whole = json.loads(render(map_, "json"))
    assert whole == to_dict(map_)
    assert {"id", "kind", "text", "source", "quote", "url"} <= set(whole["nodes"][0])
    assert whole["nodes"][1]["source"] == "s-pro"
    assert whole["edges"][2] == {
        "id": "l3",
        "from": "reply",
        "to": "con",
        "relation": "attacks",
        "basis": "cue",
        "status": "suggested",
        "score": 0.71,
        "evidence": None,
    }
    assert whole["hidden"] == {"nodes": 7, "edges": 12}


def test_markdown_nests_and_quotes() -> None:
    lines = render(argument(), "markdown").splitlines()
    assert lines[0] == "# Does reading circuits help?"
    assert lines[2] == "## On microscopes"
    assert lines[4].startswith("- *theory of impact:* **Reading circuits")
    assert "    > the same heads" in lines
    assert any("[Ada Moss, On microscopes](<https://a.example/c>)" in line for line in lines)
    assert "    - **− attacks, suggested:** Testing cannot reach" in render(argument(), "markdown")
    page = MarkdownIt().render(render(argument(), "markdown"))
    assert page.count("<li>") == len(outline(argument()))
    assert page.count("<blockquote>") == 1


@settings(max_examples=200)
@given(text=st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(HOSTILE_TEXTS))
def test_markdown_escapes_hold(text: str) -> None:
    for lead in ("", "- ", "> "):
        tokens = MarkdownIt().enable("table").enable("strikethrough").parse(lead + markdown_text.escaped(text))
        inline = [token for token in tokens if token.type == "inline"]
        shown = "".join(child.content for token in inline for child in token.children or ())
        assert shown.split() == _text.one_line(text).split()
        kinds = {child.type for token in inline for child in token.children or ()}
        assert kinds <= {"text", "text_special"}


@settings(max_examples=200)
@given(text=st.text(max_size=80), width=st.integers(3, 20))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = _text.wrap(text, width)
    assert "".join(lines).replace(" ", "") == _text.one_line(text).replace(" ", "")
    assert all(_text.columns(line) <= width for line in lines)
    assert _text.columns(_text.shorten(text, width)) <= width


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1&z=(2)#f", "https://a.example/x?y=1&z=(2)#f"),
        (" http://a.example/ü ", "http://a.example/%C3%BC"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("//a.example/x", ""),
        ("https://", ""),
        ("http://[bad", ""),
        ("ftp://a.example", ""),
        ("", ""),
    ],
)
def test_safe_urls(url: str, safe: str) -> None:
    assert _text.safe_url(url) == safe
