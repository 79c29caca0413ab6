"""`kb redo`: what was undone is done again, with the same ids."""

from __future__ import annotations

from tests.conftest import Kb


def test_what_was_undone_is_done_again(kb: Kb) -> None:
    name = kb("claim", "Frogs sing.", "--json").json["id"]
    assert kb("redo", "--json").json == {"redone": []}
    kb("undo")
    assert [one["command"] for one in kb("redo", "--json").json["redone"]] == ["kb claim 'Frogs sing.'"]
    assert [one["id"] for one in kb("statements", "--json").json["statements"]] == [name]
    assert [one["undone"] for one in kb("history", "--json").json["history"]] == [False]
