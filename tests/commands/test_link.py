"""`kb link`: a person's own link."""

from __future__ import annotations

from tests.conftest import Kb


def test_a_link_that_was_rejected_is_accepted_when_a_person_writes_it_again(kb: Kb, mills: list[str]) -> None:
    link = kb("link", mills[1], "attacks", mills[0], "--json").json["links"][0]
    assert (link["from"], link["to"], link["status"]) == (mills[1], mills[0], "accepted")
    kb("reject", link["id"])
    again = kb("link", mills[1], "attacks", mills[0], "--json").json["links"][0]
    assert (again["id"], again["status"]) == (link["id"], "accepted")
    assert "attacks" in kb("link", mills[1], "attacks", mills[0]).out


def test_a_relation_that_is_none_is_a_usage_error(kb: Kb, mills: list[str]) -> None:
    assert kb("link", mills[1], "loves", mills[0]).code == 2
