"""What stands at the top of a map, trees and frames of several, side by side in the columns of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf

from kb.maps.drawing.arranging import Blocks
from kb.maps.drawing.blocks import GAP_X, Block
from kb.maps.drawing.trees import Tree

APART = 16.0  # between one tree and the next below it
FRAME = 10.0  # between a frame and what is in it
_FACTORS = (0.7, 0.85, 1.0, 1.2, 1.5, 2.0)  # how high an item may be, of what all would be if they were even
_FEW = 6  # items, which may each be as wide as it takes to be lowest
_KEPT = 0.94  # by how much another order must make a page lower to be worth it


@dataclass(frozen=True, slots=True)
class Item:
    """Trees that stand together, in a frame or, a single one, without. `frame`: its number, or -1."""

    trees: tuple[Tree, ...]
    frame: int = -1


@dataclass(frozen=True, slots=True)
class Placed:
    """Something at a place of the page: a block, or the frame of that number."""

    x: float
    y: float
    what: Block | int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Packed:
    placed: tuple[Placed, ...]
    height: float


def packed(blocks: Blocks, items: Sequence[Item], width: float, columns: int) -> Packed | None:
    """The items in so many columns, in nearly their order, as low as can be; None where one is too wide for that."""
    column = (width - GAP_X * (columns - 1)) / columns

    def one(item: Item, span: int) -> Packed | None:
        room = span * (column + GAP_X) - GAP_X
        if item.frame < 0:
            tree = item.trees[0]
            if blocks.need(tree) > room:
                return None
            block = blocks.of(tree, room, span)
            return Packed((Placed(0.0, 0.0, block, room, block.depth),), block.depth)
        inner = packed(blocks, [Item((tree,)) for tree in item.trees], room - 2 * FRAME, span)
        if inner is None:
            return None
        top = blocks.title(item.frame, room - 2 * FRAME)
        height = top + inner.height + FRAME
        return Packed((Placed(0.0, 0.0, item.frame, room, height), *_moved(inner, FRAME, top)), height)

    if len(items) == 1:
        return one(items[0], columns)
    ways = [_Ways(partial(one, item), columns) for item in items]
    if any(way.narrowest is None for way in ways):
        return None
    share = sum(found.height * span for found, span in (way.as_list() for way in ways)) / columns
    best: Packed | None = None
    for factor in _FACTORS if len(items) > _FEW else (0.0, *_FACTORS):
        chosen = [way.within(share * factor) for way in ways]
        for sequence in (chosen, sorted(chosen, key=lambda found: (-found[1], -found[0].height))):
            filled = _filled(sequence, columns, column + GAP_X)
            if best is None or filled.height < best.height * (1.0 if sequence is chosen else _KEPT):
                best = filled
    return best


class _Ways:
    """An item in one column, in two …, each made when it is asked for."""

    def __init__(self, make: Callable[[int], Packed | None], columns: int) -> None:
        self._make, self._columns = make, columns
        self._made: dict[int, Packed | None] = {}
        self.narrowest = next((span for span in range(1, columns + 1) if self._of(span)), None)

    def _of(self, span: int) -> Packed | None:
        if span not in self._made:
            self._made[span] = self._make(span)
        return self._made[span]

    def as_list(self) -> tuple[Packed, int]:
        """In as few columns as it can be, with their number."""
        return self.within(inf)

    def within(self, most: float) -> tuple[Packed, int]:
        """In the fewest columns in which it is not higher than that, or those in which it is lowest."""
        lowest: tuple[Packed, int] | None = None
        for span in range(self.narrowest or 1, self._columns + 1):
            found = self._of(span)
            if found and (lowest is None or found.height < lowest[0].height):
                lowest = (found, span)
                if found.height <= most:
                    break
        assert lowest is not None
        return lowest


def _filled(sequence: Sequence[tuple[Packed, int]], columns: int, step: float) -> Packed:
    """Each where it comes to stand highest, leftmost of these."""
    ends = [0.0] * columns
    placed: list[Placed] = []
    for found, span in sequence:
        tops = [max(ends[start : start + span]) for start in range(columns - span + 1)]
        start = min(range(len(tops)), key=tops.__getitem__)
        placed += _moved(found, start * step, tops[start])
        ends[start : start + span] = [tops[start] + found.height + APART] * span
    return Packed(tuple(placed), max(ends) - APART)


def _moved(packed: Packed, x: float, y: float) -> list[Placed]:
    return [Placed(one.x + x, one.y + y, one.what, one.width, one.height) for one in packed.placed]
