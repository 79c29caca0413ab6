"""The map as a picture, drawn without any other program: thesis on top, reasons below, a legend at the end.

Signs are told by mark, by arrowhead and by colour; suggestions are dashed and have a '?'. Statements of one source
stand in a frame. Quotes show on hovering, and a click on a statement opens its source.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kb.maps.drawing.layout import MARGIN, Box, Route, layout
from kb.maps.drawing.outline import Line, Parts, bears_on, outline, parts
from kb.maps.drawing.pieces import Group, footline, framed, groups, headline, stretches
from kb.maps.drawing.shapes import edge_title, heads, legend, mark, safe, shape, stroke
from kb.maps.drawing.style import INK, OUTLINE
from kb.maps.drawing.text import context_words, one_line, safe_url, shorten, shown, tooltip, wrap
from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap, Node

_COLUMNS = 36
_WIDTH = 258.0
_PADDING = 15.0
_LINE = 16.0
_MAX_LINES = 6
_CONTEXT_COLUMNS, _CONTEXT_LINES = 40, 2  # of the context, in smaller letters
_BADGE = 24.0  # distance of the mark from the box
_DIP = 34.0  # how far a line hangs down between two boxes of one layer
_JOINT = 6.0  # the height of the bar on a link that another link aims at
_END = 26.0  # how much of it each line takes that ends there
_TITLE = 26.0
_TITLE_COLUMN, _COLUMN = 9.5, 7.2  # how wide a character may be, in the title and in that of a frame
_FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class _Label:
    head: str
    lines: tuple[str, ...]
    around: tuple[str, ...]
    foot: str

    @property
    def height(self) -> float:
        return 22.0 + _LINE * (len(self.lines) + len(self.around) + bool(self.head) + bool(self.foot))


def render(map_: ArgumentMap) -> str:
    """A standalone SVG 1.1 document."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + draw(map_)


def draw(map_: ArgumentMap, *, linked: bool = True) -> str:
    """The `<svg>` element alone. `linked`: it has a style, a title, and a click on a statement opens its source.

    Without, it is for a page: statements and links carry in `data-` attributes what `map.js` works with, by their
    places among the nodes and links.
    """
    drawn = parts(map_)
    in_frame = framed(drawn)
    labels = {n.id: _label(n, drawn.more.get(n.id, 0), title=n.id not in in_frame) for n in drawn.nodes}
    joints, lines = stretches(drawn)
    sizes = {name: (_WIDTH, label.height) for name, label in labels.items()}
    ends = Counter(line.edge.to_id for line in lines)
    sizes |= {joint: (_END * (ends[joint] - 1) + 24.0, _JOINT) for joint in joints}
    sources = groups(drawn)
    told = outline(map_)
    places = layout(
        told, [line.edge for line in lines], sizes, joints=joints,
        groups=[group.members for group in sources], head=_TITLE if linked else 0.0,
    )  # fmt: skip
    key, right, bottom = legend(drawn, places.height, places.width)
    width = max(places.width, right)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{bottom:.0f}" '
        f'viewBox="0 0 {width:.0f} {bottom:.0f}" font-family="{_FONT}" font-size="12.5" fill="{INK}">',
        f"<title>{safe(map_.title)}</title>",
        heads(drawn.edges),
        '<rect width="100%" height="100%" fill="#FFFFFF"/>',
    ]
    if linked:
        shown = safe(shorten(map_.title, int((width - 2 * MARGIN) / _TITLE_COLUMN)))
        out.append(f'<text x="{MARGIN}" y="{MARGIN + 10}" font-size="17" font-weight="bold">{shown}</text>')
    out += [_framed(group, box) for group, box in zip(sources, places.frames, strict=True)]
    facts = _facts(drawn) if not linked else [""] * len(drawn.edges)
    routes = list(zip(places.routes, lines, strict=True))
    out += [_line(route, facts[line.number], last=line.last) for route, line in routes]
    cut = [line.number for line in lines if not line.last]
    out += [_joint(places.boxes[joint], facts[number]) for joint, number in zip(joints, cut, strict=True)]
    out += [_badge(route, facts[line.number]) for route, line in routes if line.last]
    numbers = {node.id: number for number, node in enumerate(drawn.nodes)}
    parents = {line.node.id for line in _with_children(told)}
    for line in told:
        if line.shown == "here":
            node = line.node
            folds = not linked and node.id in parents
            out.append(_statement(numbers[node.id], node, labels[node.id], places.boxes[node.id], linked, folds))
    return "\n".join([*out, key, "</svg>"]) + "\n"


def _with_children(told: list[Line]) -> list[Line]:
    """The lines that others hang under which are told there."""
    path: list[Line] = []
    found = []
    for line in told:
        del path[line.depth :]
        if line.shown == "here":
            found += path
        path.append(line)
    return [line for line in found if line.shown == "here"]


