"""`kb rm`: sources taken out with what hangs on them; adding them again does not bring them back."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import progress
from tests.commands.shapes import SOURCE
from tests.conftest import Kb

pytestmark = pytest.mark.usefixtures("diary")


def _titles(kb: Kb, *options: str) -> list[str]:
    return sorted(source["title"] for source in kb("list", "--json", *options).json["sources"])


def test_a_removed_source_is_out_of_lists_and_search_and_stays_out(kb: Kb, diary: Path) -> None:
    ran = kb("rm", "diary", "--json")
    assert ran.code == 0
    (removed,) = ran.json["removed"]
    assert set(removed) >= SOURCE
    assert (removed["title"], removed["state"]) == ("Diary", "removed")
    assert _titles(kb) == ["Public"]
    assert _titles(kb, "--state", "removed") == ["Diary"]
    assert kb("search", "private words", "--mode", "lexical", "--json").json["hits"] == []
    again = kb("add", diary, "--no-embed")
    assert "kb restore" in again.err
    assert "2 unchanged" in again.err
    (diary / "diary.md").write_text("# Diary\n\nI think that these words are new and just as private.\n")
    assert "kb restore" in kb("add", diary, "--no-embed").err
    assert _titles(kb) == ["Public"]
    assert kb("show", "diary", "--json").json["state"] == "removed"
    assert "removed" in kb("show", "diary").out
    assert kb("check").code == 0


def test_a_dry_run_changes_nothing(kb: Kb) -> None:
    assert "would remove" in kb("rm", "diary", "--dry-run").out
    assert _titles(kb) == ["Diary", "Public"]


def test_what_hangs_on_it_is_named_and_asked_about(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    kb("note", "My remark on it.", "--on", "diary")
    monkeypatch.setattr(progress, "can_ask", lambda: True)
    monkeypatch.setattr(progress, "yes_or_no", lambda _: False)
    ran = kb("rm", "diary")
    assert "My remark" in ran.err
    assert "nothing was removed" in ran.err
    assert len(_titles(kb)) == 3
    assert len(kb("rm", "diary", "--yes", "--json").json["removed"]) == 2
    assert _titles(kb) == ["Public"]


def test_a_claim_of_ones_own_is_removed_and_what_a_text_says_is_not(kb: Kb) -> None:
    claim = kb("claim", "Diaries are for one reader.", "--json").json["id"]
    kb("rm", claim)
    assert claim not in {one["id"] for one in kb("statements", "--all", "--json").json["statements"]}
    said = kb("statements", "private", "--all", "--json").json["statements"][0]
    ran = kb("rm", said["id"])
    assert ran.code == 2
    assert "kb reject" in ran.err
    assert kb("rm", "nothing of the kind").code == 3


def test_an_export_takes_the_note_of_a_removed_source_away(kb: Kb, tmp_path: Path) -> None:
    kb("export", tmp_path / "out")
    kb("rm", "diary")
    assert any("Diary" in path for path in kb("export", tmp_path / "out", "--json").json["removed"])
