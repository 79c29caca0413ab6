"""Argument graphs from a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import cast

from kb.graph.argument_graph import ArgumentGraph
from kb.model.link import Edge
from kb.model.statement import Point
from kb.model.words import NodeKind, Relation

_numbers = count(1)
_DAY = "2024-01-01T00:00:00Z"


def edge(start: str, relation: str, end: str, *, name: str = "") -> Edge:
    return Edge(
        id=name or f"edge{next(_numbers)}",
        from_id=start,
        to_id=end,
        relation=cast(Relation, relation),
        basis="authored",
        rule="person",
        status="accepted",
        score=None,
        created=_DAY,
    )


def argument(kinds: Mapping[str, str], edges: Sequence[Edge]) -> ArgumentGraph:
    """Points of these kinds; edges with an end that is nothing are left out, as loading does."""
    points = {
        name: Point(id=name, kind=cast(NodeKind, kind), status="accepted", confidence=None, created=_DAY)
        for name, kind in kinds.items()
    }
    known = points.keys() | {one.id for one in edges}
    return ArgumentGraph(points, [one for one in edges if one.from_id in points and one.to_id in known])
