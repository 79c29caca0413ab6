"""The plan of a picture: what stands where, with which words.

What is deep is told as it hangs if that makes no high and empty page; else what is below a few levels stands at the
margin, with what it bears on above it, and a reference is where it would hang.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kb.maps.drawing.labels import Labels
from kb.maps.drawing.layout import Layout, layout
from kb.maps.drawing.lettering import broken
from kb.maps.drawing.outline import Line, Parts, outline
from kb.maps.drawing.pieces import tree_groups
from kb.maps.drawing.text import shorten, shown
from kb.model.argument_map import ArgumentMap

_SHALLOW = 3  # levels below the margin
_LOWER = 0.85  # of the height of a page, what the other must have at most to be taken
_MANY = 250  # statements; of more the deep plan is not tried
_LONGEST_TITLE = 300
_TITLE_SIZE, TITLE_LINE, _TITLE_SIDES = 13.0, 16.0, 14.0
BOLD = 1.08  # how much wider bold letters are


@dataclass(frozen=True, slots=True)
class Plan:
    """`lines` are those of the outline that is drawn, `titles` the lines of the titles of the frames."""

    lines: list[Line]
    labels: Labels
    places: Layout
    titles: list[tuple[str, ...]]


def plan(map_: ArgumentMap, drawn: Parts) -> Plan:
    """The better of two plans, a deep and a shallow one."""
    deep = outline(map_)
    if max((line.depth for line in deep), default=0) <= _SHALLOW:
        return _planned(drawn, deep)
    tops = {line.node.id for line in deep if not line.depth}
    shallow = _planned(drawn, outline(map_, max_depth=_SHALLOW), tops)
    if len(drawn.nodes) > _MANY:
        return shallow
    other = _planned(drawn, deep)
    return shallow if shallow.places.height < _LOWER * other.places.height else other


def _planned(drawn: Parts, lines: list[Line], tops: Collection[str] | None = None) -> Plan:
    """`tops`: what stands at the margin because nothing is above it, and not since it was cut off."""
    groups = tree_groups(lines)
    titles = [shorten(shown(group.title), _LONGEST_TITLE) for group in groups]
    margin = {line.node.id for line in lines if not line.depth}
    cut = margin.difference(margin if tops is None else tops)
    labels = Labels(drawn, lines, {name for group in groups for name in group.members}, cut)

    def title(number: int, width: float) -> tuple[str, ...]:
        return broken(titles[number], (width - _TITLE_SIDES) / BOLD, _TITLE_SIZE)

    places = layout(
        lines, labels.height, groups=[group.members for group in groups],
        title=lambda number, width: 12.0 + TITLE_LINE * len(title(number, width)),
    )  # fmt: skip
    return Plan(lines, labels, places, [title(number, box.width - 20) for number, box in enumerate(places.frames)])
