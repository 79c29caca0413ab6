"""How what hangs under a statement is arranged: as a list that is indented, or in columns, whichever is lowest."""

from __future__ import annotations

from collections.abc import Sequence

from kb.maps.drawing.blocks import (
    BUS,
    GAP_X,
    GAP_Y,
    HEAD,
    LANE,
    NARROWEST,
    Block,
    Measure,
    Sub,
    TitleMeasure,
    indent,
    kind,
    lanes,
    need,
)  # fmt: skip
from kb.maps.drawing.trees import Tree

_WIDEST, _WIDEST_OVER_COLUMNS = 430.0, 600.0  # a box: longer lines are hard to read
_DEEPEST = 2  # levels below a block of columns that may be of columns, too
_LARGE = 0.8  # of a column's share: what is longer than that may stand below all columns

Placed = tuple[list[Sub], float]
"""Blocks at their places, and where the lowest ends."""


class Blocks:
    """Makes blocks, each once; `measure` says how high boxes are, `title` how high that of a frame is."""

    def __init__(self, measure: Measure, title: TitleMeasure) -> None:
        self.title = title
        self.measure = measure
        self._made: dict[tuple[int, int, int, int], Block] = {}
        self._needs: dict[int, float] = {}
        self._forks: dict[int, bool] = {}
        self._lanes: dict[int, tuple[dict[tuple[str, str], int], float]] = {}

    def need(self, tree: Tree) -> float:
        """The least width that a tree takes as a list."""
        if id(tree) not in self._needs:
            self._needs[id(tree)] = need(tree)
        return self._needs[id(tree)]

    def lanes(self, tree: Tree) -> tuple[dict[tuple[str, str], int], float]:
        """The lanes below it, and how far what hangs there is moved to the right."""
        if id(tree) not in self._lanes:
            self._lanes[id(tree)] = (lanes(tree), indent(tree))
        return self._lanes[id(tree)]

    def of(self, tree: Tree, width: float, columns: int = 1, level: int = 0) -> Block:
        """The block of that width: in columns, if there is something to put in them. `level`: that many are above."""
        if level > _DEEPEST or not self._branches(tree):
            columns = 1
        key = (id(tree), round(width * 10), columns, level if columns > 1 else 0)
        if key not in self._made:
            self._made[key] = _Hanging(self, tree, width, columns, level).block()
        return self._made[key]

    def _branches(self, tree: Tree) -> bool:
        """Whether anything under it has two answers, so that columns are of use."""
        if id(tree) not in self._forks:
            self._forks[id(tree)] = len(tree.children) > 1 or any(map(self._branches, tree.children))
        return self._forks[id(tree)]


