"""The map as JSON Canvas 1.0 (jsoncanvas.org), which Obsidian and other note-taking programs open."""

from __future__ import annotations

import json
from typing import Any

from kb.graph import Edge, Graph, Node
from kb.render._markdown import credit, escaped
from kb.render._outline import Parts, outline, parts
from kb.render._style import RELATIONS, edge_words
from kb.render._text import columns, hidden_note, kind_name, quote_beyond_text, shorten, unique_names
from kb.render.layout import Layout, Route, layout

_WIDTH = 340
_COLUMNS = 38  # of the text in a card of that width, at the size Obsidian draws it
_LINE = 26
_KIND_COLOURS = {
    "claim": "",
    "critique": "#D55E00",
    "theory_of_impact": "#0072B2",
    "question": "#E69F00",
    "evidence": "#009E73",
    "source": "#777777",
}


def render(graph: Graph) -> str:
    """A canvas: a card of Markdown a statement, the relation written on every line."""
    drawn = parts(graph)
    cards = {node.id: _card(node) for node in drawn.nodes}
    sizes = {name: (float(_WIDTH), float(_height(text))) for name, text in cards.items()}
    places = layout(outline(graph), drawn.edges, sizes)
    nodes = [_node(node, cards[node.id], places) for node in drawn.nodes]
    # Ids are unique in the whole file for the programs that read it; links may share theirs.
    taken = [str(node["id"]) for node in nodes]
    names = unique_names([*taken, *(edge.id for edge in drawn.edges)])[len(taken) :]
    edges = [_edge(route, name) for route, name in zip(places.routes, names, strict=True)]
    nodes += _hidden(drawn, places, names)
    return json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False, indent="\t") + "\n"


def _card(node: Node) -> str:
    kind, quote = kind_name(node), quote_beyond_text(node)
    text = f"**{kind}:** {escaped(node.text)}" if kind else escaped(node.text)
    parts_of_card = [text, f"> {escaped(shorten(quote, 300))}" if quote else "", credit(node, 60)]
    return "\n\n".join(filter(None, parts_of_card))


def _height(text: str) -> int:
    # An address takes no room: what is shown is the name it is under.
    shown = [line.split("](<")[0] for line in text.split("\n")]
    lines = sum(max(1, -(-columns(line) // _COLUMNS)) for line in shown)
    return 44 + _LINE * lines


def _node(node: Node, text: str, places: Layout) -> dict[str, Any]:
    box = places.boxes[node.id]
    card = {
        "id": node.id,
        "type": "text",
        "text": text,
        "x": round(box.x),
        "y": round(box.y),
        "width": round(box.width),
        "height": round(box.height),
    }
    colour = _KIND_COLOURS[node.kind]
    return {**card, "color": colour} if colour else card


def _edge(route: Route, name: str) -> dict[str, Any]:
    edge: Edge = route.edge
    level = route.end_below and route.points[1][1] == route.points[2][1]
    return {
        "id": name,
        "fromNode": edge.source,
        "fromSide": "top" if route.end_below and not level else "bottom",
        "fromEnd": "arrow" if edge.relation == "restates" else "none",
        "toNode": edge.target,
        "toSide": "bottom" if route.end_below else "top",
        "toEnd": "none" if edge.relation == "related" else "arrow",
        "color": RELATIONS[edge.relation].colour,
        "label": f"{RELATIONS[edge.relation].mark} {edge_words(edge)}",
    }


def _hidden(drawn: Parts, places: Layout, edge_names: list[str]) -> list[dict[str, Any]]:
    note = hidden_note(drawn.hidden_nodes, drawn.hidden_edges)
    if not note:
        return []
    taken = [*(node.id for node in drawn.nodes), *edge_names, "hidden"]
    name = unique_names(taken)[-1]
    bottom = round(places.height) + 20
    card = {"id": name, "type": "text", "text": f"*{note}*", "x": 24, "y": bottom}
    return [{**card, "width": _WIDTH, "height": 60}]
