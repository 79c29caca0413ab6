"""What speaks against what, and what is answered."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kb.graph.questions import chain, critiques, support, theories
from tests.kb.graph.questions.points import argument, tie


def test_a_critique_comes_with_its_replies_and_one_without_is_open() -> None:
    graph = argument(
        {"thesis": "claim", "con": "critique", "con2": "critique", "reply": "claim"},
        [tie("con", "attacks", "thesis"), tie("con2", "attacks", "thesis"), tie("reply", "attacks", "con")],
    )
    found = {one.id: one for one in critiques.of(graph, ["thesis"])}
    assert [reply.start for reply in found["con"].replies] == ["reply"]
    assert not found["con2"].answered
    assert critiques.unanswered(graph) == {"con2"}


def test_undercutting_the_attack_answers_it_and_undercutting_a_support_is_a_critique_of_what_it_supports() -> None:
    graph = argument(
        {"thesis": "claim", "pro": "claim", "con": "critique", "step": "critique", "reply": "claim"},
        [
            tie("pro", "supports", "thesis", name="e1"),
            tie("step", "undercuts", "e1"),
            tie("con", "attacks", "thesis", name="e2"),
            tie("reply", "undercuts", "e2"),
        ],
    )
    found = {one.id: one for one in critiques.of(graph, ["thesis"])}
    assert found["con"].answered
    assert found["step"].step is not None
    assert found["step"].step.start == "pro"
    assert critiques.unanswered(graph) == set()


def test_a_critique_does_not_answer_itself() -> None:
    graph = argument(
        {"a": "claim", "con": "critique"}, [tie("con", "attacks", "a", name="e1"), tie("con", "undercuts", "e1")]
    )
    assert not critiques.of(graph, ["a"])[0].answered


def test_without_targets_the_most_attacked_come_first() -> None:
    graph = argument(
        {"a": "claim", "b": "claim", "x": "critique", "y": "critique"},
        [tie("x", "attacks", "a"), tie("x", "attacks", "b"), tie("y", "attacks", "b")],
    )
    assert [one.target for one in critiques.of(graph)] == ["b", "b", "a"]


def test_theories_come_with_their_critiques_and_nothing_else_is_a_theory() -> None:
    graph = argument(
        {"t": "theory_of_impact", "u": "theory_of_impact", "a": "claim", "x": "critique"}, [tie("x", "attacks", "t")]
    )
    found = theories.of(graph, ["u", "a", "t"])
    assert [(theory.id, len(theory.critiques)) for theory in found] == [("u", 0), ("t", 1)]


def test_what_rests_on_a_statement_is_told_with_what_else_holds_it() -> None:
    graph = argument(
        dict.fromkeys("abcdz", "claim"),
        [
            tie("a", "supports", "b"),
            tie("b", "supports", "c"),
            tie("z", "supports", "c"),
            tie("c", "supports", "d"),
            tie("d", "supports", "b"),
        ],
    )
    found = support.rests_on(graph, ["a"])
    assert [(one.id, one.depth, one.falls) for one in found.dependents] == [
        ("b", 1, True),
        ("c", 2, False),
        ("d", 3, True),
    ]
    assert [(back.start, back.end) for back in found.cycles] == [("d", "b")]
    shallow = support.rests_on(graph, ["a"], depth=1)
    assert ([one.id for one in shallow.dependents], shallow.beyond) == (["b"], 2)


def test_a_claim_that_nothing_supports_is_without_evidence() -> None:
    graph = argument({"a": "claim", "b": "claim", "q": "question"}, [tie("a", "supports", "b")])
    assert support.without_evidence(graph) == {"a"}


def test_a_chain_is_read_in_the_direction_of_its_links() -> None:
    graph = argument(
        dict.fromkeys("abc", "claim"), [tie("a", "attacks", "c"), tie("c", "supports", "b"), tie("x", "attacks", "a")]
    )
    assert [step.words for step in chain.shortest(graph, ["a"], ["b"])] == ["attacks", "supports"]
    assert [step.words for step in chain.shortest(graph, ["b"], ["a"])] == ["is supported by", "is attacked by"]
    assert chain.shortest(graph, ["a"], ["a"]) == []


def test_a_chain_leads_through_a_link_that_is_undercut() -> None:
    graph = argument(dict.fromkeys("abc", "claim"), [tie("a", "supports", "b", name="e1"), tie("c", "undercuts", "e1")])
    steps = chain.shortest(graph, ["c"], ["b"])
    assert [(step.start, step.words, step.end) for step in steps] == [("c", "undercuts", "e1"), ("e1", "supports", "b")]


_ENDS = st.tuples(st.integers(0, 7), st.sampled_from(["supports", "attacks"]), st.integers(0, 7))


@given(st.lists(_ENDS, max_size=25))
def test_any_graph_is_walked_to_an_end(edges: list[tuple[int, str, int]]) -> None:
    names = [f"p{n}" for n in range(8)]
    ties = [tie(names[a], relation, names[b], name=f"e{n}") for n, (a, relation, b) in enumerate(edges)]
    graph = argument(dict.fromkeys(names, "claim"), ties)
    resting = support.rests_on(graph, ["p0"], depth=100)
    reachable = {"p0"}
    while more := {t.end for t in ties if t.relation == "supports" and t.start in reachable} - reachable:
        reachable |= more
    assert {one.id for one in resting.dependents} == reachable - {"p0"}
    steps = chain.shortest(graph, ["p0"], ["p7"])
    assert all(before.end == after.start for before, after in pairwise(steps))
    assert not steps or (steps[0].start, steps[-1].end) == ("p0", "p7")
