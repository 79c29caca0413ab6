"""The map in the Argument Interchange Format, as the JSON of AIFdb and OVA.

Statements are I-nodes; a link is an S-node between two of them (RA inference, CA conflict, MA rephrase), and
who said a statement is a locution (L) that asserts it (YA). AIF has no unsigned relation: links of the
kind `related` are left out, and counted under the key `omitted`.
"""

from __future__ import annotations

import json

from kb.maps.drawing.outline import of_relations, parts
from kb.maps.drawing.text import one_line, safe_url
from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap, Node
from kb.model.json_form import JsonObject
from kb.model.link import Link
from kb.model.words import Relation

_SCHEMES: dict[Relation, tuple[str, str]] = {
    "supports": ("RA", "Default Inference"),
    "attacks": ("CA", "Default Conflict"),
    "undercuts": ("CA", "Default Undercut"),
    "restates": ("MA", "Default Rephrase"),
}


def render(map_: ArgumentMap) -> str:
    """AIF JSON: `{nodes, edges, locutions}`, with `omitted` and `hidden` counts beside them."""
    drawn = parts(map_)
    nodes = [_information(node) for node in drawn.nodes]
    ends: list[tuple[str, str]] = []
    locutions = []
    told = of_relations(drawn, _SCHEMES)
    steps = {id(edge): f"S{number}" for number, edge in enumerate(told, 1)}
    taken: dict[str, list[str]] = {}
    for edge in told:
        if edge.relation in ("supports", "attacks"):
            taken.setdefault(edge.from_id, []).append(steps[id(edge)])
    for edge in told:
        name, aim = steps[id(edge)], f"I:{edge.to_id}"
        if edge.to_id in drawn.steps:
            aim = steps[id(drawn.steps[edge.to_id])]
        elif edge.relation == "undercuts" and len(taken.get(edge.to_id, ())) == 1:
            aim = taken[edge.to_id][0]  # a statement that takes part in one step only: that is what is meant
        nodes.append(_step(name, edge))
        ends += [(f"I:{edge.from_id}", name), (name, aim)]
    for number, node in enumerate((node for node in drawn.nodes if node.speaker), 1):
        said = f"{one_line(node.speaker)} : {one_line(node.quote or node.text)}"
        nodes.append({"nodeID": f"L{number}", "text": said, "type": "L", "timestamp": ""})
        nodes.append({"nodeID": f"Y{number}", "text": "Asserting", "type": "YA", "timestamp": ""})
        ends += [(f"L{number}", f"Y{number}"), (f"Y{number}", f"I:{node.id}")]
        locutions.append({"nodeID": f"L{number}", "personID": one_line(node.speaker), "timestamp": ""})
    edges = [
        {"edgeID": str(number), "fromID": start, "toID": end, "formEdgeID": None}
        for number, (start, end) in enumerate(ends, 1)
    ]
    whole = {
        "nodes": nodes,
        "edges": edges,
        "locutions": locutions,
        "omitted": {"related": len(drawn.edges) - len(told)},
        "hidden": {"nodes": drawn.hidden_nodes, "edges": drawn.hidden_edges},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _information(node: Node) -> JsonObject:
    return {
        # Prefixed, so that no id of a statement can be taken for that of a step.
        "nodeID": f"I:{node.id}",
        "text": node.text,
        "type": "I",
        "timestamp": "",
        "kind": node.kind,
        "source": node.source_id,
        "quote": node.quote,
        "context": node.context,
        "url": safe_url(node.url),
    }


def _step(name: str, edge: Link) -> JsonObject:
    kind, scheme = _SCHEMES[edge.relation]
    return {
        "nodeID": name,
        "text": scheme,
        "type": kind,
        "timestamp": "",
        "scheme": scheme,
        "link": edge.id,
        "basis": edge.basis,
        "status": edge.status,
        "score": edge.score,
    }


FORMAT = Format(
    name="aif",
    what="Argument Interchange Format, JSON of AIFdb",
    endings=(".aif",),
    media_type="application/json",
    render=render,
    quotes="yes",
    unsigned="left out and counted",
)
