"""Argdown out and back in."""

from __future__ import annotations

from hypothesis import given, settings
from render_graphs import argument, graphs, hostile

from kb.graph import Graph
from kb.render import render
from kb.render._outline import SIGNED, parts
from kb.render.argdown_reader import read

# Checked with @argdown/cli 1.7: `argdown json` finds the same statements, texts and relations.
ARGUMENT = """\
===
title: "Does reading circuits help?"
model:
    removeTagsFromText: true
===

// hidden: 7 statements, 12 links
// 2 links without a sign, for which Argdown has no notation: see the end

[Reading circuits lets auditors catch a… (thesis)]: Reading circuits lets auditors catch a model that"""


def assert_round_trip(graph: Graph) -> None:
    drawn = parts(graph)
    back = read(render(graph, "argdown"))
    assert {node.id: node for node in back.nodes} == {node.id: node for node in drawn.nodes}
    signed = {edge.id: edge for edge in drawn.edges if edge.relation in SIGNED}
    assert {edge.id: edge for edge in back.edges} == signed
    assert len(back.edges) == len(signed)


def test_text() -> None:
    text = render(argument(), "argdown")
    assert text.startswith(ARGUMENT)
    lines = text.splitlines()
    assert any(line.startswith("    - [No audit has yet found what testing had… (con)]: ") for line in lines)
    assert (
        "// restates, suggested: [The same circuits turn up in models of… (again)] = "
        "[Circuits found in small models are… (pro)]" in lines
    )
    assert all(" #critique {" in line for line in lines if "]: No audit" in line)


def test_round_trip() -> None:
    assert_round_trip(argument())
    assert_round_trip(hostile())


@settings(max_examples=80, deadline=None)
@given(graph=graphs())
def test_round_trip_of_anything(graph: Graph) -> None:
    assert_round_trip(graph)


def test_every_statement_and_every_signed_link_has_one_line() -> None:
    graph = hostile()
    lines = render(graph, "argdown").split("\n")
    body = [line for line in lines[lines.index("===", 1) + 1 :] if line and not line.startswith("//")]
    signed = [edge for edge in parts(graph).edges if edge.relation in SIGNED]
    marked = [line for line in body if line.lstrip()[:2] in ("+ ", "- ", "_ ")]
    assert len(marked) == len(signed)
    assert sum("]: " in line for line in body) >= len(graph.nodes)


def test_reads_what_people_write() -> None:
    graph = read(
        """
# A heading

[Thesis]: Reading circuits
  helps. #(theory-of-impact)
  /* a comment */
  <+ [Pro]: They recur. // really
    +> [Other]
  -> <Foe>
    <- Untitled objection, \\#1 {quote: "so: } it is"}
  <_ [Under] {id: u1}
  >< [Contrary]: It harms.

<!-- more -->
[Pro]
    - [Con]: Rarely. #critique
"""
    )
    texts = {node.id: node.text for node in graph.nodes}
    assert texts == {
        "Thesis": "Reading circuits helps.",
        "Pro": "They recur.",
        "Other": "Other",
        "Foe": "Foe",
        "Untitled 5": "Untitled objection, #1",
        "u1": "Under",
        "Contrary": "It harms.",
        "Con": "Rarely.",
    }
    assert {(edge.source, edge.relation, edge.target) for edge in graph.edges} == {
        ("Pro", "supports", "Thesis"),
        ("Pro", "supports", "Other"),
        ("Thesis", "attacks", "Foe"),
        ("Untitled 5", "attacks", "Foe"),
        ("u1", "undercuts", "Thesis"),
        ("Contrary", "attacks", "Thesis"),
        ("Thesis", "attacks", "Contrary"),
        ("Con", "attacks", "Pro"),
    }
    kinds = {node.id: node.kind for node in graph.nodes}
    assert kinds["Thesis"] == "theory_of_impact"
    assert kinds["Con"] == "critique"
    assert next(node.quote for node in graph.nodes if node.id == "Untitled 5") == "so: } it is"
    assert {edge.status for edge in graph.edges} == {"accepted"}


def test_reads_nonsense_without_failing() -> None:
    for text in ("", "{", "[", "===", "+ \n - {a: [}\n[x]: {", "[]: \n\\", "-> <- ><\n    _ "):
        read(text)
