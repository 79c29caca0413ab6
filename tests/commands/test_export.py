"""`kb export`: notes that are written, left alone, and not written twice. What they hold: tests/notes/vault."""

from __future__ import annotations

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
