"""The map as JSON Canvas 1.0 (jsoncanvas.org), which Obsidian and other note-taking programs open."""

from __future__ import annotations

import json
from typing import Any

from kb.maps.drawing.layout import Box, Layout, Route, layout
from kb.maps.drawing.markdown_text import credit, escaped
from kb.maps.drawing.outline import outline, parts
from kb.maps.drawing.pieces import Stretch, footline, groups, stretches
from kb.maps.drawing.style import RELATIONS, edge_words
from kb.maps.drawing.text import (
    columns,
    context_words,
    hidden_note,
    kind_name,
    one_line,
    quote_beyond_text,
    shorten,
    unique_names,
)
from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap, Node
from kb.model.json_form import JsonObject

_WIDTH = 340
_COLUMNS = 38  # of the text in a card of that width, at the size Obsidian draws it
_LINE = 26
_JOINT = 20  # a card without text on a link that another link aims at
_HEAD = 60
_CONTEXT = 160  # columns of a context on a card
_KIND_COLOURS = {
    "claim": "",
    "critique": "#D55E00",
    "theory_of_impact": "#0072B2",
    "question": "#E69F00",
    "evidence": "#009E73",
    "source": "#777777",
    "passage": "#999999",
}


def render(map_: ArgumentMap) -> str:
    """A canvas: a card of Markdown a statement, sources as groups, the relation written on every line."""
    drawn = parts(map_)
    joints, stretched = stretches(drawn)
    cards = {node.id: _card(node, drawn.more.get(node.id, 0)) for node in drawn.nodes}
    sizes = {name: (float(_WIDTH), float(_height(text))) for name, text in cards.items()}
    sizes |= dict.fromkeys(joints, (float(_JOINT), float(_JOINT)))
    sources = groups(drawn)
    places = layout(
        outline(map_), [line.edge for line in stretched], sizes, joints=joints,
        groups=[group.members for group in sources], head=_HEAD,
    )  # fmt: skip
    # Ids are unique in the whole file for the programs that read it; links may share theirs.
    taken = [*cards, *joints]
    others = ["title", "hidden", *(f"source {number}" for number, _ in enumerate(sources, 1))]
    wanted = [*taken, *(line.edge.id if line.last else f"{line.edge.id} start" for line in stretched), *others]
    names = unique_names(wanted)[len(taken) :]
    lines = [_edge(*drawing) for drawing in zip(places.routes, stretched, names, strict=False)]
    title, hidden, *frames = names[len(stretched) :]
    nodes: list[dict[str, Any]] = [
        {"id": name, "type": "group", "label": one_line(group.title), **_place(box)}
        for name, group, box in zip(frames, sources, places.frames, strict=True)
    ]
    nodes += [_node(node, cards[node.id], places) for node in drawn.nodes]
    nodes += [{"id": joint, "type": "text", "text": "", **_place(places.boxes[joint])} for joint in joints]
    note = hidden_note(drawn.hidden_nodes, drawn.hidden_edges)
    # A canvas without statements is empty, which is how its programs know one.
    if drawn.nodes:
        head = {"x": 24, "y": 24, "width": 2 * _WIDTH, "height": _HEAD}
        nodes.append({"id": title, "type": "text", "text": f"## {escaped(map_.title)}", **head})
    if note:
        foot = {"x": 24, "y": round(places.height) + 20, "width": _WIDTH, "height": 60}
        nodes.append({"id": hidden, "type": "text", "text": f"*{note}*", **foot})
    return json.dumps({"nodes": nodes, "edges": lines}, ensure_ascii=False, indent="\t") + "\n"


def _card(node: Node, more: int) -> str:
    kind, quote = kind_name(node), quote_beyond_text(node)
    text = f"**{kind}:** {escaped(node.text)}" if kind else escaped(node.text)
    foot = escaped(footline(node, more))
    around = f"*{escaped(shorten(context_words(node), _CONTEXT))}*" if node.context else ""
    parts_of_card = [text, around, f"> {escaped(shorten(quote, 300))}" if quote else "", credit(node, 60), foot]
    return "\n\n".join(filter(None, parts_of_card))


def _height(text: str) -> int:
    # An address takes no room: what is shown is the name it is under.
    shown = [line.split("](<")[0] for line in text.split("\n")]
    lines = sum(max(1, -(-columns(line) // _COLUMNS)) for line in shown)
    return 44 + _LINE * lines


def _place(box: Box) -> dict[str, int]:
    return {"x": round(box.x), "y": round(box.y), "width": round(box.width), "height": round(box.height)}


def _node(node: Node, text: str, places: Layout) -> JsonObject:
    card: JsonObject = {"id": node.id, "type": "text", "text": text, **_place(places.boxes[node.id])}
    colour = _KIND_COLOURS[node.kind]
    return {**card, "color": colour} if colour else card


def _edge(route: Route, line: Stretch, name: str) -> JsonObject:
    edge = line.edge
    level = route.end_below and route.points[1][1] == route.points[2][1]
    drawn: JsonObject = {
        "id": name,
        "fromNode": edge.from_id,
        "fromSide": "top" if route.end_below and not level else "bottom",
        "fromEnd": "arrow" if edge.relation == "restates" else "none",
        "toNode": edge.to_id,
        "toSide": "bottom" if route.end_below else "top",
        "toEnd": "none" if edge.relation == "related" or not line.last else "arrow",
        "color": RELATIONS[edge.relation].colour,
    }
    return drawn | ({"label": f"{RELATIONS[edge.relation].mark} {edge_words(edge)}"} if line.last else {})


FORMAT = Format(
    name="canvas",
    what="JSON Canvas 1.0, for Obsidian and others",
    endings=(".canvas",),
    media_type="application/json",
    render=render,
    quotes="if not the statement itself",
)
