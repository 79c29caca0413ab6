"""The map as the JSON object that scripts rely on."""

from __future__ import annotations

import json
from dataclasses import asdict

from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap, Node
from kb.model.json_form import JsonObject
from kb.model.link import Link


def to_dict(map_: ArgumentMap) -> JsonObject:
    """`{nodes, edges, hidden}` as the interface fixes it; the rest is extra.

    `hidden_links` of a node is the number of its links that are not among the edges.
    """
    return {
        "title": map_.title,
        "roots": list(map_.roots),
        "nodes": [_node(node) | {"hidden_links": map_.more.get(node.id, 0)} for node in map_.nodes],
        "edges": [_edge(edge) for edge in map_.edges],
        "hidden": {"nodes": map_.hidden_nodes, "edges": map_.hidden_edges},
    }


def render(map_: ArgumentMap) -> str:
    """The same object as indented text."""
    return json.dumps(to_dict(map_), ensure_ascii=False, indent=2) + "\n"


def _node(node: Node) -> JsonObject:
    return {
        "id": node.id,
        "kind": node.kind,
        "text": node.text,
        "source": node.source_id,
        "source_title": node.source_title,
        "speaker": node.speaker,
        "quote": node.quote,
        "context": node.context,
        "url": node.url,
        "status": node.status,
        "note": node.note,
    }


def _edge(edge: Link) -> JsonObject:
    return {
        "id": edge.id,
        "from": edge.from_id,
        "to": edge.to_id,
        "relation": edge.relation,
        "basis": edge.basis,
        "status": edge.status,
        "score": edge.score,
        "evidence": asdict(edge.evidence) if edge.evidence else None,
    }


FORMAT = Format(
    name="json",
    what="`{nodes, edges, hidden}`, as with `--json`",
    endings=(".json",),
    media_type="application/json",
    render=render,
    quotes="yes, and the evidence of links",
)