def _facts(drawn: Parts) -> list[str]:
    """For each link the attributes that tell a script which it is, what it joins, and whether it is suggested."""
    numbers = {node.id: number for number, node in enumerate(drawn.nodes)}
    steps = {edge.id: number for number, edge in enumerate(drawn.edges) if drawn.steps.get(edge.id) is edge}
    facts = []
    for number, edge in enumerate(drawn.edges):
        at = f' data-at="{steps[edge.to_id]}"' if edge.to_id not in numbers else ""
        ends = f'data-from="{numbers[edge.from_id]}" data-to="{numbers[bears_on(edge, drawn)]}"'
        facts.append(f' data-edge="{number}" {ends} data-status="{edge.status}"{at}')
    return facts


def _label(node: Node, more: int, *, title: bool) -> _Label:
    text = wrap(shown(node.text) or "(no text)", _COLUMNS, _MAX_LINES)
    around = wrap(context_words(node), _CONTEXT_COLUMNS, _CONTEXT_LINES) if node.context else []
    return _Label(headline(node, _COLUMNS + 4, title=title), tuple(text), tuple(around), footline(node, more))


def _framed(group: Group, box: Box) -> str:
    title = safe(shorten(group.title, int((box.width - 16) / _COLUMN)))
    return (
        f'<g class="source"><rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
        f'rx="6" fill="#F7F7F7" stroke="#BBBBBB"/><title>{safe(group.title)}</title>'
        f'<text x="{box.x + 10:.1f}" y="{box.y + 18:.1f}" font-weight="bold" fill="#555555">{title}</text></g>'
    )


def _joint(box: Box, facts: str) -> str:
    place = f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
    return f'<rect class="edge joint"{facts} {place} rx="3" fill="{OUTLINE}"/>'


def _line(route: Route, facts: str, *, last: bool) -> str:
    points = route.points
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f} L{points[1][0]:.1f} {points[1][1]:.1f}"]
    for place in range(1, len(points) - 1, 2):
        (x0, y0), (x1, y1), (x2, y2) = points[place : place + 3]
        middle = y0 + _DIP if y0 == y1 else (y0 + y1) / 2
        path.append(f"C{x0:.1f} {middle:.1f} {x1:.1f} {middle:.1f} {x1:.1f} {y1:.1f} L{x2:.1f} {y2:.1f}")
    edge = route.edge
    drawn = stroke(edge.relation, edge.status, " ".join(path), head=last)
    return f'<g class="edge"{facts}>{edge_title(edge)}{drawn}</g>'


def _badge(route: Route, facts: str) -> str:
    x, y = route.points[-1]
    sign = mark(route.edge.relation, route.edge.status, x, y + (_BADGE if route.end_below else -_BADGE))
    return f'<g class="edge"{facts}>{sign}</g>'


def _statement(number: int, node: Node, label: _Label, box: Box, linked: bool, folds: bool) -> str:
    x, y = f"{box.x + _PADDING:.1f}", box.y + 20.0
    small = 'font-size="11" fill="#555555"'
    words = []
    if label.head:
        words.append(f'<text x="{x}" y="{y - 1:.1f}" {small}>{safe(label.head)}</text>')
        y += _LINE
    for line in label.lines:
        words.append(f'<text x="{x}" y="{y:.1f}">{safe(line)}</text>')
        y += _LINE
    for line in label.around:
        words.append(f'<text x="{x}" y="{y:.1f}" {small} font-style="italic">{safe(line)}</text>')
        y += _LINE
    if label.foot:
        words.append(f'<text x="{x}" y="{y:.1f}" {small}>{safe(label.foot)}</text>')
    inner = f"<title>{safe(tooltip(node))}</title>{shape(node.kind, box)}{''.join(words)}"
    url = safe_url(node.url) if linked else ""
    if url:
        inner = f'<a href="{safe(url)}" target="_blank">{inner}</a>'
    facts = ""
    if not linked:
        title = one_line(node.source_title or node.source_id)
        facts = f' data-node="{number}" data-person="{safe(one_line(node.who))}" data-source="{safe(title)}"'
    return f'<g class="node"{facts} data-id="{safe(node.id)}">{inner}{_fold(box) if folds else ""}</g>'


def _fold(box: Box) -> str:
    """What folds away all that is below, for a page with `map.js`; elsewhere it is not shown."""
    x, y = box.x + box.width, box.y + box.height
    return (
        f'<g class="fold" display="none" aria-hidden="true"><rect x="{x - 34:.1f}" y="{y - 9:.1f}" width="28" '
        f'height="18" rx="9" fill="#FFFFFF" stroke="{OUTLINE}"/>'
        f'<text x="{x - 20:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="11.5">−</text></g>'
    )


FORMAT = Format(
    name="svg",
    what="picture with links to the sources",
    endings=(".svg",),
    media_type="image/svg+xml",
    render=render,
    quotes="on hovering",
)
