"""What rests on a statement, and which statements rest on nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kb.graph.argument_graph import ArgumentGraph
from kb.graph.questions.critiques import sureness
from kb.model.link import Edge

DEPTH = 5
NEEDS_SUPPORT = ("claim", "theory_of_impact")


@dataclass(frozen=True, slots=True)
class Dependent:
    """A statement supported by the root, `depth` steps away: first reached by the link `via`.

    `others` are its supports that do not come from the root or from what rests on it.
    """

    id: str
    depth: int
    via: Edge
    others: tuple[Edge, ...]

    @property
    def falls(self) -> bool:
        """Whether nothing recorded would support it any more."""
        return not self.others


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on some statements, nearest first. `cycles` are links that close a circle; `beyond` lie too deep."""

    dependents: tuple[Dependent, ...]
    cycles: tuple[Edge, ...]
    beyond: int


def rests_on(graph: ArgumentGraph, roots: Collection[str], depth: int = DEPTH) -> Resting:
    """Statements that the roots support, directly or through others, each at its least distance."""
    reached: dict[str, tuple[int, Edge]] = {}
    frontier, level, beyond = list(dict.fromkeys(roots)), 0, 0
    while frontier:
        level += 1
        following: list[str] = []
        for name in frontier:
            for edge in _onward(graph, name):
                if edge.to_id not in reached and edge.to_id not in roots:
                    reached[edge.to_id] = level, edge
                    following.append(edge.to_id)
        frontier = following
    inside = {*roots, *reached}
    shown = []
    for name, (distance, via) in reached.items():
        if distance > depth:
            beyond += 1
            continue
        others = [t for t in graph.about(name, "supports") if t.from_id not in inside]
        shown.append(Dependent(name, distance, via, tuple(sorted(others, key=sureness))))
    return Resting(tuple(shown), tuple(_leading_back(graph, roots)), beyond)


def _onward(graph: ArgumentGraph, name: str) -> list[Edge]:
    """Links by which it supports something, the surest first."""
    edges = (t for t in graph.out_of.get(name, ()) if t.relation == "supports" and t.to_id in graph.points)
    return sorted(edges, key=sureness)


def _leading_back(graph: ArgumentGraph, roots: Iterable[str]) -> Iterator[Edge]:
    """Links of support that close a circle, found by going down before going on."""
    open_ones: set[str] = set()
    done: set[str] = set()
    for root in roots:
        if root in done:
            continue
        open_ones.add(root)
        stack = [(root, iter(_onward(graph, root)))]
        while stack:
            name, edges = stack[-1]
            edge = next(edges, None)
            if edge is None:
                stack.pop()
                open_ones.discard(name)
                done.add(name)
            elif edge.to_id in open_ones:
                yield edge
            elif edge.to_id not in done:
                open_ones.add(edge.to_id)
                stack.append((edge.to_id, iter(_onward(graph, edge.to_id))))


def without_evidence(graph: ArgumentGraph) -> set[str]:
    """Ids of claims and theories that nothing recorded supports."""
    return {
        name
        for name, point in graph.points.items()
        if point.kind in NEEDS_SUPPORT and not any(True for _ in graph.about(name, "supports"))
    }
