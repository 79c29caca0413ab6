"""`kb accept`: suggestions that are right."""

from __future__ import annotations

from typing import Any

from tests.conftest import Kb


def test_what_is_accepted_is_shown_with_its_new_status(kb: Kb, samples: dict[str, Any]) -> None:
    assert kb("accept", samples["id"], "--json").json["statements"][0]["status"] == "accepted"
    assert "✓ critique" in kb("accept", samples["id"]).out


def test_what_is_not_there_is_not_found(kb: Kb, samples: dict[str, Any]) -> None:
    assert samples
    assert kb("accept", "e0000000").code == 3


def test_a_statement_may_be_named_by_words_of_it(kb: Kb, birds: list[str]) -> None:
    ran = kb("accept", "transects corrected", "--json")
    assert [one["id"] for one in ran.json["statements"]] == [birds[2]]
    assert f"'transects corrected' is taken for statement {birds[2]}: I think that walked transects" in ran.err


def test_words_that_several_statements_have_accept_none(kb: Kb, birds: list[str]) -> None:
    ran = kb("accept", "volunteers")
    assert ran.code == 3
    assert {line.split()[0]: line.split()[1] for line in ran.err.splitlines()[1:]} == dict.fromkeys(
        birds[:2], "statement"
    )
    assert not [one for one in kb("statements", "--all", "--json").json["statements"] if one["status"] == "accepted"]
