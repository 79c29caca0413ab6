"""Mermaid, DOT, GraphML and AIF."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from kb.maps.drawing import pieces as pieces
from kb.maps.drawing.outline import of_relations, parts
from kb.maps.formats import render
from kb.model.argument_map import ArgumentMap
from tests.kb.maps.formats.example_maps import argument, argument_maps, hostile, undercut, wide

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"

# All of Mermaid's syntax that is used, and what may stand between its quotes. Checked with mermaid 11.
_WORDS = r"(?:supports|attacks|undercuts|restates|related)(?:, (?:suggested|rejected))?"
_LABEL = r'"(?:[^"#<>`{}\[\]|\\*_&%]|#\d+;|<br/>)*"'
_SHAPES = (("(", ")"), ("[[", "]]"), ("{{", "}}"), ("([", "])"), ("[(", ")]"), ("[/", "/]"), ("[\\", "\\]"))
_MERMAID_LINE = re.compile(
    "|".join(
        (
            "---",
            r'title: "(?:[^"\\]|\\.)*"',
            "flowchart BT",
            *(rf"  n_\w+{re.escape(opening)}{_LABEL}{re.escape(closing)}" for opening, closing in _SHAPES),
            r'  j_\w+\(\(" "\)\)',
            rf"  subgraph g_\d+\[{_LABEL}\](?:; n_\w+)+; end",
            rf"  legend\[{_LABEL}\]",
            r"  style legend fill:none,stroke:none,color:#555555",
            rf"  [nj]_\w+ \S+\|{_WORDS}\| [nj]_\w+",
            r"  n_\w+ (?:---|-\.-) j_\w+",
            r"  classDef \w+ fill:#\w+,stroke:#\w+,color:#\w+",
            r"  class [\w,]+ \w+",
            r"  linkStyle [\d,]+ stroke:#\w+,color:#\w+",
            r'  click n_\w+ href "https?://[^"\s;<>]+" _blank',
        )
    )
)


@settings(max_examples=80)
@given(map_=argument_maps())
def test_mermaid_lets_no_text_become_syntax(map_: ArgumentMap) -> None:
    lines = render(map_, "mermaid").split("\n")
    for line in lines[:-1]:
        assert _MERMAID_LINE.fullmatch(line), line
    drawn = parts(map_)
    assert sum(bool(re.match(r"  n_\w+[\[({]", line)) for line in lines) == len(drawn.nodes)
    assert sum(bool(re.match(r"  [nj]_\w+ ", line)) for line in lines) == len(drawn.edges) + len(drawn.steps)


def test_mermaid() -> None:
    text = render(argument(), "mermaid")
    for line in (
        "flowchart BT",
        "  n_pro -->|supports| n_thesis",
        "  n_con --x|attacks| n_thesis",
        "  n_reply -.-x|attacks, suggested| n_con",
        "  n_under --o|undercuts| n_pro",
        "  n_again <-.->|restates, suggested| n_pro",
        "  n_text -.-|related, suggested| n_con",
        '  click n_con href "https://a.example/c" _blank',
        '  legend["dashed#58; suggested, not yet accepted#59; dotted#58; rejected'
        '<br/>hidden#58; 7 statements, 12 links"]',
    ):
        assert line in text.split("\n")
    assert "#D55E00" in text
    assert "#0072B2" in text


def test_mermaid_groups_by_source_and_joins_an_undercut_to_the_step() -> None:
    lines = render(undercut(), "mermaid").split("\n")
    for line in (
        '  n_step[["critique · Ben Lund<br/>Those farms gained by the<br/>rain.<br/>#43;2 more"]]',
        '  subgraph g_1["Counting soil"]; n_thesis; n_pro; n_dry; end',
        "  n_pro --- j_step_l1",
        "  j_step_l1 -->|supports| n_thesis",
        "  n_step -.- j_step_l2",
        "  j_step_l2 -.-o|undercuts, suggested| j_step_l1",
        "  n_dry --o|undercuts| j_step_l2",
    ):
        assert line in lines


def test_mermaid_stays_within_its_limit() -> None:
    assert len(render(wide(300), "mermaid")) < 50_000


def test_dot() -> None:
    text = render(argument(), "dot")
    assert "rankdir=BT" in text
    attack = next(line for line in text.splitlines() if '"reply" -> "con"' in line)
    assert "arrowhead=tee" in attack
    assert 'label="attacks, suggested"' in attack
    assert "style=dashed" in attack
    assert 'URL="https://a.example/c"' in text
    assert "“the same heads”" in text
    assert "URL" not in "".join(line for line in text.splitlines() if "a.example" not in line)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("map_", [argument(), hostile(), undercut()], ids=["argument", "hostile", "undercut"])
def test_graphviz_reads_the_same_graph(map_: ArgumentMap) -> None:
    done = subprocess.run(["dot", "-Tsvg"], input=render(map_, "dot").encode(), capture_output=True, check=True)
    assert done.stderr == b""
    drawn = parts(map_)
    root = ET.fromstring(done.stdout)
    groups = Counter(element.get("class") for element in root.iter("{http://www.w3.org/2000/svg}g"))
    assert groups["node"] == len(drawn.nodes) + len(drawn.steps)
    assert groups["edge"] == len(drawn.edges) + len(drawn.steps)
    assert groups["cluster"] == len(pieces.groups(drawn))
    words = " ".join("".join(root.itertext()).split())
    for node in map_.nodes:
        first = node.text.split()[:1]
        if first and first[0].isascii() and first[0].isprintable() and len(first[0]) < 20:
            assert first[0] in words


@settings(max_examples=40)
@given(map_=argument_maps())
def test_graphml_holds_every_node_and_link(map_: ArgumentMap) -> None:
    root = ET.fromstring(render(map_, "graphml").encode())
    body = root.find(f"{GRAPHML}graph")
    assert body is not None
    keys = {key.get("id") for key in root.findall(f"{GRAPHML}key")}
    assert {data.get("key") for data in root.iter(f"{GRAPHML}data")} <= keys
    drawn = parts(map_)
    assert [node.get("id") for node in body.findall(f"{GRAPHML}node")] == [node.id for node in drawn.nodes]
    told = [
        (edge.get("id"), edge.get("source"), edge.get("target"), edge.find("*[@key='edge_relation']").text)
        for edge in body.findall(f"{GRAPHML}edge")
    ]
    ends = {name: step.from_id for name, step in drawn.steps.items()}  # GraphML has no lines to lines
    assert told == [(edge.id, edge.from_id, ends.get(edge.to_id, edge.to_id), edge.relation) for edge in drawn.edges]
    aims = [e.find("*[@key='edge_target_link']") for e in body.findall(f"{GRAPHML}edge")]
    assert [None if aim is None else aim.text for aim in aims] == [
        edge.to_id if edge.to_id in ends else None for edge in drawn.edges
    ]


def test_graphml_keeps_text() -> None:
    root = ET.fromstring(render(argument(), "graphml").encode())
    told = [element.text for element in root.findall(".//*[@key='node_text']")]
    assert told == [node.text for node in argument().nodes]
    scores = [element.text for element in root.findall(".//*[@key='edge_score']")]
    assert scores == ["0.71", "0.9", "0.4", "0.2"]


@settings(max_examples=60)
@given(map_=argument_maps())
def test_aif_joins_statements_over_steps_only(map_: ArgumentMap) -> None:
    whole = json.loads(render(map_, "aif"))
    kinds = {node["nodeID"]: node["type"] for node in whole["nodes"]}
    assert len(kinds) == len(whole["nodes"])
    drawn = parts(map_)
    assert sum(kind == "I" for kind in kinds.values()) == len(drawn.nodes)
    for edge in whole["edges"]:
        assert "I" not in (kinds[edge["fromID"]],) or kinds[edge["toID"]] != "I"
    unsigned = len(drawn.edges) - len(of_relations(drawn, ("supports", "attacks", "undercuts", "restates")))
    assert whole["omitted"] == {"related": unsigned}
    steps = [kind for kind in kinds.values() if kind in ("RA", "CA", "MA")]
    assert len(steps) == len(drawn.edges) - unsigned
    assert {said["nodeID"] for said in whole["locutions"]} == {n for n, kind in kinds.items() if kind == "L"}


def test_aif_aims_an_undercut_at_the_step() -> None:
    whole = json.loads(render(argument(), "aif"))
    steps = {node["link"]: node["nodeID"] for node in whole["nodes"] if "link" in node}
    ends = {(edge["fromID"], edge["toID"]) for edge in whole["edges"]}
    assert {("I:pro", steps["l1"]), (steps["l1"], "I:thesis")} <= ends
    assert {("I:under", steps["l4"]), (steps["l4"], steps["l1"])} <= ends
    whole = json.loads(render(undercut(), "aif"))
    steps = {node["link"]: node["nodeID"] for node in whole["nodes"] if "link" in node}
    ends = {(edge["fromID"], edge["toID"]) for edge in whole["edges"]}
    assert {(steps["l2"], steps["l1"]), (steps["l3"], steps["l2"]), (steps["l4"], "I:step")} <= ends


def test_hostile_texts_leave_json_and_xml_whole() -> None:
    map_ = hostile()
    assert [node["text"] for node in json.loads(render(map_, "aif"))["nodes"]][: len(map_.nodes)] == [
        node.text for node in map_.nodes
    ]
    ET.fromstring(render(map_, "graphml").encode())
