"""The map as the JSON object that scripts rely on."""

from __future__ import annotations

import json
from typing import Any

from kb.graph import Edge, Graph, Node


def to_dict(graph: Graph) -> dict[str, Any]:
    """`{nodes, edges, hidden}` as the interface fixes it; `title`, `roots` and names of sources are extra."""
    return {
        "title": graph.title,
        "roots": list(graph.roots),
        "nodes": [_node(node) for node in graph.nodes],
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
        "evidence": None,
    }
