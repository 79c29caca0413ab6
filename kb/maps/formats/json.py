"""The map as the JSON object that scripts rely on."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kb.maps.argument_map import Edge, Graph, Node


def to_dict(graph: Graph) -> dict[str, Any]:
    """`{nodes, edges, hidden}` as the interface fixes it; the rest is extra.

    `hidden_links` of a node is the number of its links that are not among the edges.
    """
    return {
        "title": graph.title,
        "roots": list(graph.roots),
        "nodes": [_node(node) | {"hidden_links": graph.more.get(node.id, 0)} for node in graph.nodes],
        "edges": [_edge(edge) for edge in graph.edges],
        "hidden": {"nodes": graph.hidden_nodes, "edges": graph.hidden_edges},
    }


def render(graph: Graph) -> str:
    """The same object as indented text."""
    return json.dumps(to_dict(graph), ensure_ascii=False, indent=2) + "\n"


def _node(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "text": node.text,
        "source": node.source_id,
        "source_title": node.source_title,
        "speaker": node.speaker,
        "quote": node.quote,
        "url": node.url,
        "status": node.status,
        "note": node.note,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "id": edge.id,
        "from": edge.source,
        "to": edge.target,
        "relation": edge.relation,
        "basis": edge.basis,
        "status": edge.status,
        "score": edge.score,
        "evidence": asdict(edge.evidence) if edge.evidence else None,
    }
