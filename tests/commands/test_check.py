"""`kb check`: whether the store is in order."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Kb


def test_a_damaged_store_is_unhealthy(kb: Kb, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "kb.sqlite").write_bytes(b"this is no database at all, whatever its name says" * 40)
    ran = kb("check")
    assert ran.code == 5
    assert "backup" in ran.err


def test_all_is_well_where_nothing_is_wrong(kb: Kb, mills: list[str]) -> None:
    assert mills
    assert kb("check", "--json").json["ok"]
    ran = kb("check", "--fix")
    assert (ran.code, "all is well" in ran.err or "nothing is broken" in ran.err) == (0, True)
