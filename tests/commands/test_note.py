"""`kb note`: a note that refers to its source."""

from __future__ import annotations

from typing import Any

from tests.conftest import Kb


def test_a_note_is_a_source_of_its_own_that_refers_to_the_other(kb: Kb, samples: dict[str, Any]) -> None:
    source = kb("list", "--kind", "note", "--json").json["sources"][-1]
    about = samples["mentions"][0]["source"]
    note = kb("note", "I wonder about this.", "--on", about, "--json").json
    assert note["kind"] == "note"
    assert source["id"] != note["id"]
    assert [b["source"] for b in kb("show", about, "--json").json["backlinks"]] == [note["id"]]
    assert kb("check", "--json").json["ok"]
