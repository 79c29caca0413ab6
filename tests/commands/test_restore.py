"""`kb restore`: what is gone or was removed is back as it was, and stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Kb

pytestmark = pytest.mark.usefixtures("diary")


def test_a_removed_source_comes_back_with_its_decisions_and_notes(kb: Kb) -> None:
    said = kb("statements", "--all", "--json").json["statements"][0]
    kb("accept", said["id"])
    kb("note", "My remark on it.", "--on", "diary")
    before = kb("statements", "--all", "--json").json, kb("list", "--json").json
    kb("rm", "diary", "--yes")
    ran = kb("restore", "diary", "--no-embed", "--json")
    assert [source["state"] for source in ran.json["restored"]] == ["here", "here"]
    assert (kb("statements", "--all", "--json").json, kb("list", "--json").json) == before
    assert kb("check").code == 0


def test_a_source_that_is_gone_comes_back_and_its_folder_leaves_it(kb: Kb, diary: Path) -> None:
    (diary / "diary.md").unlink()
    assert "gone" in kb("add", diary, "--no-embed").out
    assert any(f["check"] == "gone" and "kb rm" in f["fix"] for f in kb("check", "--json").json["findings"])
    assert kb("stats", "--json").json["sources_away"] == {"gone": 1}
    assert len(kb("restore", "diary", "--no-embed", "--json").json["restored"]) == 1
    assert kb("add", diary, "--no-embed", "--json").json["gone"] == []
    assert len(kb("list", "--json").json["sources"]) == 2


def test_what_is_here_needs_no_restoring(kb: Kb) -> None:
    ran = kb("restore", "diary")
    assert (ran.code, ran.out) == (0, "")
    assert "it is here" in ran.err
