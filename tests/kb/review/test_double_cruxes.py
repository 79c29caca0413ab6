"""Double cruxes: what moves a thesis for two people who differ in it."""

from __future__ import annotations

from kb.graph.strength.cruxes import cruxes
from kb.review.double_cruxes import merge, other_person
from kb.store.credences import Credence
from tests.kb.graph.strength.graphs import argument


def test_a_double_crux_moves_both_who_differ_in_it() -> None:
    graph = argument(("b", "attacks", "a"), ("c", "attacks", "a"))
    ann, ben = {"b": (0.9, 0.9), "c": (0.6, 0.6)}, {"b": (0.2, 0.4), "c": (0.5, 0.6)}
    found = merge(cruxes(graph, "a", ann), cruxes(graph, "a", ben), ann, ben)
    assert {shared.crux.point: shared.double for shared in found} == {"b": True, "c": False}
    alone = merge(cruxes(graph, "a", ann), None, ann, {})
    assert not any(shared.double for shared in alone)


def test_the_other_person_is_who_says_most_about_what_bears_on_it() -> None:
    def said(name: str, who: str, low: float, high: float) -> Credence:
        return Credence(name, who, low, high, "2024-05-01")

    given_ = {
        "b": {"me": [said("b", "me", 0.1, 0.1)], "Ben": [said("b", "Ben", 0.3, 0.3)]},
        "c": {"Ben": [said("c", "Ben", 0.3, 0.3)], "Cleo": [said("c", "Cleo", 0.3, 0.3)]},
        "far": {"Cleo": [said("far", "Cleo", 0.3, 0.3)]},
        "d": {"Cleo": [said("d", "Cleo", 0.4, 0.4), said("d", "Cleo", 0.0, 1.0)]},
    }
    assert other_person(given_, "me", ["a", "b", "c", "d"]) == "Ben"
    assert other_person(given_, "Ben", ["b"]) == "me"
    assert other_person(given_, "me", ["a"]) is None
