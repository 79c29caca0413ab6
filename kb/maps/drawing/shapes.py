"""The pieces an SVG map is made of: outlines of statements, lines, arrowheads, marks, the legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kb.maps.drawing.layout import MARGIN, Box
from kb.maps.drawing.lettering import width
from kb.maps.drawing.outline import SIGNED, Parts
from kb.maps.drawing.style import KIND_FILLS, OUTLINE, PAPER, RELATIONS, edge_words
from kb.maps.drawing.text import KIND_NAMES, clean, hidden_note, one_line
from kb.model.link import Link
from kb.model.words import Relation, Status

_DASHES: dict[Status, str] = {
    "accepted": "",
    "suggested": ' stroke-dasharray="6 4"',
    "rejected": ' stroke-dasharray="1.5 4"',
}
_UNSIGNED = ' stroke-dasharray="10 3 2 3"'
_HEADS = {  # at the beginning of a line, since lines are drawn from above
    "supports": '<path class="full supports" d="M11 1 L1 6 L11 11 Z" fill="{c}"/>',
    "attacks": '<path class="line attacks" d="M2 0 V12" stroke="{c}" stroke-width="3"/>',
    "undercuts": '<circle class="sign undercuts" cx="5" cy="6" r="4" fill="#FFFFFF" stroke="{c}" stroke-width="1.6"/>',
}
_ROUND = 6.0  # the radius of the corners of lines
_LEGEND_LINE, _LETTERS = 24.0, 12.6


def safe(text: str) -> str:
    """`text` for the content or an attribute of an element."""
    return escape(clean(text), quote=True)


def heads(edges: Iterable[Link]) -> str:
    """Definitions of the arrowheads in use: a triangle supports, a bar attacks, a ring undercuts."""
    used = {edge.relation for edge in edges}
    markers = [
        f'<marker id="map-head-{name}" viewBox="0 0 12 12" refX="1" refY="6" markerWidth="12" markerHeight="12" '
        f'markerUnits="userSpaceOnUse" orient="auto">{_HEADS[name].format(c=RELATIONS[name].colour)}</marker>'
        for name in SIGNED
        if name in used
    ]
    return f"<defs>{''.join(markers)}</defs>"


def line_path(points: Sequence[tuple[float, float]]) -> str:
    """The path along points that are above or beside each other, with round corners."""
    out = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        out.append(f"L{start[0]:.1f} {start[1]:.1f} Q{corner[0]:.1f} {corner[1]:.1f} {end[0]:.1f} {end[1]:.1f}")
    return " ".join([*out, f"L{points[-1][0]:.1f} {points[-1][1]:.1f}"])


def _towards(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    far = abs(dx) + abs(dy)
    part = min(_ROUND, far / 2) / far if far else 0.0
    return corner[0] + dx * part, corner[1] + dy * part


def stroke(relation: Relation, status: Status, path: str) -> str:
    """A line along `path`, which begins where the link leads to, as its relation and status have it.

    `restates` is double, `related` always broken.
    """
    colour, dashes = RELATIONS[relation].colour, _DASHES[status]
    along = f'd="{path}" fill="none"'
    if relation == "restates":
        return (
            f'<path class="line {relation}" {along} stroke="{colour}" stroke-width="4.2"{dashes}/>'
            f'<path class="line within" {along} stroke="{PAPER}" stroke-width="1.8"/>'
        )
    if relation == "related" and status == "accepted":
        dashes = _UNSIGNED
    begin = f' marker-start="url(#map-head-{relation})"' if relation in SIGNED else ""
    return f'<path class="line {relation}" {along} stroke="{colour}" stroke-width="1.7"{dashes}{begin}/>'


def mark(relation: Relation, status: Status, x: float, y: float) -> str:
    """The sign of a relation in a small frame around (x, y), with '?' where it is only suggested."""
    style = RELATIONS[relation]
    sign = style.mark + ("?" if status == "suggested" else "")
    return (
        f'<rect class="sign {relation}" x="{x - 9.5:.1f}" y="{y - 8:.1f}" width="19" height="16" rx="8" '
        f'fill="{PAPER}" stroke="{style.colour}"/>'
        f'<text class="full {relation}" x="{x:.1f}" y="{y + 4.5:.1f}" text-anchor="middle" font-weight="bold" '
        f'font-size="12.5" fill="{style.colour}">{safe(sign)}</text>'
    )


def edge_title(edge: Link) -> str:
    """What a line tells on hovering: relation, status, and what it rests on, the words included."""
    score = "" if edge.score is None else f" {edge.score:.2f}"
    told = f"{edge_words(edge)} (basis: {edge.basis}{score})"
    if edge.evidence is not None:
        told += f"\n“{one_line(edge.evidence.quote)}”"
    return f"<title>{safe(told)}</title>"


def shape(kind: str, box: Box) -> str:
    """The outline of a statement of that kind. Each kind has a form of its own."""
    left, top, right, bottom = (f"{value:.1f}" for value in (box.x, box.y, box.x + box.width, box.y + box.height))
    paint = f'class="box kind-{kind}" fill="{KIND_FILLS[kind]}" stroke="{OUTLINE}" stroke-width="1.2"'
    frame = f'<rect x="{left}" y="{top}" width="{box.width:.1f}" height="{box.height:.1f}"'
    ear = min(10.0, box.height / 2)
    inner_left, inner_right = f"{box.x + ear:.1f}", f"{box.x + box.width - ear:.1f}"
    if kind == "critique":
        bar = f'class="full attacks" width="5" height="{box.height:.1f}" fill="{RELATIONS["attacks"].colour}"'
        return f'{frame} {paint}/><rect x="{left}" y="{top}" {bar}/>'
    if kind == "theory_of_impact":
        middle = f"{box.y + box.height / 2:.1f}"
        return (
            f'<path d="M{left} {middle} L{inner_left} {top} H{inner_right} L{right} {middle} '
            f'L{inner_right} {bottom} H{inner_left} Z" {paint}/>'
        )
    if kind == "question":
        fold = f"{box.y + ear:.1f}"
        return (
            f'<path d="M{left} {top} H{inner_right} L{right} {fold} V{bottom} H{left} Z" {paint}/>'
            f'<path class="rule" d="M{inner_right} {top} V{fold} H{right}" fill="none" stroke="{OUTLINE}"/>'
        )
    if kind == "evidence":
        rule = f"{box.y + box.height - 4:.1f}"
        return f'{frame} {paint}/><path class="rule" d="M{left} {rule} H{right}" stroke="{OUTLINE}"/>'
    if kind == "passage":  # a bubble: what somebody said in one go
        return (
            f'<path d="M{left} {top} H{right} V{bottom} h-{min(24.0, box.width / 3):.1f} l-6 6 v-6 H{left} Z" {paint}/>'
        )
    if kind == "source":
        fold = f"{box.y - 6:.1f}"
        return f'<path d="M{left} {fold} h24 l6 6 H{right} V{bottom} H{left} Z" {paint}/>'
    return f'{frame} rx="{min(9.0, box.height / 2):.1f}" {paint}/>'


def legend(drawn: Parts, top: float, wide: float) -> tuple[str, float]:
    """The marks and shapes in use and what is hidden, as elements, and where they end."""
    x, y = MARGIN, top + 8.0
    out = []
    for kind_or_relation, words in _legend_items(drawn):
        length = _sample_width(kind_or_relation) + 6 + width(words, _LETTERS)
        if x + length > wide - MARGIN and x > MARGIN:
            x, y = MARGIN, y + _LEGEND_LINE
        out.append(_sample(kind_or_relation, x, y))
        start = x + (_sample_width(kind_or_relation) + 6 if kind_or_relation else 0.0)
        out.append(f'<text x="{start:.1f}" y="{y + 4:.1f}" font-size="{_LETTERS:g}">{safe(words)}</text>')
        x += length + 18
    return "\n".join(out), y + MARGIN


def _legend_items(drawn: Parts) -> list[tuple[str, str]]:
    relations = {edge.relation for edge in drawn.edges}
    statuses = {edge.status for edge in drawn.edges}
    kinds = {node.kind for node in drawn.nodes}
    items: list[tuple[str, str]] = [(name, style.verb) for name, style in RELATIONS.items() if name in relations]
    items += [(status, status) for status in ("suggested", "rejected") if status in statuses]
    items += [("step", "link that another aims at")] if drawn.steps else []
    items += [(kind, name) for kind, name in KIND_NAMES.items() if kind in kinds]
    hidden = hidden_note(drawn.hidden_nodes, drawn.hidden_edges)
    return [*items, ("", hidden)] if hidden else items


def _sample_width(what: str) -> float:
    return 24.0 if what in KIND_FILLS else 46.0 if what else 0.0


def _sample(what: str, x: float, y: float) -> str:
    path = f"M{x:.1f} {y:.1f} h44"
    for relation in RELATIONS:
        if what == relation:
            return stroke(relation, "accepted", path) + mark(relation, "accepted", x + 30, y)
    if what in KIND_FILLS:
        return shape(what, Box(x, y - 8, 24, 16))
    if what == "step":
        return f'<rect class="joint" x="{x + 40:.1f}" y="{y - 4:.1f}" width="8" height="8" rx="2" fill="{OUTLINE}"/>'
    for status, dashes in _DASHES.items():
        if what == status:
            return f'<path class="rule" d="{path}" fill="none" stroke="{OUTLINE}" stroke-width="1.7"{dashes}/>'
    return ""
