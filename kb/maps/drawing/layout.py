"""Places for the boxes and lines of a map: theses on top, reasons under them, as a page that is read downwards.

A page is never wider than a screen on which its letters can still be read; what does not fit goes on below. Of several
numbers and widths of columns the one is taken whose page comes nearest to the form of a screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.maps.drawing.arranging import Blocks
from kb.maps.drawing.blocks import GAP_X, JOINT, JOINT_ROOM, SIGN, Block, Measure, TitleMeasure, joint_room
from kb.maps.drawing.outline import Line
from kb.maps.drawing.packing import Item, Packed, packed
from kb.maps.drawing.trees import Tree, trees
from kb.model.link import Link

MARGIN = 12.0
_WIDTH, _HEIGHT = 1520.0, 920.0  # of a page that is seen at once
_COLUMNS = (236.0, 258.0, 282.0, 310.0, 345.0)  # their widths, besides those that fill a page
_NARROWEST, _WIDEST = 220.0, 400.0
_DENSER = 0.8  # the area that a page takes at least, of that which the best so far takes

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is drawn: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """Where a link is drawn: from the box of the statement that hangs by it to what it hangs under.

    `line` is that of the outline, `box` where the statement stands or is referred to. `sign`: the middle of the mark.
    `joint`: where another link aims at this one.
    """

    line: Line
    edge: Link
    box: Box
    points: tuple[Point, ...]
    sign: Point
    joint: Box | None


@dataclass(frozen=True, slots=True)
class Layout:
    """`boxes` by the id of the node; `routes` of all links, `frames` in the order of the groups."""

    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]
    frames: tuple[Box, ...]
    width: float
    height: float


def layout(
    lines: Sequence[Line],
    measure: Measure,
    *,
    groups: Sequence[Sequence[str]] = (),
    title: TitleMeasure = lambda *_: 0.0,
) -> Layout:
    """Places for what the lines tell, with the heights that `measure` gives.

    Each of `groups`, ids of nodes whose lines stand at the margin one after the other, gets a frame with a title of the
    height that `title` gives.
    """
    if not lines:
        return Layout({}, (), (), 2 * MARGIN, 2 * MARGIN)
    found, width = _best(Blocks(measure, title), _items(trees(lines), groups))
    boxes: dict[str, Box] = {}
    routes: list[Route] = []
    frames: dict[int, Box] = {}
    for one in found.placed:
        x, y = one.x + MARGIN, one.y + MARGIN
        if isinstance(one.what, Block):
            routes += _drawn(one.what, x, y, boxes)
        else:
            frames[one.what] = Box(x, y, one.width, one.height)
    return Layout(
        boxes, tuple(routes), tuple(frames[number] for number in range(len(groups))),
        width + 2 * MARGIN, found.height + 2 * MARGIN,
    )  # fmt: skip


def _items(found: Sequence[Tree], groups: Sequence[Sequence[str]]) -> list[Item]:
    group_of = {name: number for number, group in enumerate(groups) for name in group}
    items: dict[int, Item] = {}
    for place, tree in enumerate(found):
        number = group_of.get(tree.line.node.id, -1)
        key = number if number >= 0 else -1 - place
        items[key] = Item((*(items[key].trees if key in items else ()), tree), number)
    return list(items.values())


def _best(blocks: Blocks, items: Sequence[Item]) -> tuple[Packed, float]:
    best: tuple[float, Packed, float] | None = None
    for columns, width in sorted(_widths(), key=lambda page: -page[1]):
        if best and _DENSER * best[1].height * best[2] / width / _HEIGHT > best[0]:
            continue  # so narrow that it can but be too high
        found = packed(blocks, items, width, columns)
        if found is None:
            continue
        cost = max(width / _WIDTH, found.height / _HEIGHT)
        if best is None or cost < best[0]:
            best = (cost, found, width)
    if best is None:  # something is so deep that it needs a page of its own width
        width = max(blocks.need(tree) for item in items for tree in item.trees) + 2 * GAP_X
        found = packed(blocks, items, width, 1)
        assert found is not None
        best = (0.0, found, width)
    return best[1], best[2]


def _widths() -> Iterator[tuple[int, float]]:
    """Numbers of columns with the width of a page that has them."""
    for columns in range(1, int((_WIDTH + GAP_X) / (_NARROWEST + GAP_X)) + 1):
        filling = (_WIDTH + GAP_X) / columns - GAP_X
        for column in (*_COLUMNS, *([filling] if filling <= _WIDEST else [])):
            if column <= filling:
                yield columns, columns * (column + GAP_X) - GAP_X


def _drawn(block: Block, x: float, y: float, boxes: dict[str, Box]) -> Iterator[Route]:
    """Places the boxes of a block, and gives its links."""
    tree = block.tree
    box = Box(x, y, block.width, block.height)
    if tree.here:
        boxes[tree.line.node.id] = box
    middle = y + block.height / 2
    shift = SIGN / 2 + joint_room(tree)
    for sub in block.subs:
        child = sub.block.tree
        left, top = x + sub.x, y + sub.y
        to = Box(left, top, sub.block.width, sub.block.height)
        start = (left, top + to.height / 2)
        if sub.lane < 0:  # to the joint on the link that the tree hangs by
            at = x - JOINT_ROOM / 2
            points = [start, (at, start[1]), (at, middle + JOINT / 2)]
        elif sub.column:
            lane, port = x + sub.column + sub.lane, x + sub.lane
            points = [start, (lane, start[1]), (lane, y + sub.bus), (port, y + sub.bus), (port, y + block.height)]
        else:
            points = [start, (x + sub.lane, start[1]), (x + sub.lane, y + block.height)]
        joint = Box(left - (JOINT_ROOM + JOINT) / 2, start[1] - JOINT / 2, JOINT, JOINT) if child.aiming else None
        if child.line.edge is not None:
            yield Route(child.line, child.line.edge, to, tuple(points), (left - shift, start[1]), joint)
        yield from _drawn(sub.block, left, top, boxes)
