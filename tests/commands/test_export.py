"""`kb export`: notes that are written, left alone, and not written twice. What they hold: tests/notes/vault."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import Kb


def test_a_vault_is_written_once_and_a_changed_note_is_left_alone(kb: Kb, mills: list[str], tmp_path: Path) -> None:
    kb("accept", mills[0])
    vault = tmp_path / "vault"
    planned = kb("export", vault, "--dry-run", "--json").json
    assert planned["written"]
    assert not vault.exists()
    assert kb("export", vault, "--json").json["written"] == planned["written"]
    again = kb("export", vault, "--json").json
    assert (again["written"], again["unchanged"]) == ([], len(planned["written"]))
    note = vault / planned["written"][0]
    note.write_text(note.read_text() + "\nMy own words.\n")
    kb("claim", "Gates of oak are cheap.", "--supports", mills[0])
    ran = kb("export", vault, "--json")
    assert note.read_text().endswith("My own words.\n")
    assert ran.code == 0


def _sync_changes_nothing(kb: Kb, vault: Path, home: Path | None = None) -> None:
    before = {path: path.read_bytes() for path in vault.rglob("*.md")}
    told = kb("sync", vault, "--json", home=home).json
    assert (told["taken"], told["written"], told["removed"]) == ([], [], [])
    assert {path: path.read_bytes() for path in vault.rglob("*.md")} == before


def test_a_sync_after_it_changes_nothing_where_nobody_wanted_vectors(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "frogs.md").write_text(
        "# Frogs\n\nI think that frogs eat flies.\n\nI doubt that frogs eat flies in winter.\n\n"
        "## Objection\n\nThere are no flies in winter, so frogs cannot eat them.\n"
    )
    kb("add", tmp_path / "frogs.md", "--no-embed")
    kb("export", tmp_path / "vault")
    _sync_changes_nothing(kb, tmp_path / "vault")


def test_a_sync_after_it_changes_nothing_where_there_are_vectors(kb: Kb, corpus: Path, tmp_path: Path) -> None:
    home = tmp_path / "copy"
    shutil.copytree(corpus, home)
    kb("note", "I think that ponds are worth a visit in every season.", home=home)
    kb("claim", "Volunteers count well.", home=home)
    kb("export", tmp_path / "vault", home=home)
    _sync_changes_nothing(kb, tmp_path / "vault", home)
