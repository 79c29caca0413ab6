"""`kb rm`: sources taken out with what hangs on them; adding them again does not bring them back."""

from __future__ import annotations

import io
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


def test_what_goes_with_it_is_counted(kb: Kb) -> None:
    said = kb("statements", "private", "--all", "--json").json["statements"][0]["id"]
    kb("accept", said)
    kb("believe", said, "0.6")
    kb("claim", "Diaries mislead.", "--attacks", said)
    ran = kb("rm", "diary", "--dry-run", "--json")
    assert ran.json["with"] == {"statements": 1, "links": 1, "decisions": 1, "credences": 1}
    assert "1 statement, 1 link, 1 decision, 1 credence" in ran.err


def test_a_statement_and_a_link_of_ones_own_are_removed_and_come_back(kb: Kb, diary: Path) -> None:
    said = kb("statements", "private", "--all", "--json").json["statements"][0]["id"]
    quoted = ("claim", "Words are private.", "--source", "diary", "--quote", "private words", "--attacks", said)
    own = kb(*quoted, "--json").json["id"]
    (link,) = kb("links", own, "--json").json["links"]
    ran = kb("rm", link["id"], own, "--json")
    assert ran.code == 0, ran.err
    assert [one["id"] for one in ran.json["removed"]] == [own]
    assert [one["id"] for one in ran.json["links"]] == [link["id"]]
    (diary / "diary.md").write_text("# Diary\n\nI think that private words should stay private. More.\n")
    kb("add", diary, "--no-embed")
    assert own not in {one["id"] for one in kb("statements", "--all", "--json").json["statements"]}
    assert not kb("links", said, "--json").json["links"]
    assert "nothing to remove" in kb("rm", own).err
    ran = kb("restore", link["id"], own, "--json")
    assert [one["status"] for one in (*ran.json["restored"], *ran.json["links"])] == ["accepted", "accepted"]
    assert [one["id"] for one in kb("links", said, "--json").json["links"]] == [link["id"]]
    kb("rm", own)
    assert kb(*quoted, "--json").json["status"] == "accepted", "said again"
    assert kb("check").code == 0


def test_what_was_proposed_is_not_removed_and_nothing_else_with_it(kb: Kb, linked: list[str]) -> None:
    link = kb("links", linked[0], "--json").json["links"][0]["id"]
    ran = kb("rm", link, linked[0])
    assert (ran.code, f"kb reject {linked[0]}" in ran.err) == (2, True)
    assert kb("restore", linked[0]).code == 2
    assert kb("links", linked[0], "--json").json["links"]


def test_many_are_named_on_standard_input(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(kb("list").out))
    assert len(kb("rm", "-", "--json").json["removed"]) == 2
    monkeypatch.setattr("sys.stdin", io.StringIO(kb("list", "--state", "removed").out))
    assert len(kb("restore", "-", "--no-embed", "--json").json["restored"]) == 2


def test_words_of_a_title_are_no_order_to_remove(kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "routes.md").write_text("# Fixed routes against free counts\n\nI think that fixed routes are better.\n")
    kb("add", tmp_path / "routes.md", "--no-embed")
    refused = kb("rm", "fixed routes", "--json")
    assert refused.code == 3
    assert [one["title"] for one in refused.json["error"]["candidates"]] == ["Fixed routes against free counts"]
    assert kb("rm", "fixed routes", "--dry-run").code == 0
    asked: list[str] = []
    monkeypatch.setattr(progress, "can_ask", lambda: True)
    monkeypatch.setattr(progress, "yes_or_no", lambda question, **_: bool(asked.append(question)))
    assert kb("rm", "fixed routes").code == 3
    assert "Fixed routes against free counts" in asked[0]
    assert len(_titles(kb)) == 3
    assert kb("rm", "fixed routes against free counts").code == 0
    assert len(asked) == 1
    kb("restore", "fixed routes")
    assert kb("rm", "fixed routes", "--yes").code == 0
    assert len(_titles(kb)) == 2


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_decisions_of_either_kind_are_counted(kb: Kb, verdict: str) -> None:
    (name,) = (one["id"] for one in kb("statements", "--source", "diary", "--all", "--json").json["statements"][:1])
    before = kb("rm", "diary", "--dry-run", "--json").json["with"]
    kb(verdict, name)
    after = kb("rm", "diary", "--dry-run", "--json").json["with"]
    assert after["decisions"] == before["decisions"] + 1
    assert after["statements"] == before["statements"] - (verdict == "reject")
