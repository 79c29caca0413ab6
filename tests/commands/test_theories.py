"""`kb theories`: theories of impact, and which nobody has criticised."""

from __future__ import annotations

from tests.conftest import Kb


def test_theories_come_with_their_critiques_and_can_be_asked_for_without(kb: Kb, mills: list[str]) -> None:
    doubt = mills[1]
    theory = kb("claim", "Cheap tools spread fast.", "--kind", "theory_of_impact", "--json").json["id"]
    assert [t["id"] for t in kb("theories", "--without-critique", "--json").json["theories"]] == [theory]
    assert "no critique recorded" in kb("theories").out
    kb("link", doubt, "attacks", theory)
    found = kb("theories", "cheap tools", "--json").json["theories"]
    assert [one["critique"]["id"] for one in found[0]["critiques"]] == [doubt]
    assert kb("theories", "--without-critique", "--json").json["theories"] == []


def test_an_empty_answer_is_no_error(kb: Kb) -> None:
    ran = kb("theories")
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (0, "", "no theory of impact recorded")
    assert kb("theories", "--json").json == {"theories": []}


def test_a_reference_to_nothing_is_not_found(kb: Kb) -> None:
    assert kb("theories", "s0000zz", "--json").code == 3
