"""Small arguments for tests, written down and made up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from kb.graph.argument_graph import ArgumentGraph
from kb.model.link import Edge
from kb.model.statement import Point
from kb.model.words import Relation, Status

Link = tuple[str, Relation, str]


def point(name: str, *sources: str) -> Point:
    """A statement, made in these sources; in one of its own where none is named."""
    return Point(name, "claim", "accepted", None, "", frozenset(sources or {f"source of {name}"}))


def edge(start: str, relation: Relation, end: str, status: Status = "accepted", score: float | None = None) -> Edge:
    """A link, named by what it says: "b attacks a"."""
    return Edge(f"{start} {relation} {end}", start, end, relation, "authored", "person", status, score, "")


def argument(*links: Link, points: Sequence[Point] = ()) -> ArgumentGraph:
    """The graph of these links; their ends are points, each with a source of its own unless given."""
    known = {one.id: one for one in points}
    edges = [edge(*link) for link in links]
    for start, _, end in links:
        for name in (start, end):
            if name not in known and name not in {one.id for one in edges}:
                known[name] = point(name)
    return ArgumentGraph(known, edges)


def with_more(graph: ArgumentGraph, *more: Edge, points: Sequence[Point] = ()) -> ArgumentGraph:
    """The graph and these links and points."""
    return ArgumentGraph({**graph.points, **{one.id: one for one in points}}, [*graph.edges, *more])


PROBABILITY = st.floats(0, 1, allow_subnormal=False)
_SOURCES = ["s1", "s2", "s3"]


@st.composite
def arguments(draw: st.DrawFn, *, circles: bool = False, undercuts: bool = True, most: int = 7) -> ArgumentGraph:
    """Random graphs; without circles links lead from later to earlier points, undercutters come last of all."""
    count = draw(st.integers(2, most))
    names = [f"c{number}" for number in range(count)]
    points = {name: point(name, *draw(st.sets(st.sampled_from(_SOURCES), min_size=1, max_size=2))) for name in names}
    edges: dict[str, Edge] = {}
    for _ in range(draw(st.integers(0, 2 * count))):
        start, end = draw(st.integers(0, count - 1)), draw(st.integers(0, count - 1))
        if start == end:
            continue
        if not circles:
            start, end = max(start, end), min(start, end)
        relation: Any = draw(st.sampled_from(["supports", "attacks"]))
        status: Any = draw(st.sampled_from(["accepted", "suggested"]))
        made = edge(names[start], relation, names[end], status, draw(st.one_of(st.none(), PROBABILITY)))
        edges[made.id] = made
    if undercuts and edges:
        for number, target in enumerate(draw(st.lists(st.sampled_from(sorted(edges)), max_size=3))):
            name = draw(st.sampled_from(names)) if circles else f"u{number}"
            points.setdefault(name, point(name, *draw(st.sets(st.sampled_from(_SOURCES), min_size=1, max_size=2))))
            made = edge(name, "undercuts", target)
            edges[made.id] = made
    return ArgumentGraph(points, list(edges.values()))


@st.composite
def credences(draw: st.DrawFn, graph: ArgumentGraph, *, ranges: bool = True) -> dict[str, tuple[float, float]]:
    """Credences in some of the points."""
    found = {}
    for name in graph.points:
        kind = draw(st.sampled_from(["none", "one", "range" if ranges else "one"]))
        if kind == "one":
            found[name] = (draw(PROBABILITY),) * 2
        elif kind == "range":
            low, high = sorted((draw(PROBABILITY), draw(PROBABILITY)))
            found[name] = (low, high)
    return found
