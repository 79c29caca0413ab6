"""`kb history`: what commands did, and what happened to one thing; `kb redo` is tested with `kb undo`."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Kb


def test_the_history_of_a_source_tells_all_that_happened_to_it(kb: Kb, tmp_path: Path) -> None:
    note = tmp_path / "frogs.md"
    note.write_text("# Frogs\n\nI think that frogs sing in the rain.\n")
    kb("add", note, "--no-embed")
    note.write_text("# Frogs\n\nI think that frogs sing in the sun.\n")
    kb("add", note, "--no-embed")
    kb("rm", "Frogs")
    kb("restore", "Frogs", "--no-embed")
    kb("rm", "Frogs")
    kb("undo")
    told = kb("history", "Frogs", "--json").json["history"]
    assert [one["what"] for one in told] == ["added", "new text", "removed", "here again", "removed"]
    assert [one["undone"] for one in told] == [False, False, False, False, True]
    assert told[2]["command"] == "kb rm Frogs"
    assert "here again" in kb("history", "Frogs").out


def test_the_history_of_a_statement_has_decisions_credences_and_links(kb: Kb, mills: list[str]) -> None:
    kb("accept", mills[0])
    kb("believe", mills[0], "0.7")
    kb("link", mills[1], "attacks", mills[0])
    told = [one["what"] for one in kb("history", mills[0], "--json").json["history"]]
    assert told == ["accepted", "held at 0.7 by me", f"linked: {mills[1]} attacks it"]
    commands = kb("history", "-n", "2", "--json").json["history"]
    assert [one["command"].split()[1] for one in commands] == ["link", "believe"]
    assert commands[1]["what"].endswith(": held at 0.7 by me")
    assert set(commands[0]) >= {"command", "at", "what", "number", "undone", "undoable"}


def test_what_is_not_there_any_more_has_its_history(kb: Kb) -> None:
    name = kb("claim", "Frogs sing.", "--json").json["id"]
    kb("undo")
    assert kb("statements", "--json").json["statements"] == []
    assert kb("history", name, "--json").json["history"][0] == {
        "at": kb("history", "--json").json["history"][0]["at"], "subject": name, "what": "written",
        "label": "Frogs sing.",
        "command": "kb claim 'Frogs sing.'", "undone": True,
    }  # fmt: skip
    assert kb("history", "nothing at all").code == 3
