"""Argument graphs from a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import cast

from kb.graph.argument_graph import Argument, Point, Tie
from kb.model.words import NodeKind, Relation

_numbers = count(1)
_DAY = "2024-01-01T00:00:00Z"


def tie(start: str, relation: str, end: str, *, name: str = "") -> Tie:
    return Tie(
        id=name or f"tie{next(_numbers)}",
        start=start,
        end=end,
        relation=cast(Relation, relation),
        basis="authored",
        status="accepted",
        score=None,
        created=_DAY,
    )


def argument(kinds: Mapping[str, str], ties: Sequence[Tie]) -> Argument:
    """Points of these kinds; ties with an end that is nothing are left out, as loading does."""
    points = {
        name: Point(id=name, kind=cast(NodeKind, kind), status="accepted", confidence=None, created=_DAY)
        for name, kind in kinds.items()
    }
    known = points.keys() | {one.id for one in ties}
    return Argument(points, [one for one in ties if one.start in points and one.end in known])
