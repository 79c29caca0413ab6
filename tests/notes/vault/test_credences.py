"""Credences travel with a vault, and a person may write them into its notes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.credence import Credence
from kb.model.document import CredenceRecord
from kb.store import credences
from kb.store.open import open_reader, open_store
from notes.vault import properties, statement_note
from notes.vault.record_fields import credence_record
from tests.conftest import Kb

NOTE = """# Birds

I think that counts of volunteers are worth a lot for trends.

I doubt that anybody can correct the bias of volunteers.
"""


@pytest.fixture
def names(kb: Kb, tmp_path: Path) -> list[str]:
    """Ids of two statements in a home."""
    (tmp_path / "birds.md").write_text(NOTE)
    kb("add", tmp_path / "birds.md", "--no-embed", "--author", "Ann Lee")
    found = kb("statements", "--all", "--json").json["statements"]
    return [statement["id"] for statement in found][:2]


def _dated(home: Path, *rows: tuple[str, str, float, float, str]) -> None:
    """Credences of other days."""
    with open_store(home) as store, store.transaction():
        for name, who, low, high, at in rows:
            credences.add(store, Credence(name, who, low, high, at))


def _all(home: Path) -> dict[str, list[Credence]]:
    with open_reader(home) as store:
        return credences.read(store)


def test_credences_travel_with_a_vault_once(kb: Kb, names: list[str], tmp_path: Path) -> None:
    home, vault, other = tmp_path / "home", tmp_path / "vault", tmp_path / "other"
    _dated(home, (names[0], "Ben", 0.2, 0.2, "2023-01-01T00:00:00Z"))
    kb("believe", names[0], "0.4-0.6", "--note", 'a "note": with [[signs]]')
    kb("believe", names[1], "0.05")
    kb("believe", names[1], "--forget")
    kb("export", vault)
    for _ in range(2):
        assert kb("add", vault, "--no-embed", home=other).code == 0
        assert _all(other) == _all(home)
    kb("add", vault, "--no-embed")
    assert sum(map(len, _all(home).values())) == 4
    assert kb("export", vault, "--json", home=other).json["written"] == []


def test_a_statement_that_the_program_doubts_has_a_note_when_somebody_believes_it(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "birds.md").write_text(NOTE + "\nPerhaps the wind matters more than anybody thinks.\n")
    kb("add", tmp_path / "birds.md", "--no-embed")
    kb("config", "statement_threshold", "0.99")
    everything = kb("statements", "--all", "--json").json["statements"]
    kb("export", tmp_path / "vault")
    assert not list((tmp_path / "vault").glob("statements/*.md"))
    kb("believe", everything[-1]["id"], "0.3")
    kb("export", tmp_path / "vault")
    assert len(list((tmp_path / "vault").glob("statements/*.md"))) == 1


def test_a_credence_that_a_person_writes_into_a_note_is_taken_up_once(kb: Kb, names: list[str], tmp_path: Path) -> None:
    vault, other = tmp_path / "vault", tmp_path / "other"
    kb("believe", names[0], "0.4", "--who", "Ben")
    kb("export", vault)
    note = next(path for path in (vault / "statements").glob("*.md") if f"kb: {names[0]}" in path.read_text())
    line = '  - {"who": "Cleo\\nX", "low": 0.9}\n'
    note.write_text(note.read_text().replace("credences:\n", "credences:\n" + line))
    kb("add", vault, "--no-embed", home=other)
    note.write_text(note.read_text() + "\nmore words\n")
    kb("add", vault, "--no-embed", home=other)
    held = _all(other)[names[0]]
    assert [(c.who, c.low, c.high) for c in sorted(held, key=lambda c: c.who)] == [
        ("Ben", 0.4, 0.4),
        ("Cleo X", 0.9, 0.9),
    ]
    assert kb("check", home=other).code == 0


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.floats(0, 1), st.floats(0, 1), st.text(st.characters(exclude_categories=["Cs"])),
)  # fmt: skip
def test_any_credence_comes_back_from_a_note_as_it_was(who: str, one: float, other: float, note: str) -> None:
    low, high = sorted((one, other))
    record = CredenceRecord(" ".join(who.split()) or "x", low, high, "2024-05-01T10:00:00Z", " ".join(note.split()))
    statement = statement_note.read({"kb": "c1", "statement": "x"})
    written = statement_note.write(replace(statement, credences=(record,)), [], [], "x")
    assert statement_note.read(properties.load(written)[0]).credences == (record,)


_ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.lists(st.integers(), max_size=2)
)


@given(st.dictionaries(st.sampled_from(["who", "low", "high", "at", "note"]), _ANYTHING))
def test_whatever_stands_in_a_note_gives_a_credence_or_none(row: dict[str, Any]) -> None:
    found = credence_record(row)
    assert found is None or 0 <= found.low <= found.high <= 1


@pytest.mark.parametrize("row", ['{"who": "Ann", "low": 3}', '{"low": 0.5}', "very likely"])
def test_what_is_no_credence_is_a_conflict_and_stays(kb: Kb, names: list[str], tmp_path: Path, row: str) -> None:
    kb("believe", names[0], "0.4")
    kb("export", tmp_path / "vault")
    (note,) = (one for one in (tmp_path / "vault/statements").iterdir() if f"kb: {names[0]}\n" in one.read_text())
    note.write_text(note.read_text().replace("credences:\n", f"credences:\n  - {row}\n"))
    before = note.read_text()
    (told,) = kb("sync", tmp_path / "vault", "--no-embed", "--json").json["conflicts"]
    assert "probability" in told["reason"]
    assert note.read_text() == before
    assert len(_all(tmp_path / "home")[names[0]]) == 1
