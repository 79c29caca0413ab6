"""`kb changes`: what is new since a date."""

from __future__ import annotations

import pytest

from tests.conftest import Kb


def test_changes_tell_what_is_new_and_what_became_answered_or_open(
    kb: Kb, mills: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    thesis, doubt, gates = mills
    kb("link", doubt, "attacks", thesis)
    for room in ("write", "decide"):  # where links are written, and where verdicts are
        monkeypatch.setattr(f"kb.review.{room}.now", lambda: "2999-05-02T00:00:00Z")
    link = kb("link", gates, "attacks", doubt, "--json").json["links"][0]["id"]
    found = kb("changes", "2999-05", "--json").json
    assert [one["critique"] for one in found["answered"]] == [doubt]
    assert [one["id"] for one in found["links"]] == [link]
    assert found["sources"] == {"added": [], "updated": []}
    kb("reject", link)
    later = kb("changes", "2999-05", "--json").json
    assert [one["critique"] for one in later["reopened"]] == [doubt]
    assert [one["verdict"] for one in later["decisions"]] == ["rejected"]
    assert later["answered"] == []
    assert "critique open again" in kb("changes", "2999-05").out


def test_changes_know_the_credence_before(kb: Kb, mills: list[str]) -> None:
    thesis = mills[0]
    kb("believe", thesis, "0.7")
    kb("believe", thesis, "0.4")
    found = kb("changes", "today", "--json").json["credences"]
    assert [(one["low"], one["before"] and one["before"]["low"]) for one in found] == [(0.7, None), (0.4, 0.7)]
    assert kb("changes", "no day at all").code == 2


def test_an_empty_answer_is_no_error(kb: Kb) -> None:
    ran = kb("changes", "2999")
    assert (ran.code, ran.out) == (0, "")
    assert "nothing changed since" in ran.err
    assert kb("changes", "2999", "--json").code == 0
