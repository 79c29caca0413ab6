"""The map as a picture, drawn without any other program: theses on top, reasons under them, a legend at the end.

Signs are told by mark, by arrowhead and by colour; suggestions are dashed and have a '?'. Statements of one source
stand in a frame. Quotes show on hovering, and a click on a statement opens its source. It is dark where its reader's
screen is, and light on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from kb.maps.drawing.labels import PADDING, SIZE, SMALL, Labels, length
from kb.maps.drawing.layout import MARGIN, Box, Layout, Route
from kb.maps.drawing.lettering import FAMILY, broken
from kb.maps.drawing.outline import Line, Parts, bears_on, outline, parts
from kb.maps.drawing.plan import BOLD, TITLE_LINE, plan
from kb.maps.drawing.shapes import edge_title, heads, legend, line_path, mark, safe, shape, stroke
from kb.maps.drawing.style import INK, OUTLINE, PAPER, SOFT
from kb.maps.drawing.text import one_line, safe_url, shorten, shown, tooltip
from kb.maps.format import Format
from kb.model.argument_map import ArgumentMap, Node

_TITLE, _TITLE_LINE = 17.0, 22.0
_LONGEST_TITLE = 300
_NARROWEST = 560.0
_PAGE = "/* A map on a page"  # where in map.css what is about the drawing ends


def render(map_: ArgumentMap) -> str:
    """A standalone SVG document."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + draw(map_)


def draw(map_: ArgumentMap, *, linked: bool = True) -> str:
    """The `<svg>` element alone. `linked`: it has a style, a title, and a click on a statement opens its source.

    Without, it is for a page: statements and links carry in `data-` attributes what `map.js` works with, by their
    places among the nodes and links.
    """
    drawn = parts(map_)
    found = plan(map_, drawn)
    told, labels, places = found.lines, found.labels, found.places
    width = max(places.width, _NARROWEST if linked or not places.boxes else places.width)
    title = _title(shown(map_.title), width) if linked else ()
    head = _TITLE_LINE * len(title)
    key, bottom = legend(drawn, places.height, width)
    facts = [""] * len(places.routes) if linked else _facts(drawn, told, places)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{head + bottom:.0f}" '
        f'viewBox="0 0 {width:.0f} {head + bottom:.0f}" class="picture" font-family="{FAMILY}" font-size="{SIZE:g}" '
        f'fill="{INK}">',
        f"<title>{safe(shown(map_.title))}</title>",
        f"<style>{style()}</style>" if linked else "",
        heads(drawn.edges),
        f'<rect class="paper" width="100%" height="100%" fill="{PAPER}"/>',
        *title,
        f'<g transform="translate(0 {head:.0f})">',
        *(_framed(lines, box) for lines, box in zip(found.titles, places.frames, strict=True)),
        *(_line(route, fact) for route, fact in zip(places.routes, facts, strict=True)),
        *_references(drawn, places, facts, labels),
        *_statements(drawn, told, places, labels, None if linked else _parents(outline(map_))),
        key,
        "</g>",
        "</svg>",
    ]
    return "\n".join(filter(None, out)) + "\n"


def style() -> str:
    """What a picture of its own needs to be dark where the screen is."""
    return files(__package__).joinpath("map.css").read_text(encoding="utf-8").split(_PAGE)[0].strip()


def _title(text: str, width: float) -> tuple[str, ...]:
    lines = broken(shorten(text, _LONGEST_TITLE), (width - 2 * MARGIN) / BOLD, _TITLE)
    return tuple(
        f'<text x="{MARGIN}" y="{MARGIN + 6 + _TITLE_LINE * place:.0f}" font-size="{_TITLE:g}" font-weight="bold">'
        f"{safe(line)}</text>"
        for place, line in enumerate(lines)
    )


def _framed(lines: Sequence[str], box: Box) -> str:
    words = "".join(
        f'<text class="soft" x="{box.x + 12:.1f}" y="{box.y + 19 + TITLE_LINE * place:.1f}" font-weight="bold" '
        f'fill="{SOFT}">{safe(line)}</text>'
        for place, line in enumerate(lines)
    )
    return (
        f'<g class="source"><rect class="frame" x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" '
        f'height="{box.height:.1f}" rx="6" fill="#F7F7F7" stroke="#BBBBBB"/>'
        f"<title>{safe(' '.join(lines))}</title>{words}</g>"
    )


