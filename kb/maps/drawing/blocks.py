"""A statement with all that hangs under it as one block: a list that is indented, or several such columns side by side.

What hangs under a statement is joined to it by lanes, one for each kind of link, that run down left of it; so no line
crosses a box, however deep the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.maps.drawing.trees import Tree

GAP_X = 18.0  # between columns
GAP_Y = 9.0  # between boxes one above the other
LANE = 12.0  # from the left edge of a box to its first lane, and from lane to lane
JOINT = 8.0  # the size of the joint on a link that another link aims at
JOINT_ROOM = 14.0
SIGN = 22.0  # the room for the sign of a link, between its lane and the box
_HEAD = 16.0  # between a box and what hangs under it: the length of an arrowhead, and a bit
_BUS = 8.0  # from one line that leads to the side to the next
_MOST_LANES = 4  # what is of yet other kinds shares the last one
_WIDEST, _WIDEST_OVER_COLUMNS = 430.0, 600.0  # a box: longer lines are hard to read
_NARROWEST = 150.0
_DEEPEST = 2  # levels below a block of columns that may be of columns, too

Measure = Callable[[Tree, float], float]
"""How high the box of a tree is, its node or what refers to it, at a width."""

TitleMeasure = Callable[[int, float], float]
"""How high the title of a frame is, by its number, at a width."""


@dataclass(frozen=True, slots=True)
class Sub:
    """A block under another, that far from it. `column`: how far right of it its lanes are; `lane`: -1 at its link."""

    x: float
    y: float
    block: Block
    lane: float
    bus: float
    column: float = 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """`width` and `height` are those of its box, `depth` is how far down all of it reaches."""

    tree: Tree
    width: float
    height: float
    depth: float
    subs: tuple[Sub, ...] = ()


def indent(tree: Tree) -> float:
    """How far what hangs under a tree is moved to the right."""
    lanes = min(len(_kinds(tree)), _MOST_LANES)
    return LANE * max(lanes, 1) + SIGN + (JOINT_ROOM if any(child.aiming for child in tree.below) else 0.0)


def need(tree: Tree) -> float:
    """The least width that a tree takes as a list."""
    return max([_NARROWEST, *(indent(tree) + need(child) for child in tree.below)])


class Blocks:
    """Makes blocks, each once; `measure` says how high boxes are, `title` how high that of a frame is."""

    def __init__(self, measure: Measure, title: TitleMeasure) -> None:
        self.title = title
        self._measure = measure
        self._made: dict[tuple[int, int, int, int], Block] = {}
        self._needs: dict[int, float] = {}
        self._forks: dict[int, bool] = {}

    def need(self, tree: Tree) -> float:
        found = self._needs.get(id(tree))
        if found is None:
            found = self._needs[id(tree)] = need(tree)
        return found

    def _branches(self, tree: Tree) -> bool:
        """Whether anything under it has two answers, so that columns are of use."""
        found = self._forks.get(id(tree))
        if found is None:
            found = self._forks[id(tree)] = len(tree.children) > 1 or any(map(self._branches, tree.children))
        return found

    def of(self, tree: Tree, width: float, columns: int = 1, level: int = 0) -> Block:
        """The block of that width: in columns, if there is something to put in them."""
        if level > _DEEPEST or not self._branches(tree):
            columns = 1
        key = (id(tree), round(width * 10), columns, level if columns > 1 else 0)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._of(tree, width, columns, level)
        return made

    def _of(self, tree: Tree, width: float, columns: int, level: int) -> Block:
        own = max(min(width, _WIDEST if columns == 1 else _WIDEST_OVER_COLUMNS), _NARROWEST)
        height = self._measure(tree, own)
        if not tree.below:
            return Block(tree, own, height, height)
        kinds = _kinds(tree)
        lanes = {kind: min(place, _MOST_LANES - 1) for place, kind in enumerate(kinds)}
        last = max(lanes.values(), default=0)
        step = indent(tree)
        top = height + _HEAD + (_BUS * (last + 1) if columns > 1 else 0.0)

        def sub(child: Tree, block: Block, x: float, y: float) -> Sub:
            place = lanes[_kind(child)]
            return Sub(x + step, y, block, LANE * (1 + last - place), height + _HEAD - 4 + _BUS * place, x)

        def stacked(children: Sequence[Tree], made: Sequence[Block], x: float, y: float) -> tuple[list[Sub], float]:
            subs = []
            for child, block in zip(children, made, strict=True):
                subs.append(sub(child, block, x, y))
                y += block.depth + GAP_Y
            return subs, y - GAP_Y if subs else y

        def listed(children: Sequence[Tree], y: float, columns: int = 1) -> tuple[list[Sub], float]:
            made = [self.of(child, width - step, columns, level + 1) for child in children]
            return stacked(children, made, 0.0, y)

        def side_by_side(children: Sequence[Tree]) -> tuple[list[Sub], float] | None:
            """Columns of lists, in order."""
            column = (width - GAP_X * (columns - 1)) / columns
            if any(self.need(child) > column - step for child in children):
                return None
            made = [self.of(child, column - step, 1, level + 1) for child in children]
            subs, low = [], top
            start = 0
            for place, end in enumerate(_parted([block.depth + GAP_Y for block in made], columns)):
                some, bottom = stacked(children[start:end], made[start:end], place * (column + GAP_X), top)
                subs += some
                low, start = max(low, bottom), end
            return subs, low

        def wide_and_side_by_side(children: Sequence[Tree]) -> tuple[list[Sub], float] | None:
            """A column or several for each, the most for what is longest."""
            column = (width - GAP_X * (columns - 1)) / columns
            if len(children) > columns:
                return None
            spans = [1] * len(children)

            def room(place: int) -> float:
                return spans[place] * (column + GAP_X) - GAP_X - step

            def made(place: int) -> Block:
                return self.of(children[place], room(place), spans[place], level + 1)

            for _ in range(columns - len(children)):
                longest = max(range(len(children)), key=lambda place: made(place).depth)
                spans[longest] += 1
            if any(self.need(child) > room(place) for place, child in enumerate(children)):
                return None
            subs, x = [], 0.0
            for place, child in enumerate(children):
                subs.append(sub(child, made(place), x, top))
                x += spans[place] * (column + GAP_X)
            return subs, max(sub.y + sub.block.depth for sub in subs)

        def large_ones_below(children: Sequence[Tree]) -> tuple[list[Sub], float] | None:
            """Columns of what is short, and below them what is long, each in columns of its own."""
            column = (width - GAP_X * (columns - 1)) / columns
            depths = [self.of(child, max(column - step, self.need(child)), 1, level + 1).depth for child in children]
            share = sum(depths) / columns
            large = [child for child, depth in zip(children, depths, strict=True) if depth > 0.8 * share]
            small = [child for child in children if child not in large]
            if not large or level >= _DEEPEST:
                return None
            found = side_by_side(small) if small else ([], top - GAP_Y)
            if found is None:
                return None
            subs, low = listed(large, found[1] + GAP_Y, columns)
            return found[0] + subs, low

        subs, low = listed(tree.children, top)
        if columns > 1:
            ways = (side_by_side, wide_and_side_by_side, large_ones_below)
            others = [found for way in ways if (found := way(tree.children)) is not None]
            subs, low = min([*others, (subs, low)], key=lambda found: found[1])
        for child in tree.aiming:
            low += GAP_Y if subs else 0.0
            block = self.of(child, width - step, 1, level + 1)
            subs.append(Sub(step, low, block, -1.0, 0.0))
            low += block.depth
        return Block(tree, own, height, low, tuple(subs))


def _kind(tree: Tree) -> tuple[str, str]:
    edge = tree.line.edge
    return (edge.relation, edge.status) if edge else ("", "")


def _kinds(tree: Tree) -> list[tuple[str, str]]:
    """The kinds of link that children hang by, in their order."""
    return list(dict.fromkeys(_kind(child) for child in tree.children))


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
