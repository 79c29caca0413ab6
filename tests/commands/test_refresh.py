"""`kb refresh` without a network. What it takes up: tests/importers/web."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Kb


def test_what_went_in_by_file_is_not_asked_for(kb: Kb, mills: list[str]) -> None:
    assert mills
    ran = kb("refresh", "--json")
    assert (ran.code, ran.json["items"]) == (0, [])


def test_a_source_without_an_address_cannot_be_asked_for(kb: Kb, mills: list[str], tmp_path: Path) -> None:
    assert mills
    assert kb("refresh", "Tide mills").code == 2
    assert kb("refresh", "nothing of the kind").code == 3
    assert (tmp_path / "home").exists()
