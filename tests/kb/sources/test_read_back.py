"""What a person said of statements goes into a vault, and from there into another home, where it holds as theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb

NOTE = """# Frogs

My claim is that frogs eat flies because they are hungry. I argue that frogs are a good model of all ponds.

## Objection

However, this is wrong: frogs do not eat flies in winter, because there are none.
"""


@pytest.fixture
def vault(kb: Kb, tmp_path: Path) -> Path:
    (tmp_path / "frogs.md").write_text(NOTE)
    kb("add", tmp_path / "frogs.md", "--no-embed")
    return tmp_path / "vault"


def _all(kb: Kb, home: Path | None = None) -> dict[str, dict[str, Any]]:
    found = kb("statements", "--all", "--json", home=home).json["statements"]
    return {one["id"]: {name: one[name] for name in ("text", "kind", "mentions")} for one in found}


def test_words_kinds_and_speakers_that_a_person_gave_reach_another_home_and_stay(
    kb: Kb, vault: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    flies, model, winter = _all(kb)
    kb("edit", flies, "--text", "Flies feed frogs")
    kb("edit", model, "--kind", "evidence")
    kb("edit", winter, "--speaker", "Ann Lee")
    assert kb("sync", vault).code == 0
    told = _all(kb)
    assert told[flies]["text"] == "Flies feed frogs"
    for _ in range(2):
        assert kb("add", vault, "--no-embed", home=other).code == 0
        assert _all(kb, other) == told
    kb("sync", vault, home=other)
    notes = [path.read_text() for path in (vault / "statements").iterdir()]
    assert any('statement: "Flies feed frogs"' in note for note in notes)
    (tmp_path / "frogs.md").write_text(NOTE + "\nMore was written later.\n")
    kb("add", tmp_path / "frogs.md", "--no-embed", home=other)
    assert {one["text"] for one in _all(kb, other).values()} >= {"Flies feed frogs"}


def test_another_home_can_take_the_edit_back_to_what_its_text_says(kb: Kb, vault: Path, tmp_path: Path) -> None:
    other, before = tmp_path / "other", _all(kb)
    for name in before:
        kb("edit", name, "--text", f"Put otherwise {name}", "--kind", "question", "--speaker", "Ben")
    kb("export", vault)
    kb("add", vault, "--no-embed", home=other)
    kb("edit", *before, "--as-imported", "all", home=other)
    assert _all(kb, other) == before


def test_what_a_person_said_in_this_home_stays_and_the_difference_is_told(kb: Kb, vault: Path, tmp_path: Path) -> None:
    other, name = tmp_path / "other", next(iter(_all(kb)))
    kb("edit", name, "--text", "Said in the first home")
    kb("export", vault)
    (vault / "statements/Said in the first home.md").rename(tmp_path / "later.md")
    kb("add", vault, "--no-embed", home=other)
    kb("edit", name, "--text", "Said in the other home", home=other)
    (tmp_path / "later.md").rename(vault / "statements/later.md")
    ran = kb("add", vault, "--no-embed", home=other)
    assert "Said in the first home" in ran.err
    assert _all(kb, other)[name]["text"] == "Said in the other home"
