"""The map as GraphML, for Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from kb.maps.drawing.outline import Parts, parts
from kb.maps.drawing.text import clean, safe_url, shorten
from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap, Node
from kb.model.link import Link

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_GRAPH_KEYS = {"title": "string", "hidden_nodes": "int", "hidden_edges": "int"}
_NODE_KEYS = {
    "label": "string", "kind": "string", "text": "string", "source": "string", "source_title": "string",
    "speaker": "string", "quote": "string", "context": "string", "url": "string", "status": "string", "note": "string",
    "hidden_links": "int",
}  # fmt: skip
_EDGE_KEYS = {
    "label": "string",
    "relation": "string",
    "basis": "string",
    "status": "string",
    "score": "double",
    "target_link": "string",
    "evidence": "string",
}


def render(map_: ArgumentMap) -> str:
    """A directed GraphML graph: text, source and quote as data of nodes, relation and status of links.

    GraphML has no lines that end at lines: one that aims at a link leads to where that link starts, and has the link's
    id as `target_link`.
    """
    drawn = parts(map_)
    root = ET.Element("graphml", {"xmlns": _NAMESPACE})
    for name, kind in _GRAPH_KEYS.items():
        _key(root, "graph", name, kind)
    for name, kind in _NODE_KEYS.items():
        _key(root, "node", name, kind)
    for name, kind in _EDGE_KEYS.items():
        _key(root, "edge", name, kind)
    body = ET.SubElement(root, "graph", {"id": "map", "edgedefault": "directed"})
    _data(body, "graph", "title", map_.title)
    _data(body, "graph", "hidden_nodes", str(drawn.hidden_nodes))
    _data(body, "graph", "hidden_edges", str(drawn.hidden_edges))
    for node in drawn.nodes:
        _node(body, node, drawn.more.get(node.id, 0))
    for edge in drawn.edges:
        _edge(body, edge, drawn)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _key(root: ET.Element, owner: str, name: str, kind: str) -> None:
    attributes = {"id": f"{owner}_{name}", "for": owner, "attr.name": name, "attr.type": kind}
    ET.SubElement(root, "key", attributes)


def _data(parent: ET.Element, owner: str, name: str, value: str) -> None:
    if value:
        ET.SubElement(parent, "data", {"key": f"{owner}_{name}"}).text = clean(value)


def _node(body: ET.Element, node: Node, more: int) -> None:
    element = ET.SubElement(body, "node", {"id": clean(node.id)})
    values = (
        shorten(node.text, 60),
        node.kind,
        node.text,
        node.source_id,
        node.source_title,
        node.speaker,
        node.quote,
        node.context,
        safe_url(node.url),
        node.status or "",
        node.note,
        str(more),
    )
    for name, value in zip(_NODE_KEYS, values, strict=True):
        _data(element, "node", name, value)


def _edge(body: ET.Element, edge: Link, drawn: Parts) -> None:
    step = drawn.steps.get(edge.to_id)
    end = step.from_id if step else edge.to_id
    ends = {"id": clean(edge.id), "source": clean(edge.from_id), "target": clean(end)}
    element = ET.SubElement(body, "edge", ends)
    _data(element, "edge", "label", edge.relation)
    _data(element, "edge", "relation", edge.relation)
    _data(element, "edge", "basis", edge.basis)
    _data(element, "edge", "status", edge.status)
    _data(element, "edge", "score", "" if edge.score is None else repr(float(edge.score)))
    _data(element, "edge", "target_link", edge.to_id if end != edge.to_id else "")
    _data(element, "edge", "evidence", edge.evidence.quote if edge.evidence else "")


FORMAT = Format(
    name="graphml",
    what="for Gephi, yEd, Cytoscape, networkx",
    endings=(".graphml",),
    media_type="application/xml",
    render=render,
    quotes="yes, and the evidence of links",
)