class _Hanging:
    """One block in the making."""

    def __init__(self, blocks: Blocks, tree: Tree, width: float, columns: int, level: int) -> None:
        self.blocks, self.tree, self.width, self.columns, self.level = blocks, tree, width, columns, level
        self.box = max(min(width, _WIDEST if columns == 1 else _WIDEST_OVER_COLUMNS), NARROWEST)
        self.height = blocks.measure(tree, self.box)
        self.lanes, self.step = blocks.lanes(tree)
        self.last = max(self.lanes.values(), default=0)
        self.top = self.height + HEAD + (BUS * (self.last + 1) if columns > 1 else 0.0)
        self.column = (width - GAP_X * (columns - 1)) / columns

    def block(self) -> Block:
        if not self.tree.below:
            return Block(self.tree, self.box, self.height, self.height)
        subs, low = self.listed(self.tree.children, self.top)
        if self.columns > 1:
            ways = (self.side_by_side, self.wide_and_side_by_side, self.large_ones_below)
            others = [found for way in ways if (found := way()) is not None]
            subs, low = min([*others, (subs, low)], key=lambda found: found[1])
        for child in self.tree.aiming:
            low += GAP_Y if subs else 0.0
            made = self.blocks.of(child, self.width - self.step, 1, self.level + 1)
            subs = [*subs, Sub(self.step, low, made, -1.0, 0.0)]
            low += made.depth
        return Block(self.tree, self.box, self.height, low, tuple(subs))

    def listed(self, children: Sequence[Tree], y: float, columns: int = 1) -> Placed:
        """One below the other, each in so many columns."""
        made = [self.blocks.of(child, self.width - self.step, columns, self.level + 1) for child in children]
        return self._stacked(made, 0.0, y)

    def side_by_side(self, children: Sequence[Tree] | None = None) -> Placed | None:
        """In columns of lists, in order."""
        children = self.tree.children if children is None else children
        room = self.column - self.step
        if any(self.blocks.need(child) > room for child in children):
            return None
        made = [self.blocks.of(child, room, 1, self.level + 1) for child in children]
        found: list[Sub] = []
        low, start = self.top, 0
        for place, end in enumerate(_parted([block.depth + GAP_Y for block in made], self.columns)):
            subs, bottom = self._stacked(made[start:end], place * (self.column + GAP_X), self.top)
            found += subs
            low, start = max(low, bottom), end
        return found, low

    def wide_and_side_by_side(self) -> Placed | None:
        """A column or several for each, the most for what is longest."""
        children = self.tree.children
        if len(children) > self.columns:
            return None
        spans = [1] * len(children)

        def room(place: int) -> float:
            return spans[place] * (self.column + GAP_X) - GAP_X - self.step

        def made(place: int) -> Block:
            return self.blocks.of(children[place], room(place), spans[place], self.level + 1)

        for _ in range(self.columns - len(children)):
            spans[max(range(len(children)), key=lambda place: made(place).depth)] += 1
        if any(self.blocks.need(child) > room(place) for place, child in enumerate(children)):
            return None
        subs, x = [], 0.0
        for place in range(len(children)):
            subs.append(self._sub(made(place), x, self.top))
            x += spans[place] * (self.column + GAP_X)
        return subs, max(sub.y + sub.block.depth for sub in subs)

    def large_ones_below(self) -> Placed | None:
        """What is short in columns, and below them what is long, each in columns of its own."""
        children, room = self.tree.children, self.column - self.step
        if self.level >= _DEEPEST:
            return None
        depths = [self.blocks.of(child, max(room, self.blocks.need(child))).depth for child in children]
        most = _LARGE * sum(depths) / self.columns
        small = [child for child, depth in zip(children, depths, strict=True) if depth <= most]
        large = [child for child, depth in zip(children, depths, strict=True) if depth > most]
        above = self.side_by_side(small) if small else ([], self.top - GAP_Y)
        if not large or above is None:
            return None
        subs, low = self.listed(large, above[1] + GAP_Y, self.columns)
        return above[0] + subs, low

    def _stacked(self, made: Sequence[Block], x: float, y: float) -> Placed:
        subs = []
        for block in made:
            subs.append(self._sub(block, x, y))
            y += block.depth + GAP_Y
        return subs, y - GAP_Y if subs else y

    def _sub(self, block: Block, x: float, y: float) -> Sub:
        place = self.lanes[kind(block.tree)]
        lane = LANE * (1 + self.last - place)
        return Sub(x + self.step, y, block, lane, self.height + HEAD - 4 + BUS * place, x)


def _parted(heights: Sequence[float], columns: int) -> list[int]:
    """Where each of so many columns ends, so that the highest of them is as low as can be."""

    def filled(most: float) -> list[int]:
        ends, used = [], 0.0
        for place, height in enumerate(heights):
            if used and used + height > most:
                ends.append(place)
                used = 0.0
            used += height
        return [*ends, len(heights)]

    low, high = max(heights), sum(heights)
    while high - low > 1:
        middle = (low + high) / 2
        if len(filled(middle)) <= columns:
            high = middle
        else:
            low = middle
    return filled(high)
