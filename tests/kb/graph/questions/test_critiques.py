"""What speaks against what, and what is answered."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kb.graph.questions import chain, critiques, support, theories
from tests.kb.graph.questions.points import argument, edge


def test_a_critique_comes_with_its_replies_and_one_without_is_open() -> None:
    graph = argument(
        {"thesis": "claim", "con": "critique", "con2": "critique", "reply": "claim"},
        [edge("con", "attacks", "thesis"), edge("con2", "attacks", "thesis"), edge("reply", "attacks", "con")],
    )
    found = {one.id: one for one in critiques.of(graph, ["thesis"])}
    assert [reply.from_id for reply in found["con"].replies] == ["reply"]
    assert not found["con2"].answered
    assert critiques.unanswered(graph) == {"con2"}


def test_what_attacks_the_turn_that_a_critique_is_made_in_answers_it() -> None:
    graph = argument(
        {"thesis": "claim", "con": "critique", "turn": "passage", "reply": "claim"},
        [edge("con", "attacks", "thesis"), edge("reply", "attacks", "turn")],
    )
    assert critiques.unanswered(graph) == {"con"}
    graph = replace(graph, turns={"con": ["turn"]})
    assert critiques.unanswered(graph) == set()
    (found,) = critiques.of(graph, ["thesis"])
    assert [reply.from_id for reply in found.replies] == ["reply"]
    assert [one.target for one in critiques.of(graph, ["con"])] == ["turn"]


def test_undercutting_the_attack_answers_it_and_undercutting_a_support_is_a_critique_of_what_it_supports() -> None:
    graph = argument(
        {"thesis": "claim", "pro": "claim", "con": "critique", "step": "critique", "reply": "claim"},
        [
            edge("pro", "supports", "thesis", name="e1"),
            edge("step", "undercuts", "e1"),
            edge("con", "attacks", "thesis", name="e2"),
            edge("reply", "undercuts", "e2"),
        ],
    )
    found = {one.id: one for one in critiques.of(graph, ["thesis"])}
    assert found["con"].answered
    assert found["step"].step is not None
    assert found["step"].step.from_id == "pro"
    assert critiques.unanswered(graph) == set()


def test_a_critique_does_not_answer_itself() -> None:
    graph = argument(
        {"a": "claim", "con": "critique"}, [edge("con", "attacks", "a", name="e1"), edge("con", "undercuts", "e1")]
    )
    assert not critiques.of(graph, ["a"])[0].answered


def test_without_targets_the_most_attacked_come_first() -> None:
    graph = argument(
        {"a": "claim", "b": "claim", "x": "critique", "y": "critique"},
        [edge("x", "attacks", "a"), edge("x", "attacks", "b"), edge("y", "attacks", "b")],
    )
    assert [one.target for one in critiques.of(graph)] == ["b", "b", "a"]


def test_theories_come_with_their_critiques_and_nothing_else_is_a_theory() -> None:
    graph = argument(
        {"t": "theory_of_impact", "u": "theory_of_impact", "a": "claim", "x": "critique"}, [edge("x", "attacks", "t")]
    )
    found = theories.of(graph, ["u", "a", "t"])
    assert [(theory.id, len(theory.critiques)) for theory in found] == [("u", 0), ("t", 1)]


def test_what_rests_on_a_statement_is_told_with_what_else_holds_it() -> None:
    graph = argument(
        dict.fromkeys("abcdz", "claim"),
        [
            edge("a", "supports", "b"),
            edge("b", "supports", "c"),
            edge("z", "supports", "c"),
            edge("c", "supports", "d"),
            edge("d", "supports", "b"),
        ],
    )
    found = support.rests_on(graph, ["a"])
    assert [(one.id, one.depth, one.falls) for one in found.dependents] == [
        ("b", 1, True),
        ("c", 2, False),
        ("d", 3, True),
    ]
    assert [(back.from_id, back.to_id) for back in found.cycles] == [("d", "b")]
    shallow = support.rests_on(graph, ["a"], depth=1)
    assert ([one.id for one in shallow.dependents], shallow.beyond) == (["b"], 2)


def test_a_claim_that_nothing_supports_is_without_evidence() -> None:
    graph = argument({"a": "claim", "b": "claim", "q": "question"}, [edge("a", "supports", "b")])
    assert support.without_evidence(graph) == {"a"}


def test_a_chain_is_read_in_the_direction_of_its_links() -> None:
    graph = argument(
        dict.fromkeys("abc", "claim"),
        [edge("a", "attacks", "c"), edge("c", "supports", "b"), edge("x", "attacks", "a")],
    )
    assert [step.words for step in chain.shortest(graph, ["a"], ["b"])] == ["attacks", "supports"]
    assert [step.words for step in chain.shortest(graph, ["b"], ["a"])] == ["is supported by", "is attacked by"]
    assert chain.shortest(graph, ["a"], ["a"]) == []


def test_a_chain_leads_through_a_link_that_is_undercut() -> None:
    graph = argument(
        dict.fromkeys("abc", "claim"), [edge("a", "supports", "b", name="e1"), edge("c", "undercuts", "e1")]
    )
    steps = chain.shortest(graph, ["c"], ["b"])
    assert [(step.start, step.words, step.end) for step in steps] == [("c", "undercuts", "e1"), ("e1", "supports", "b")]


_ENDS = st.tuples(st.integers(0, 7), st.sampled_from(["supports", "attacks"]), st.integers(0, 7))


@given(st.lists(_ENDS, max_size=25))
def test_any_graph_is_walked_to_an_end(edges: list[tuple[int, str, int]]) -> None:
    names = [f"p{n}" for n in range(8)]
    drawn = [edge(names[a], relation, names[b], name=f"e{n}") for n, (a, relation, b) in enumerate(edges)]
    graph = argument(dict.fromkeys(names, "claim"), drawn)
    resting = support.rests_on(graph, ["p0"], depth=100)
    reachable = {"p0"}
    while more := {t.to_id for t in drawn if t.relation == "supports" and t.from_id in reachable} - reachable:
        reachable |= more
    assert {one.id for one in resting.dependents} == reachable - {"p0"}
    steps = chain.shortest(graph, ["p0"], ["p7"])
    assert all(before.end == after.start for before, after in pairwise(steps))
    assert not steps or (steps[0].start, steps[-1].end) == ("p0", "p7")


def test_an_answer_aligned_by_number_answers_a_critique_without_a_sign() -> None:
    aligned = edge("reply", "related", "con")
    graph = argument({"thesis": "claim", "con": "critique", "reply": "claim"}, [edge("con", "attacks", "thesis")])
    assert critiques.unanswered(graph) == {"con"}
    graph = replace(graph, answers={"con": [aligned]})
    assert critiques.unanswered(graph) == set()
    assert critiques.of(graph, ["thesis"])[0].replies == (aligned,)
    signed = edge("reply", "attacks", "con", name="e9")
    graph = replace(graph, edges=[*graph.edges, signed])
    assert critiques.of(graph, ["thesis"])[0].replies == (signed,)  # said once, by the link that tells more
