"""Argdown out and back in."""

from __future__ import annotations

from hypothesis import given, settings

from kb.extract.argdown import read
from kb.maps.drawing.outline import SIGNED, parts
from kb.maps.drawing.text import one_line
from kb.maps.formats import render
from kb.model.argument_map import ArgumentMap
from tests.kb.maps.formats.example_maps import argument, argument_maps, hostile, undercut

# Checked with @argdown/cli 1.7: `argdown json` finds the same statements, texts, groups and relations.
UNDERCUT = """\
===
title: "Soil"
model:
    removeTagsFromText: true
kb:
    roots: ["step"]
    hidden: {nodes: 7, edges: 9}
===

// hidden: 7 statements, 9 links

# Counting soil

[Soil counts should be kept. (thesis)]: Soil counts should be kept. {id: "thesis", status: "accepted", \
source: "s1", source_title: "Counting soil", speaker: "Ada Moss", more: 7}
    + [Three farms kept them and gained. (pro)]: Three farms kept them and gained. #evidence {id: "pro", \
source: "s1", source_title: "Counting soil", speaker: "Ada Moss", link: {id: "l1", basis: authored, status: accepted}}
        _ [Those farms gained by the rain. (step)] {link: {id: "l2", to: "l1", basis: structure, \
status: suggested, score: 0.6, evidence: {source: "s2", quote: "the rain", start: 7, end: 15}}}
            _ [It was dry on all three. (dry)]: It was dry on all three. {id: "dry", source: "s1", \
source_title: "Counting soil", speaker: "Ada Moss", note: "credence 0.7", \
link: {id: "l3", to: "l2", basis: authored, status: accepted}}

# Notes

[Those farms gained by the rain. (step)]: Those farms gained by the rain. #critique {id: "step", source: "s2", \
source_title: "Notes", speaker: "Ben Lund", quote: "It was the rain", more: 2}
    - [It was dry on all three. (dry)] {link: {id: "l4", basis: authored, status: accepted}}
"""


def assert_round_trip(map_: ArgumentMap) -> None:
    drawn = parts(map_)
    back = read(render(map_, "argdown"))
    assert {node.id: node for node in back.nodes} == {node.id: node for node in drawn.nodes}
    assert {edge.id: edge for edge in back.edges} == {edge.id: edge for edge in drawn.edges}
    assert len(back.edges) == len(drawn.edges)
    assert (back.hidden_nodes, back.hidden_edges) == (drawn.hidden_nodes, drawn.hidden_edges)
    assert (back.roots, back.more) == (map_.roots, drawn.more)
    assert back.title == (one_line(map_.title) or ArgumentMap((), ()).title)


def test_text() -> None:
    assert render(undercut(), "argdown") == UNDERCUT
    text = render(argument(), "argdown")
    assert "// 2 links for which Argdown has no notation: see `links` in braces" in text
    assert 'links: [{id: "l5", relation: restates, to: "pro", basis: embedding' in text


def test_round_trip() -> None:
    assert_round_trip(argument())
    assert_round_trip(hostile())
    assert_round_trip(undercut())


@settings(max_examples=150)
@given(map_=argument_maps())
def test_round_trip_of_anything(map_: ArgumentMap) -> None:
    assert_round_trip(map_)


def test_every_statement_and_every_signed_link_has_one_line() -> None:
    map_ = hostile()
    lines = render(map_, "argdown").split("\n")
    body = [line for line in lines[lines.index("===", 1) + 1 :] if line and not line.startswith(("//", "# "))]
    signed = [edge for edge in parts(map_).edges if edge.relation in SIGNED]
    marked = [line for line in body if line.lstrip()[:2] in ("+ ", "- ", "_ ")]
    assert len(marked) == len(signed)
    assert sum("]: " in line for line in body) >= len(map_.nodes)


def test_reads_what_people_write() -> None:
    map_ = read(
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
    texts = {node.id: node.text for node in map_.nodes}
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
    assert {(edge.from_id, edge.relation, edge.to_id) for edge in map_.edges} == {
        ("Pro", "supports", "Thesis"),
        ("Pro", "supports", "Other"),
        ("Thesis", "attacks", "Foe"),
        ("Untitled 5", "attacks", "Foe"),
        ("u1", "undercuts", "Thesis"),
        ("Contrary", "attacks", "Thesis"),
        ("Thesis", "attacks", "Contrary"),
        ("Con", "attacks", "Pro"),
    }
    kinds = {node.id: node.kind for node in map_.nodes}
    assert kinds["Thesis"] == "theory_of_impact"
    assert kinds["Con"] == "critique"
    assert next(node.quote for node in map_.nodes if node.id == "Untitled 5") == "so: } it is"
    assert {edge.status for edge in map_.edges} == {"accepted"}


def test_reads_nonsense_without_failing() -> None:
    for text in ("", "{", "[", "===", "+ \n - {a: [}\n[x]: {", "[]: \n\\", "-> <- ><\n    _ "):
        read(text)
