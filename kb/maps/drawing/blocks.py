"""A statement with all that hangs under it as one block: its box, and the blocks of its answers, each at its place.

What hangs under a statement is joined to it by lanes, one for each kind of link, that run down left of it; so no line
crosses a box, however deep the block.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb.maps.drawing.trees import Tree

GAP_X = 18.0  # between columns
GAP_Y = 8.0  # between boxes one above the other
LANE = 12.0  # from the left edge of a box to its first lane, and from lane to lane
SIGN = 22.0  # the room for the sign of a link, between its lane and the box
JOINT = 8.0  # the size of the joint on a link that another link aims at
JOINT_ROOM = 14.0
HEAD = 16.0  # between a box and what hangs under it: the length of an arrowhead, and a bit
BUS = 8.0  # from one line that leads to the side to the next
MOST_LANES = 4  # what is of yet other kinds shares the last one
NARROWEST = 150.0  # a box

Measure = Callable[[Tree, float], float]
"""How high the box of a tree is, its node or what refers to it, at a width."""
TitleMeasure = Callable[[int, float], float]
"""How high the title of a frame is, by its number, at a width."""


@dataclass(frozen=True, slots=True)
class Sub:
    """A block under another, that far from it.

    `lane`: how far right of the other, or of `column` where it stands in one of several, its lane is; below 0 where it
    leads to a link. `bus`: how far below the top of the other its line leads to the side.
    """

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


def lanes(tree: Tree) -> dict[tuple[str, str], int]:
    """By kind of link, relation and status, the number of its lane; the first is nearest to what hangs there."""
    kinds = dict.fromkeys(kind(child) for child in tree.children)
    return {kind: min(place, MOST_LANES - 1) for place, kind in enumerate(kinds)}


def kind(tree: Tree) -> tuple[str, str]:
    """The kind of link that a tree hangs by."""
    edge = tree.line.edge
    return (edge.relation, edge.status) if edge else ("", "")


def joint_room(tree: Tree) -> float:
    """The room for joints, where links that lead to what is under the tree have any."""
    return JOINT_ROOM if any(child.aiming for child in tree.below) else 0.0


def indent(tree: Tree) -> float:
    """How far what hangs under a tree is moved to the right."""
    return LANE * (max(lanes(tree).values(), default=0) + 1) + SIGN + joint_room(tree)


def need(tree: Tree) -> float:
    """The least width that a tree takes as a list."""
    return max([NARROWEST, *(indent(tree) + need(child) for child in tree.below)])
