"""`kb reject`: suggestions that are wrong."""

from __future__ import annotations

from tests.conftest import Kb


def test_what_is_rejected_is_listed_no_more(kb: Kb, linked: list[str]) -> None:
    before = kb("links", linked[0], "--json").json["links"]
    assert kb("reject", before[0]["id"], "--json").json["links"][0]["status"] == "rejected"
    assert kb("links", linked[0], "--json").json["links"] == []
    kb("reject", linked[2])
    assert linked[2] not in {one["id"] for one in kb("statements", "--all", "--json").json["statements"]}
