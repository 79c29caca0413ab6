"""The map as a picture, drawn without any other program: thesis on top, reasons below, a legend at the end.

Signs are told by mark, by arrowhead and by colour; suggestions are dashed and have a '?'. Quotes show on
hovering, and a click on a statement opens its source.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.graph import Graph, Node
from kb.render._outline import outline, parts
from kb.render._shapes import edge_title, heads, legend, mark, safe, shape, stroke
from kb.render._style import INK
from kb.render._text import headline, one_line, safe_url, tooltip, wrap
from kb.render.layout import Box, Route, layout

_COLUMNS = 36
_WIDTH = 258.0
_PADDING = 15.0
_LINE = 16.0
_MAX_LINES = 6
_BADGE = 24.0  # distance of the mark from the box
_DIP = 34.0  # how far a line hangs down between two boxes of one layer
_FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class _Label:
    head: str
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return 22.0 + _LINE * (len(self.lines) + bool(self.head))


def render(graph: Graph) -> str:
    """A standalone SVG 1.1 document."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + draw(graph)


def draw(graph: Graph, *, linked: bool = True) -> str:
    """The `<svg>` element alone, to be put into a page; `linked`: a click on a statement opens its source.

    The group of a statement carries its place among the nodes as `data-node`.
    """
    drawn = parts(graph)
    labels = {node.id: _label(node) for node in drawn.nodes}
    places = layout(outline(graph), drawn.edges, {name: (_WIDTH, label.height) for name, label in labels.items()})
    key, right, bottom = legend(drawn, places.height, places.width)
    width = max(places.width, right)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{bottom:.0f}" '
        f'viewBox="0 0 {width:.0f} {bottom:.0f}" font-family="{_FONT}" font-size="12.5" fill="{INK}">',
        f"<title>{safe(graph.title)}</title>",
        heads(drawn.edges),
        '<rect width="100%" height="100%" fill="#FFFFFF"/>',
    ]
    out += [_line(route) for route in places.routes]
    out += [_badge(route) for route in places.routes]
    for number, node in enumerate(drawn.nodes):
        out.append(_statement(number, node, labels[node.id], places.boxes[node.id], linked))
    return "\n".join([*out, key, "</svg>"]) + "\n"


def _label(node: Node) -> _Label:
    return _Label(headline(node, _COLUMNS + 4), tuple(wrap(one_line(node.text) or "(no text)", _COLUMNS, _MAX_LINES)))


def _line(route: Route) -> str:
    points = route.points
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f} L{points[1][0]:.1f} {points[1][1]:.1f}"]
    for place in range(1, len(points) - 1, 2):
        (x0, y0), (x1, y1), (x2, y2) = points[place : place + 3]
        middle = y0 + _DIP if y0 == y1 else (y0 + y1) / 2
        path.append(f"C{x0:.1f} {middle:.1f} {x1:.1f} {middle:.1f} {x1:.1f} {y1:.1f} L{x2:.1f} {y2:.1f}")
    edge = route.edge
    return f"<g>{edge_title(edge)}{stroke(edge.relation, edge.status, ' '.join(path))}</g>"


def _badge(route: Route) -> str:
    x, y = route.points[-1]
    return mark(route.edge.relation, route.edge.status, x, y + (_BADGE if route.end_below else -_BADGE))


def _statement(number: int, node: Node, label: _Label, box: Box, linked: bool) -> str:
    x, y = f"{box.x + _PADDING:.1f}", box.y + 20.0
    words = []
    if label.head:
        words.append(f'<text x="{x}" y="{y - 1:.1f}" font-size="11" fill="#555555">{safe(label.head)}</text>')
        y += _LINE
    for line in label.lines:
        words.append(f'<text x="{x}" y="{y:.1f}">{safe(line)}</text>')
        y += _LINE
    inner = f"<title>{safe(tooltip(node))}</title>{shape(node.kind, box)}{''.join(words)}"
    url = safe_url(node.url) if linked else ""
    if url:
        inner = f'<a href="{safe(url)}" target="_blank">{inner}</a>'
    return f'<g class="node" data-node="{number}" data-id="{safe(node.id)}">{inner}</g>'
