"""What stands: the grounded labelling, and the reasons given for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.graph.argument_graph import ArgumentGraph
from kb.graph.strength.grounded import Grounded, Label, ground
from tests.kb.graph.strength.graphs import argument, arguments, point


def _labels(graph: ArgumentGraph) -> dict[str, Label]:
    found = ground(graph)
    return {name: found.of(name) for name in graph.points}


def test_a_critique_that_nothing_answers_fells_and_an_answer_raises_again() -> None:
    assert _labels(argument(points=[point("a")])) == {"a": "in"}
    assert _labels(argument(("b", "attacks", "a"))) == {"a": "out", "b": "in"}
    answered = argument(("b", "attacks", "a"), ("c", "attacks", "b"))
    assert _labels(answered) == {"a": "in", "b": "out", "c": "in"}


def test_those_that_attack_each_other_are_undecided_until_something_else_decides() -> None:
    circle = argument(("a", "attacks", "b"), ("b", "attacks", "a"), ("b", "attacks", "c"))
    assert _labels(circle) == {"a": "undecided", "b": "undecided", "c": "undecided"}
    decided = argument(("a", "attacks", "b"), ("b", "attacks", "a"), ("b", "attacks", "c"), ("d", "attacks", "b"))
    assert _labels(decided) == {"a": "in", "b": "out", "c": "in", "d": "in"}
    assert _labels(argument(("a", "attacks", "b"), ("b", "attacks", "c"), ("c", "attacks", "a")))["a"] == "undecided"


def test_support_does_not_count() -> None:
    assert _labels(argument(("b", "attacks", "a"), ("c", "supports", "a"), ("b", "attacks", "c")))["a"] == "out"
    assert _labels(argument(("b", "supports", "a"), ("c", "attacks", "b")))["a"] == "in"


def test_an_undercut_takes_the_attack_away_and_not_the_attacker() -> None:
    graph = argument(("b", "attacks", "a"), ("u", "undercuts", "b attacks a"))
    assert _labels(graph) == {"a": "in", "b": "in", "u": "in"}
    again = argument(("b", "attacks", "a"), ("u", "undercuts", "b attacks a"),
                     ("v", "undercuts", "u undercuts b attacks a"))  # fmt: skip
    assert _labels(again)["a"] == "out"
    refuted = argument(("b", "attacks", "a"), ("u", "undercuts", "b attacks a"), ("w", "attacks", "u"))
    assert _labels(refuted)["a"] == "out"
    of_statement = argument(("b", "attacks", "a"), ("u", "undercuts", "b"))
    assert _labels(of_statement) == {"a": "in", "b": "in", "u": "in"}


def _words(found: Grounded, name: str) -> str:
    def told(reasons: object) -> str:
        assert isinstance(reasons, tuple)
        return " ".join(f"{one.edge.from_id}:{one.label}({told(one.answered)})" for one in reasons)

    return told(found.reasons(name))


def test_the_reason_names_what_fells_and_what_answers() -> None:
    graph = argument(
        ("b", "attacks", "a"),
        ("c", "attacks", "b"),
        ("d", "attacks", "c"),
        ("e", "attacks", "a"),
        ("f", "attacks", "e"),
    )
    found = ground(graph)
    assert found.of("a") == "out"
    assert _words(found, "a") == "b:in(c:out(d:in()))"
    assert _words(found, "b") == "c:out(d:in())"
    assert _words(found, "d") == ""
    undercut = ground(argument(("b", "attacks", "a"), ("u", "undercuts", "b attacks a")))
    assert _words(undercut, "a") == "b:in(u:in())"
    circle = ground(
        argument(("a", "attacks", "b"), ("b", "attacks", "a"), ("c", "attacks", "a"), ("d", "attacks", "c"))
    )
    assert _words(circle, "a") == "b:undecided()"


def test_a_long_trail_is_cut_short() -> None:
    graph = argument(*[(f"n{i + 1:02}", "attacks", f"n{i:02}") for i in range(40)])
    trail = _words(ground(graph), "n00")
    assert ground(graph).of("n00") == "in"
    assert 1 < trail.count(":") < 10


@given(arguments(circles=True, undercuts=False))
def test_it_is_the_least_fixed_point_and_free_of_conflict(graph: ArgumentGraph) -> None:
    attackers = {name: [edge.from_id for edge in graph.about(name, "attacks")] for name in graph.points}
    inside: set[str] = set()
    while True:  # Dung: repeat "what the set defends", beginning with nothing
        beaten = {name for name in graph.points if any(other in inside for other in attackers[name])}
        defended = {name for name in graph.points if all(other in beaten for other in attackers[name])}
        if defended == inside:
            break
        inside = defended
    labels = _labels(graph)
    assert {name for name, label in labels.items() if label == "in"} == inside
    assert {name for name, label in labels.items() if label == "out"} == beaten
    assert not any(labels[other] == "in" for name in inside for other in attackers[name])


@given(st.data())
def test_with_undercuts_every_label_has_its_reason(data: st.DataObject) -> None:
    graph = data.draw(arguments(circles=True))
    found = ground(graph)
    for name in graph.points:
        reasons = found.reasons(name)
        if found.of(name) == "out":
            assert [reason.label for reason in reasons] == ["in"]
        elif found.of(name) == "in":
            assert len(reasons) == len(found.attacks.get(name, ()))
            assert all(reason.answered for reason in reasons)
        else:
            assert reasons
    edges = data.draw(st.permutations(list(graph.edges)))
    assert ground(ArgumentGraph(graph.points, edges)).labels == found.labels
