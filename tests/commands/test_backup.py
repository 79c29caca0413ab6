"""`kb backup`: a copy of the whole."""

from __future__ import annotations

from pathlib import Path

from kb.store.open import DB_NAME
from tests.commands.conftest import Ask
from tests.conftest import Kb


def test_a_file_is_named_with_its_size_and_never_replaced_unasked(
    kb: Kb, ask: Ask, corpus: Path, tmp_path: Path
) -> None:
    made = ask("backup", tmp_path / "copy.sqlite")
    assert made["bytes"] == (tmp_path / "copy.sqlite").stat().st_size
    assert kb("backup", tmp_path / "copy.sqlite", home=corpus).code == 1
    assert kb("backup", tmp_path / "copy.sqlite", "--yes", home=corpus).code == 0


def test_it_holds_credences_too(kb: Kb, birds: list[str], tmp_path: Path) -> None:
    kb("believe", birds[0], "0.7")
    (tmp_path / "other").mkdir()
    kb("backup", tmp_path / "other" / DB_NAME)
    assert len(kb("beliefs", "--json", home=tmp_path / "other").json["beliefs"]) == 1