def _facts(drawn: Parts, told: Sequence[Line], places: Layout) -> list[str]:
    """For each link what a script is to know: what it joins, the statement it hangs under, a link it aims at."""
    numbers = {node.id: number for number, node in enumerate(drawn.nodes)}
    under: dict[int, int] = {}
    path: list[Line] = []
    for line in told:
        del path[line.depth :]
        under[id(line)] = next((numbers[above.node.id] for above in reversed(path) if above.shown == "here"), -1)
        path.append(line)
    routes = places.routes
    steps = {r.edge.id: number for number, r in enumerate(routes) if drawn.steps.get(r.edge.id) is r.edge}
    facts = []
    for number, route in enumerate(routes):
        edge, line = route.edge, route.line
        at = f' data-at="{steps[edge.to_id]}"' if edge.to_id not in numbers else ""
        child = f' data-child="{numbers[line.node.id]}"' if line.shown == "here" else ""
        ends = f'data-from="{numbers[edge.from_id]}" data-to="{numbers[bears_on(edge, drawn)]}"'
        hung = f' data-under="{under[id(line)]}"'
        facts.append(f' data-edge="{number}" {ends} data-status="{edge.status}"{hung}{child}{at}')
    return facts


def _line(route: Route, facts: str) -> str:
    edge, joint = route.edge, route.joint
    path = line_path(route.points[::-1])  # from above, so that the dashes of those that share a lane agree
    drawn = stroke(edge.relation, edge.status, path) + mark(edge.relation, edge.status, *route.sign)
    if joint:
        place = f'x="{joint.x:.1f}" y="{joint.y:.1f}" width="{joint.width:.1f}" height="{joint.height:.1f}"'
        drawn += f'<rect class="joint" {place} rx="2" fill="{OUTLINE}"/>'
    return f'<g class="edge"{facts}>{edge_title(edge)}{drawn}</g>'


def _references(drawn: Parts, places: Layout, facts: Sequence[str], labels: Labels) -> list[str]:
    """In place of what is told elsewhere its first words."""
    numbers = {node.id: f' data-refers="{number}"' for number, node in enumerate(drawn.nodes)}
    return [
        f'<g class="edge reference"{fact}{numbers[route.line.node.id] if fact else ""}>'
        f"<title>{safe(tooltip(route.line.node))}</title>{_reference(route.box)}"
        f"{_words(route.line, route.box, labels)}</g>"
        for route, fact in zip(places.routes, facts, strict=True)
        if route.line.shown != "here"
    ]


def _reference(box: Box) -> str:
    return (
        f'<rect class="box kind-source" x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" '
        f'height="{box.height:.1f}" rx="{min(box.height / 2, 11):.1f}" fill="{PAPER}" stroke="{OUTLINE}" '
        f'stroke-dasharray="2 3"/>'
    )


def _parents(told: Sequence[Line]) -> set[str]:
    """What others hang under."""
    path: list[Line] = []
    found: set[str] = set()
    for line in told:
        del path[line.depth :]
        if line.shown == "here":
            found.update(above.node.id for above in path)
        path.append(line)
    return found


def _statements(
    drawn: Parts, told: Sequence[Line], places: Layout, labels: Labels, parents: set[str] | None
) -> list[str]:
    """`parents`: what can be folded, on a page; without, a click opens the source."""
    numbers = {node.id: number for number, node in enumerate(drawn.nodes)}
    out = []
    for line in told:
        if line.shown != "here":
            continue
        node, box = line.node, places.boxes[line.node.id]
        inner = f"<title>{safe(tooltip(node))}</title>{shape(node.kind, box)}{_words(line, box, labels)}"
        facts = "" if parents is None else _about(node, numbers[node.id])
        url = safe_url(node.url) if parents is None else ""
        if url:
            inner = f'<a href="{safe(url)}" target="_blank">{inner}</a>'
        fold = _fold(box) if parents and node.id in parents else ""
        out.append(f'<g class="node"{facts} data-id="{safe(node.id)}">{inner}{fold}</g>')
    return out


def _words(line: Line, box: Box, labels: Labels) -> str:
    x = f"{box.x + PADDING:.1f}"
    return "".join(
        f'<text x="{x}" y="{box.y + words.y:.1f}"'
        + (f' class="soft" font-size="{SMALL:g}" fill="{SOFT}"' if words.small else "")
        + (' font-style="italic"' if words.slanted else "")
        + f"{length(words)}>{safe(words.text)}</text>"
        for words in labels.words(line, box.width)
    )


def _about(node: Node, number: int) -> str:
    title = one_line(node.source_title or node.source_id)
    return f' data-node="{number}" data-person="{safe(one_line(node.who))}" data-source="{safe(title)}"'


def _fold(box: Box) -> str:
    """What folds away all that is below, for a page with `map.js`; elsewhere it is not shown."""
    x, y = box.x + box.width, box.y + box.height
    return (
        f'<g class="fold" display="none" aria-hidden="true"><rect x="{x - 38:.1f}" y="{y - 4:.1f}" width="30" '
        f'height="15" rx="7.5" fill="{PAPER}" stroke="{OUTLINE}"/>'
        f'<text x="{x - 23:.1f}" y="{y + 7:.1f}" text-anchor="middle" font-size="{SMALL:g}">−</text></g>'
    )


FORMAT = Format(
    name="svg",
    what="picture with links to the sources",
    endings=(".svg",),
    media_type="image/svg+xml",
    render=render,
    quotes="on hovering",
)
