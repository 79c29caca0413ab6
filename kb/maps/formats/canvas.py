"""The map as JSON Canvas 1.0 (jsoncanvas.org), which Obsidian and other note-taking programs open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kb.maps.drawing.layout import Box, layout
from kb.maps.drawing.markdown_text import credit, escaped
from kb.maps.drawing.outline import outline, parts
from kb.maps.drawing.pieces import Stretch, footline, stretches, tree_groups
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

_SCALE = 1.4  # how much larger than in a picture everything is, since letters are
_COLUMN = 8.5  # how wide one of the text is, at the size Obsidian draws it
_LINE = 26
_WIDTH, _HEAD = 340, 60  # of the title
_LABEL = 24.0  # the room at the top of a group
_ELSEWHERE = 14.0  # the room for a link to a card that stands elsewhere
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
    told = outline(map_)
    sources = tree_groups(told)
    places = layout(
        told, lambda tree, width: _height(cards[tree.line.node.id], width) if tree.here else _ELSEWHERE,
        groups=[group.members for group in sources], title=lambda *_: _LABEL,
    )  # fmt: skip
    boxes = {name: _grown(box) for name, box in places.boxes.items()}
    at = {id(route.edge): route.joint for route in places.routes if route.joint}
    boxes |= {name: _grown(at[id(step)]) for name, step in zip(joints, drawn.steps.values(), strict=True)}
    # Ids are unique in the whole file for the programs that read it; links may share theirs.
    taken = [*cards, *joints]
    others = ["title", "hidden", *(f"source {number}" for number, _ in enumerate(sources, 1))]
    wanted = [*taken, *(line.edge.id if line.last else f"{line.edge.id} start" for line in stretched), *others]
    names = unique_names(wanted)[len(taken) :]
    lines = [_edge(line, name, boxes) for line, name in zip(stretched, names, strict=False)]
    title, hidden, *frames = names[len(stretched) :]
    nodes: list[dict[str, Any]] = [
        {"id": name, "type": "group", "label": one_line(group.title), **_place(_grown(box))}
        for name, group, box in zip(frames, sources, places.frames, strict=True)
    ]
    nodes += [_node(node, cards[node.id], boxes[node.id]) for node in drawn.nodes]
    nodes += [{"id": joint, "type": "text", "text": "", **_place(boxes[joint])} for joint in joints]
    note = hidden_note(drawn.hidden_nodes, drawn.hidden_edges)
    # A canvas without statements is empty, which is how its programs know one.
    if drawn.nodes:
        head = {"x": 24, "y": 8, "width": 2 * _WIDTH, "height": _HEAD}
        nodes.append({"id": title, "type": "text", "text": f"## {escaped(map_.title)}", **head})
    if note:
        foot = {"x": 24, "y": round(places.height * _SCALE) + _HEAD + 20, "width": _WIDTH, "height": 60}
        nodes.append({"id": hidden, "type": "text", "text": f"*{note}*", **foot})
    return json.dumps({"nodes": nodes, "edges": lines}, ensure_ascii=False, indent="\t") + "\n"


def _card(node: Node, more: int) -> str:
    kind, quote = kind_name(node), quote_beyond_text(node)
    text = f"**{kind}:** {escaped(node.text)}" if kind else escaped(node.text)
    foot = escaped(footline(node, more))
    around = f"*{escaped(shorten(context_words(node), _CONTEXT))}*" if node.context else ""
    parts_of_card = [text, around, f"> {escaped(shorten(quote, 300))}" if quote else "", credit(node, 60), foot]
    return "\n\n".join(filter(None, parts_of_card))


def _height(text: str, width: float) -> float:
    # An address takes no room: what is shown is the name it is under.
    shown = [line.split("](<")[0] for line in text.split("\n")]
    room = max(int((width * _SCALE - 30) / _COLUMN), 8)
    lines = sum(max(1, -(-columns(line) // room)) for line in shown)
    return (44 + _LINE * lines) / _SCALE


def _grown(box: Box) -> Box:
    """The box at the scale of a canvas, below the title."""
    return Box(box.x * _SCALE, box.y * _SCALE + _HEAD, box.width * _SCALE, box.height * _SCALE)


def _place(box: Box) -> dict[str, int]:
    return {"x": round(box.x), "y": round(box.y), "width": round(box.width), "height": round(box.height)}


def _node(node: Node, text: str, box: Box) -> JsonObject:
    card: JsonObject = {"id": node.id, "type": "text", "text": text, **_place(box)}
    colour = _KIND_COLOURS[node.kind]
    return {**card, "color": colour} if colour else card


def _edge(line: Stretch, name: str, boxes: Mapping[str, Box]) -> JsonObject:
    edge = line.edge
    start, end = _sides(boxes[edge.from_id], boxes[edge.to_id])
    drawn: JsonObject = {
        "id": name,
        "fromNode": edge.from_id,
        "fromSide": start,
        "fromEnd": "arrow" if edge.relation == "restates" else "none",
        "toNode": edge.to_id,
        "toSide": end,
        "toEnd": "none" if edge.relation == "related" or not line.last else "arrow",
        "color": RELATIONS[edge.relation].colour,
    }
    return drawn | ({"label": f"{RELATIONS[edge.relation].mark} {edge_words(edge)}"} if line.last else {})


def _sides(one: Box, other: Box) -> tuple[str, str]:
    """The sides where a line leaves a card and meets another: left of those that hang under each other."""
    if other.y + other.height <= one.y:
        if other.x < one.x < other.x + other.width / 2:
            return "left", "left"
        return ("left" if other.x < one.x else "top"), "bottom"
    if one.y + one.height <= other.y:
        return "bottom", ("left" if one.x < other.x else "top")
    return ("left", "right") if other.x < one.x else ("right", "left")


FORMAT = Format(
    name="canvas",
    what="JSON Canvas 1.0, for Obsidian and others",
    endings=(".canvas",),
    media_type="application/json",
    render=render,
    quotes="if not the statement itself",
)
