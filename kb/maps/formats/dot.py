"""The map for Graphviz, thesis on top."""

from __future__ import annotations

from kb.maps.drawing.outline import SYMMETRIC, parts
from kb.maps.drawing.pieces import Stretch, footline, framed, groups, headline, legend_note, stretches
from kb.maps.drawing.style import INK, KIND_FILLS, OUTLINE, RELATIONS, edge_words
from kb.maps.drawing.text import clean, context_words, hidden_note, one_line, safe_url, tooltip, wrap
from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap, Node

_SHAPES = {
    "claim": 'shape=box style="rounded,filled"',
    "critique": "shape=component style=filled",
    "theory_of_impact": "shape=hexagon style=filled",
    "question": "shape=note style=filled",
    "evidence": "shape=cylinder style=filled",
    "source": "shape=tab style=filled",
    "passage": "shape=folder style=filled",
}
_HEADS = {
    "supports": "arrowhead=normal",
    "attacks": "arrowhead=tee arrowsize=1.3",
    "undercuts": "arrowhead=odot",
    "restates": "dir=none",
    "related": "dir=none",
}
_STATUS_STYLES = {"accepted": "", "suggested": "style=dashed", "rejected": "style=dotted"}
_FRAME = 'fillcolor="#F7F7F7" color="#BBBBBB" fontsize=11 fontcolor="#555555"'
_COLUMNS = 34


def render(map_: ArgumentMap) -> str:
    """A `digraph` with `rankdir=BT`; sources as clusters, quotes as tooltips, suggestions dashed."""
    drawn = parts(map_)
    joints, stretched = stretches(drawn)
    title = [*wrap(map_.title, 80), legend_note(drawn), hidden_note(drawn.hidden_nodes, drawn.hidden_edges)]
    lines = [
        "digraph map {",
        f"  graph [rankdir=BT labelloc=t fontname=Helvetica label={_string(_lines(title))}]",
        f'  node [fontname=Helvetica fontsize=11 margin="0.15,0.08" color="{OUTLINE}" fontcolor="{INK}"]',
        "  edge [fontname=Helvetica fontsize=10]",
    ]
    signed = [line.edge for line in stretched if line.edge.relation not in SYMMETRIC]
    placed = {name for edge in signed for name in (edge.from_id, edge.to_id)}
    in_frame = framed(drawn)
    lines += [f"  {_name(n.id)} [{_node(n, drawn.more.get(n.id, 0), title=n.id not in in_frame)}]" for n in drawn.nodes]
    lines += [f"  {_name(joint)} [shape=point width=0.09]" for joint in joints]
    for number, group in enumerate(groups(drawn), 1):
        look = f'label={_string(_lines(wrap(group.title, 60, 2)))} style="rounded,filled" {_FRAME}'
        lines.append(f"  subgraph cluster_{number} {{ {look}; {'; '.join(map(_name, group.members))} }}")
    lines += [f"  {_name(line.edge.from_id)} -> {_name(line.edge.to_id)} [{_edge(line, placed)}]" for line in stretched]
    return "\n".join([*lines, "}"]) + "\n"


def _name(name: str) -> str:
    return '"' + clean(name).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    r"""Text in which nothing has a meaning: labels may hold `\N` and the like, and HTML entities."""
    return text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')


def _string(escaped: str) -> str:
    return f'"{escaped}"'


def _lines(lines: list[str]) -> str:
    return "\\n".join(_escaped(clean(line)) for line in lines if line)


def _node(node: Node, more: int, *, title: bool) -> str:
    label = [headline(node, _COLUMNS, title=title), *wrap(one_line(node.text) or "(no text)", _COLUMNS, 6)]
    label += wrap(context_words(node), _COLUMNS, 2) if node.context else []
    attributes = [
        _SHAPES[node.kind],
        f'fillcolor="{KIND_FILLS[node.kind]}"',
        f"label={_string(_lines([*label, footline(node, more)]))}",
        f"tooltip={_string(_lines(tooltip(node).splitlines()))}",
    ]
    url = safe_url(node.url)
    if url:
        attributes.append(f'URL={_string(_escaped(url))} target="_blank"')
    return " ".join(attributes)


def _edge(line: Stretch, placed: set[str]) -> str:
    """Attributes of a line; `placed` are the statements that links with a direction put above or below."""
    edge, colour = line.edge, RELATIONS[line.edge.relation].colour
    paint = f"{colour}:invis:{colour}" if edge.relation == "restates" else colour
    attributes = [
        f'label="{edge_words(edge)}"' if line.last else "",
        f'color="{paint}" fontcolor="{colour}"',
        _HEADS[edge.relation] if line.last else "dir=none",
        "style=dashed" if edge.relation == "related" else _STATUS_STYLES[edge.status],
        # What has no direction must not decide what is above what, unless nothing else does.
        "constraint=false" if edge.relation in SYMMETRIC and {edge.from_id, edge.to_id} <= placed else "",
    ]
    return " ".join(filter(None, attributes))


FORMAT = Format(
    name="dot",
    what="Graphviz",
    endings=(".dot", ".gv"),
    media_type="text/vnd.graphviz",
    render=render,
    quotes="on hovering",
)
