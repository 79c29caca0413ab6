"""Strengths: the formula, one source counted once, undercuts, ranges, circles."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.graph.argument_graph import ArgumentGraph
from kb.graph.strength.energy import strengths
from tests.kb.graph.strength.graphs import PROBABILITY, argument, arguments, credences, edge, point, with_more

EPSILON = 1e-9


def _of(graph: ArgumentGraph, name: str, base: dict[str, tuple[float, float]] | None = None) -> float:
    return strengths(graph, base or {}).of(name).value


def _sure(**held: float) -> dict[str, tuple[float, float]]:
    return {name: (value, value) for name, value in held.items()}


def test_a_statement_about_which_nothing_is_said_keeps_its_credence() -> None:
    graph = argument(points=[point("a"), point("b")])
    assert _of(graph, "a", _sure(a=0.37)) == 0.37
    assert _of(graph, "b") == 0.5


def test_strengths_are_those_of_the_quadratic_energy_model() -> None:
    one = argument(("b", "attacks", "a"))
    assert _of(one, "a", _sure(a=0.8, b=0.9)) == pytest.approx(0.8 - 0.8 * 0.81 / 1.81)
    two = argument(("b", "attacks", "a"), ("c", "supports", "a"), ("d", "supports", "c"))
    supporter = 0.5 + 0.5 * 0.04 / 1.04
    energy = supporter - 0.1
    expected = 0.5 + 0.5 * energy**2 / (1 + energy**2)
    assert _of(two, "a", _sure(b=0.1, d=0.2)) == pytest.approx(expected)


def test_as_much_for_as_against_leaves_a_half_at_a_half() -> None:
    graph = argument(("b", "attacks", "a"), ("c", "supports", "a"), ("d", "attacks", "c"), ("e", "attacks", "b"))
    assert _of(graph, "a") == 0.5


def test_a_supporter_that_is_hardly_believed_still_does_not_lower_what_it_supports() -> None:
    graph = argument(("b", "supports", "a"))
    assert _of(graph, "a", _sure(a=0.6, b=0.1)) > 0.6
    assert _of(graph, "a", _sure(a=0.6, b=0.0)) == 0.6


def test_two_statements_of_one_source_count_as_the_stronger() -> None:
    held = _sure(b=0.9, c=0.6)
    both = argument(("b", "attacks", "a"), ("c", "attacks", "a"), points=[point("b", "post"), point("c", "post")])
    one = argument(("b", "attacks", "a"), points=[point("b", "post")])
    assert _of(both, "a", held) == _of(one, "a", held)
    apart = argument(("b", "attacks", "a"), ("c", "attacks", "a"))
    assert _of(apart, "a", held) < _of(one, "a", held)
    voices = {said.edge.from_id: said.counted for said in strengths(both, held).about("a")}
    assert voices == {"b": True, "c": False}


def test_a_statement_made_in_two_sources_counts_once_and_leaves_one_to_another() -> None:
    links = [("b", "supports", "a"), ("c", "supports", "a")]
    apart = argument(*links, points=[point("b", "post"), point("c", "paper")])
    common = argument(*links, points=[point("b", "post"), point("c", "post", "paper")])
    assert _of(common, "a") == _of(apart, "a")
    third = argument(*links, ("d", "supports", "a"),
                     points=[point("b", "post"), point("c", "post", "paper"), point("d", "paper")])  # fmt: skip
    assert _of(third, "a") == _of(apart, "a")


def test_the_same_source_may_speak_for_and_against() -> None:
    graph = argument(("b", "attacks", "a"), ("c", "supports", "a"), points=[point("b", "post"), point("c", "post")])
    assert _of(graph, "a") == 0.5


def test_a_suggested_link_weighs_as_much_as_its_score() -> None:
    graph = with_more(argument(points=[point("a"), point("b")]), edge("b", "attacks", "a", "suggested", 0.6))
    assert _of(graph, "a", _sure(b=1.0)) == pytest.approx(0.5 - 0.5 * 0.36 / 1.36)
    unscored = with_more(argument(points=[point("a"), point("b")]), edge("b", "attacks", "a", "suggested"))
    assert _of(unscored, "a", _sure(b=1.0)) == pytest.approx(0.5 - 0.5 * 0.25 / 1.25)


def test_an_undercut_weakens_the_link_and_not_its_ends() -> None:
    graph = argument(("b", "attacks", "a"), ("u", "undercuts", "b attacks a"))
    found = strengths(graph, _sure(b=0.8, u=0.75))
    assert found.of("b").value == 0.8
    assert found.of("a").value == pytest.approx(0.5 - 0.5 * 0.2**2 / (1 + 0.2**2))
    assert found.about("a")[0].holds == 0.25


def test_an_undercut_that_is_undercut_weakens_less() -> None:
    first = argument(("b", "attacks", "a"), ("u", "undercuts", "b attacks a"))
    second = with_more(first, edge("v", "undercuts", "u undercuts b attacks a"), points=[point("v")])
    held = _sure(b=0.8, u=0.75, v=1.0)
    assert _of(second, "a", held) == _of(argument(("b", "attacks", "a")), "a", held) < _of(first, "a", held)


def test_an_undercut_of_a_statement_weakens_what_it_says_of_others() -> None:
    graph = argument(("b", "attacks", "a"), ("b", "supports", "c"), ("u", "undercuts", "b"))
    found = strengths(graph, _sure(b=0.8, u=1.0))
    assert (found.of("a").value, found.of("b").value, found.of("c").value) == (0.5, 0.8, 0.5)


def test_ranges_give_ranges() -> None:
    graph = argument(("b", "attacks", "a"), ("c", "supports", "a"))
    found = strengths(graph, {"a": (0.4, 0.6), "b": (0.2, 0.7)}).of("a")
    assert found.value == _of(graph, "a", _sure(a=0.5, b=0.45))
    assert found.low == _of(graph, "a", _sure(a=0.4, b=0.7))
    assert found.high == _of(graph, "a", _sure(a=0.6, b=0.2))
    plain = strengths(graph, _sure(a=0.4)).of("a")
    assert plain.low == plain.value == plain.high


def test_a_circle_settles_and_two_that_attack_each_other_are_alike() -> None:
    found = strengths(argument(("a", "attacks", "b"), ("b", "attacks", "a")), {})
    assert found.settled
    assert found.of("a").value == pytest.approx(found.of("b").value, abs=1e-6)
    value = found.of("a").value
    assert value == pytest.approx(0.5 - 0.5 * value**2 / (1 + value**2), abs=1e-4)


def test_links_that_say_nothing_are_left_out() -> None:
    graph = with_more(argument(("b", "attacks", "a")), edge("a", "attacks", "a"), edge("a", "supports", "b attacks a"))
    assert _of(graph, "a") == _of(argument(("b", "attacks", "a")), "a")


# Properties


@given(st.data())
def test_one_more_attacker_never_raises_and_one_more_supporter_never_lowers(data: st.DataObject) -> None:
    graph = data.draw(arguments())
    held = data.draw(credences(graph, ranges=False))
    name = data.draw(st.sampled_from(sorted(n for n in graph.points if n.startswith("c"))))
    sources = data.draw(st.sets(st.sampled_from(["s1", "s2", "s3", "s4"]), min_size=1))
    status = data.draw(st.sampled_from(["accepted", "suggested"]))
    new = point("new", *sources)
    held["new"] = (data.draw(PROBABILITY),) * 2
    before = _of(graph, name, held)
    attacked = with_more(graph, edge("new", "attacks", name, status, 0.7), points=[new])
    supported = with_more(graph, edge("new", "supports", name, status, 0.7), points=[new])
    assert _of(attacked, name, held) <= before + EPSILON
    assert _of(supported, name, held) >= before - EPSILON


@given(st.data())
def test_where_each_hears_only_one_in_a_circle_an_attacker_never_raises_either(data: st.DataObject) -> None:
    """One source in the circle for each is enough for it to have one solution, which moves as it should."""
    count = data.draw(st.integers(2, 6))
    names = [f"c{number}" for number in range(count)]
    hears = [data.draw(st.integers(0, count - 1)) for _ in names]
    relation = st.sampled_from(["supports", "attacks"])
    edges = [edge(names[other], data.draw(relation), name)
            for name, other in zip(names, hears, strict=True) if names[other] != name]  # fmt: skip
    graph = ArgumentGraph({name: point(name) for name in names}, edges)
    held = data.draw(credences(graph, ranges=False)) | {"new": (data.draw(PROBABILITY),) * 2}
    attacked = with_more(graph, edge("new", "attacks", "c0"), points=[point("new")])
    assert _of(attacked, "c0", held) <= _of(graph, "c0", held) + 1e-5


@given(st.data())
def test_the_order_of_points_and_links_does_not_matter(data: st.DataObject) -> None:
    graph = data.draw(arguments(circles=True))
    held = data.draw(credences(graph))
    points = data.draw(st.permutations(list(graph.points.values())))
    edges = data.draw(st.permutations(list(graph.edges)))
    first, second = strengths(graph, held), strengths(ArgumentGraph({one.id: one for one in points}, edges), held)
    assert {name: first.of(name) for name in graph.points} == {name: second.of(name) for name in graph.points}


@settings(max_examples=200)
@given(st.data())
def test_any_circle_ends_within_bounds_and_where_it_settles_it_is_a_solution(data: st.DataObject) -> None:
    graph = data.draw(arguments(circles=True))
    held = data.draw(credences(graph))
    found = strengths(graph, held)
    for name in graph.points:
        one = found.of(name)
        assert 0 <= one.low <= one.value <= one.high <= 1
        if found.settled:
            voices = [said for said in found.about(name) if said.counted]
            signed = [said.amount if said.edge.relation == "supports" else -said.amount for said in voices]
            energy = math.fsum(signed)
            share = energy**2 / (1 + energy**2)
            again = one.base + (1 - one.base) * share if energy > 0 else one.base * (1 - share)
            assert again == pytest.approx(one.value, abs=1e-5)


@given(st.data())
def test_credences_within_the_ranges_give_strengths_within_the_bounds(data: st.DataObject) -> None:
    graph = data.draw(arguments())
    held = data.draw(credences(graph))
    found = strengths(graph, held)
    within = {name: (low + data.draw(PROBABILITY) * (high - low),) * 2 for name, (low, high) in held.items()}
    exact = strengths(graph, within)
    for name in graph.points:
        assert found.of(name).low - EPSILON <= exact.of(name).value <= found.of(name).high + EPSILON


@given(st.data())
def test_what_speaks_to_nobody_changes_nothing(data: st.DataObject) -> None:
    graph = data.draw(arguments())
    held = data.draw(credences(graph))
    alone = with_more(graph, points=[point("alone", "s1")])
    first, second = strengths(graph, held), strengths(alone, held)
    assert all(first.of(name) == second.of(name) for name in graph.points)
