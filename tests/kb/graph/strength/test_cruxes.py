"""Cruxes: what moves a thesis most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.graph.argument_graph import ArgumentGraph
from kb.graph.strength.cruxes import cone, cruxes
from kb.graph.strength.energy import strengths
from tests.kb.graph.strength.graphs import argument, arguments, credences, point


def _without(graph: ArgumentGraph, name: str) -> ArgumentGraph:
    """The graph from which a statement and its links are really taken away."""
    gone = {edge.id for edge in graph.edges if name in (edge.from_id, edge.to_id)}
    for _ in graph.edges:
        gone |= {edge.id for edge in graph.edges if edge.to_id in gone}
    points = {key: one for key, one in graph.points.items() if key != name}
    return ArgumentGraph(points, [edge for edge in graph.edges if edge.id not in gone])


def test_the_cone_is_what_speaks_to_the_root_undercutters_included() -> None:
    graph = argument(
        ("b", "attacks", "a"), ("c", "supports", "b"), ("u", "undercuts", "c supports b"), ("v", "attacks", "u"),
        ("a", "supports", "elsewhere"), ("d", "attacks", "elsewhere"),
    )  # fmt: skip
    assert {name: distance for name, (distance, _) in cone(graph, "a").items()} == {
        "a": 0, "b": 1, "c": 2, "u": 2, "v": 3,
    }  # fmt: skip


def test_what_moves_the_root_most_comes_first() -> None:
    graph = argument(("b", "attacks", "a"), ("c", "supports", "b"), ("d", "supports", "a"), ("e", "attacks", "d"))
    found = cruxes(graph, "a", {"b": (0.9, 0.9), "d": (0.2, 0.2)})
    assert found.found[0].point == "b"
    assert found.found[0].change > 0
    assert [abs(crux.change) for crux in found.found] == sorted((abs(c.change) for c in found.found), reverse=True)
    assert {crux.point: crux.change > 0 for crux in found.found} == {"b": True, "c": True, "d": False, "e": True}
    assert found.tried == found.cone == 4


def test_a_second_voice_of_the_same_source_is_no_crux() -> None:
    links = [("b", "attacks", "a"), ("c", "attacks", "a")]
    graph = argument(*links, points=[point("b", "post"), point("c", "post")])
    assert not cruxes(graph, "a", {}).found
    assert len(cruxes(argument(*links), "a", {}).found) == 2


def test_only_the_nearest_are_tried() -> None:
    graph = argument(*[(f"n{i + 1}", "supports", f"n{i}") for i in range(9)])
    found = cruxes(graph, "n0", {}, nearest=3)
    assert (found.tried, found.cone) == (3, 9)
    assert {crux.point for crux in found.found} <= {"n1", "n2", "n3"}


@given(st.data())
def test_a_crux_moves_the_root_as_far_as_taking_it_away_does(data: st.DataObject) -> None:
    graph = data.draw(arguments())
    held = data.draw(credences(graph, ranges=False))
    found = cruxes(graph, "c0", held, least=0.0)
    before = strengths(graph, held).of("c0").value
    assert found.strength == pytest.approx(before, abs=1e-9)
    changes = {crux.point: crux.change for crux in found.found}
    for name in graph.points.keys() - {"c0"}:
        part = {key: bounds for key, bounds in held.items() if key != name}
        after = strengths(_without(graph, name), part).of("c0").value
        assert changes.get(name, 0.0) == pytest.approx(after - before, abs=1e-4)


@given(st.data())
def test_in_circles_it_ends_too(data: st.DataObject) -> None:
    graph = data.draw(arguments(circles=True))
    found = cruxes(graph, "c0", data.draw(credences(graph)))
    assert all(0 <= crux.without <= 1 for crux in found.found)
    assert found.tried == found.cone
