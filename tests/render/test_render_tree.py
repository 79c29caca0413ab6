"""Tree, Markdown and JSON, and the outline under them."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from render_graphs import HOSTILE_TEXTS, argument, graphs, hostile

from kb.graph import Edge, Graph, Node
from kb.render import _markdown, _text, render
from kb.render._outline import outline, parts
from kb.render.json import to_dict

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

−  CRITIQUE: No audit has yet found what testing had missed.
     [con] Ada Moss, On microscopes
   −  In nine of ten models the heads were there. (see above) [data]
   −? Testing cannot reach the inputs that matter.
        [reply] Ada Moss, On microscopes
      +! Reading circuits lets auditors catch a model that… (see above) [thesis]
   ~? SOURCE: On microscopes
        [text] Ada Moss

Nobody answers this.
  [alone] Ada Moss, On microscopes

+ supports   − attacks   > undercuts   = restates   ~ related
? suggested, not yet accepted   ! rejected
hidden: 7 statements, 12 links
"""


def test_tree() -> None:
    assert render(argument(), "tree") == TREE


@pytest.mark.parametrize("graph", [argument(), hostile()], ids=["argument", "hostile"])
def test_tree_fits_80_columns(graph: Graph) -> None:
    assert max(_text.columns(line) for line in render(graph, "tree").splitlines()) <= 80


def test_tree_of_nothing() -> None:
    assert render(Graph((), ()), "tree") == "(no statements)\n"
    assert render(Graph((), (), hidden_nodes=1), "tree") == ("(no statements)\n\nhidden: 1 statement, 0 links\n")


@settings(max_examples=150, deadline=None)
@given(graph=graphs(), seed=st.integers())
def test_outline_tells_every_node_once_and_every_link_once(graph: Graph, seed: int) -> None:
    drawn = parts(graph)
    lines = outline(graph, max_depth=2)
    assert sorted(line.node.id for line in lines if line.shown == "here") == sorted(n.id for n in drawn.nodes)
    assert sorted(line.edge.id for line in lines if line.edge) == sorted(edge.id for edge in drawn.edges)
    told: set[str] = set()
    for number, line in enumerate(lines):
        if line.depth:  # it hangs under an end of its own link
            above = next(up for up in reversed(lines[:number]) if up.depth == line.depth - 1)
            assert above.shown == "here"
            assert {above.node.id, line.node.id} == {line.edge.source, line.edge.target}
        assert (line.shown == "below") <= (line.node.id not in told)
        assert (line.shown == "above") <= (line.node.id in told)
        told |= {line.node.id} if line.shown == "here" else set()
    shuffled = list(graph.edges)
    random.Random(seed).shuffle(shuffled)
    other = Graph(graph.nodes, tuple(shuffled), graph.roots, graph.hidden_nodes, graph.hidden_edges)
    assert outline(other, max_depth=2) == lines


def test_links_to_statements_that_are_not_drawn_count_as_hidden() -> None:
    graph = Graph((Node("a", "claim", "A."),), (Edge("l", "b", "a", "attacks", "cue", "accepted"),))
    assert render(graph, "tree").endswith("hidden: 0 statements, 1 link\n")


def test_json_is_the_object_of_the_interface() -> None:
    graph = argument()
    whole = json.loads(render(graph, "json"))
    assert whole == to_dict(graph)
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
    assert lines[2].startswith("- *theory of impact:* **Reading circuits")
    assert "    > the same heads" in lines
    assert any("[Ada Moss, On microscopes](<https://a.example/c>)" in line for line in lines)
    assert "    - **− attacks, suggested:** Testing cannot reach" in render(argument(), "markdown")
    page = MarkdownIt().render(render(argument(), "markdown"))
    assert page.count("<li>") == len(outline(argument()))
    assert page.count("<blockquote>") == 1


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(HOSTILE_TEXTS))
def test_markdown_escapes_hold(text: str) -> None:
    for lead in ("", "- ", "> "):
        tokens = MarkdownIt().enable("table").enable("strikethrough").parse(lead + _markdown.escaped(text))
        inline = [token for token in tokens if token.type == "inline"]
        shown = "".join(child.content for token in inline for child in token.children or ())
        assert shown.split() == _text.one_line(text).split()
        kinds = {child.type for token in inline for child in token.children or ()}
        assert kinds <= {"text", "text_special"}


@settings(max_examples=200, deadline=None)
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
