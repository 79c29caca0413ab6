"""The pieces an SVG map is made of: outlines of statements, lines, arrowheads, marks, the legend."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kb.maps.drawing.layout import MARGIN, Box
from kb.maps.drawing.outline import SIGNED, Parts
from kb.maps.drawing.style import KIND_FILLS, OUTLINE, RELATIONS, edge_words
from kb.maps.drawing.text import KIND_NAMES, clean, columns, hidden_note, one_line
from kb.model.link import Link
from kb.model.words import Relation, Status

_DASHES: dict[Status, str] = {
    "accepted": "",
    "suggested": ' stroke-dasharray="6 4"',
    "rejected": ' stroke-dasharray="1.5 4"',
}
_UNSIGNED = ' stroke-dasharray="10 3 2 3"'
_HEADS = {
    "supports": '<path d="M1 1 L11 6 L1 11 Z" fill="{c}"/>',
    "attacks": '<path d="M10 0 V12" stroke="{c}" stroke-width="3"/>',
    "undercuts": '<circle cx="7" cy="6" r="4" fill="#FFFFFF" stroke="{c}" stroke-width="1.6"/>',
}
_LEGEND_LINE = 30.0
_NARROWEST = 560.0


def safe(text: str) -> str:
    """`text` for the content or an attribute of an element."""
    return escape(clean(text), quote=True)


def heads(edges: Iterable[Link]) -> str:
    """Definitions of the arrowheads in use: a triangle supports, a bar attacks, a ring undercuts."""
    used = {edge.relation for edge in edges}
    markers = [
        f'<marker id="head-{name}" viewBox="0 0 12 12" refX="11" refY="6" markerWidth="12" markerHeight="12" '
        f'markerUnits="userSpaceOnUse" orient="auto">{_HEADS[name].format(c=RELATIONS[name].colour)}</marker>'
        for name in SIGNED
        if name in used
    ]
    return f"<defs>{''.join(markers)}</defs>"


def stroke(relation: Relation, status: Status, path: str, *, head: bool = True) -> str:
    """A line along `path` as its relation and status have it; `restates` is double, `related` always broken."""
    colour, dashes = RELATIONS[relation].colour, _DASHES[status]
    along = f'<path d="{path}" fill="none"'
    if relation == "restates":
        return f'{along} stroke="{colour}" stroke-width="4.2"{dashes}/>{along} stroke="#FFFFFF" stroke-width="1.8"/>'
    if relation == "related" and status == "accepted":
        dashes = _UNSIGNED
    end = f' marker-end="url(#head-{relation})"' if head and relation in SIGNED else ""
    return f'{along} stroke="{colour}" stroke-width="1.7"{dashes}{end}/>'


def mark(relation: Relation, status: Status, x: float, y: float) -> str:
    """The sign of a relation in a small frame around (x, y), with '?' where it is only suggested."""
    style = RELATIONS[relation]
    sign = style.mark + ("?" if status == "suggested" else "")
    return (
        f'<rect x="{x - 10:.1f}" y="{y - 8:.1f}" width="20" height="16" rx="8" fill="#FFFFFF" '
        f'stroke="{style.colour}"/>'
        f'<text x="{x:.1f}" y="{y + 4.5:.1f}" text-anchor="middle" font-weight="bold" fill="{style.colour}">'
        f"{safe(sign)}</text>"
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
    paint = f'class="box" fill="{KIND_FILLS[kind]}" stroke="{OUTLINE}" stroke-width="1.2"'
    frame = f'<rect x="{left}" y="{top}" width="{box.width:.1f}" height="{box.height:.1f}"'
    ear = min(12.0, box.height / 2)
    inner_left, inner_right = f"{box.x + ear:.1f}", f"{box.x + box.width - ear:.1f}"
    if kind == "critique":
        bar = f'width="5" height="{box.height:.1f}" fill="{RELATIONS["attacks"].colour}"'
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
            f'<path d="M{inner_right} {top} V{fold} H{right}" fill="none" stroke="{OUTLINE}"/>'
        )
    if kind == "evidence":
        rule = f"{box.y + box.height - 4:.1f}"
        return f'{frame} {paint}/><path d="M{left} {rule} H{right}" stroke="{OUTLINE}"/>'
    if kind == "passage":  # a bubble: what somebody said in one go
        return f'<path d="M{left} {top} H{right} V{bottom} h{24 - box.width:.1f} l-6 6 v-6 H{left} Z" {paint}/>'
    if kind == "source":
        fold = f"{box.y - 6:.1f}"
        return f'<path d="M{left} {fold} h24 l6 6 H{right} V{bottom} H{left} Z" {paint}/>'
    return f'{frame} rx="{min(9.0, box.height / 2):.1f}" {paint}/>'


def legend(drawn: Parts, top: float, width: float) -> tuple[str, float, float]:
    """The marks and shapes in use and what is hidden, as elements, with the right and lower end of it all."""
    limit = max(width - MARGIN, _NARROWEST)
    x, y = MARGIN, top + 16.0
    out = []
    right = 0.0
    for kind_or_relation, words in _legend_items(drawn):
        length = _sample_width(kind_or_relation) + 10 + 7.0 * columns(words)
        if x + length > limit and x > MARGIN:
            x, y = MARGIN, y + _LEGEND_LINE
        out.append(_sample(kind_or_relation, x, y))
        start = x + _sample_width(kind_or_relation) + 8
        out.append(f'<text x="{start:.1f}" y="{y + 4.5:.1f}">{safe(words)}</text>')
        right = max(right, x + length)
        x += length + 18
    return "\n".join(out), right + MARGIN, y + MARGIN


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
    return 24.0 if what in KIND_FILLS else 50.0 if what else 0.0


def _sample(what: str, x: float, y: float) -> str:
    path = f"M{x:.1f} {y:.1f} h48"
    for relation in RELATIONS:
        if what == relation:
            return stroke(relation, "accepted", path) + mark(relation, "accepted", x + 20, y)
    if what in KIND_FILLS:
        return shape(what, Box(x, y - 8, 24, 16))
    if what == "step":
        return f'<rect x="{x:.1f}" y="{y - 3:.1f}" width="48" height="6" rx="3" fill="{OUTLINE}"/>'
    for status, dashes in _DASHES.items():
        if what == status:
            return f'<path d="{path}" fill="none" stroke="{OUTLINE}" stroke-width="1.7"{dashes}/>'
    return ""
