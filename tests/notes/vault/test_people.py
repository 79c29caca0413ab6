"""People who are joined in a vault: shown as one there, never taken for a hand edit, and given back by a split."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.sources import people
from kb.store import edits, sources, statements
from kb.store.open import open_reader, open_store
from tests.conftest import Kb
from tests.vault_homes import add, note_of, notes_in, sql

POST = "---\nauthor: Neel\n---\n# Circuits\n\nI think that circuits should be studied in every model.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a post by "Neel"."""
    (tmp_path / "post.md").write_text(POST)
    add(tmp_path / "home", tmp_path / "post.md")
    return tmp_path / "home"


def _say(home: Path, old: str, new: str) -> None:
    with open_store(home) as store, store.transaction():
        people.rename(store, old, new)


def _sync(kb: Kb, home: Path, vault: Path) -> dict[str, object]:
    ran = kb("sync", vault, "--json", home=home)
    assert ran.code == 0, ran.err
    return dict(ran.json)


def _source(home: Path) -> str:
    with open_reader(home) as store:
        return sources.listed(store)[0].id


def _stored(home: Path) -> list[object]:
    """The names as they are kept, and what counts as said by a person."""
    names = (
        sql(home, "SELECT name FROM person ORDER BY 1"),
        sql(home, "SELECT DISTINCT speaker FROM mention ORDER BY 1"),
    )
    return [*names, sql(home, "SELECT target, field FROM edit ORDER BY 1, 2")]


def test_a_vault_shows_the_known_name_and_gives_it_back_as_nobodys_edit(kb: Kb, home: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    _sync(kb, home, vault)
    before, stored = notes_in(vault), _stored(home)
    _say(home, "Neel", "Neel Nanda")
    done = _sync(kb, home, vault)
    assert (done["taken"], done["conflicts"]) == ([], [])
    shown = note_of(vault, _source(home)).read_text()
    assert '- "Neel Nanda"' in shown
    assert any("— Neel Nanda, [[" in note.decode() for note in notes_in(vault).values())
    assert _sync(kb, home, vault)["written"] == []
    assert _stored(home) == stored
    with open_store(home) as store, store.transaction():
        people.split(store, "Neel Nanda")
    _sync(kb, home, vault)
    assert [_unmarked(note) for note in notes_in(vault).values()] == [_unmarked(note) for note in before.values()]


def _unmarked(note: bytes) -> list[str]:
    return [line for line in note.decode().splitlines() if not line.startswith("kb-state:")]


def test_what_a_person_edits_in_a_note_leaves_the_name_as_the_text_has_it(kb: Kb, home: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    _say(home, "Neel", "Neel Nanda")
    _sync(kb, home, vault)
    note = note_of(vault, _source(home))
    note.write_text(note.read_text().replace('  - "Neel Nanda"\n', '  - "Neel Nanda"\n  - "Ada Brandt"\n', 1))
    assert len(_sync(kb, home, vault)["taken"]) == 1  # type: ignore[arg-type]
    with open_store(home) as store:
        assert sources.listed(store)[0].authors == ("Neel Nanda", "Ada Brandt")
        row = sources.stored(store, _source(home))
        assert row is not None
        assert [author.name for author in sources.authors(store, row.rowid)] == ["Neel", "Ada Brandt"]
        with store.transaction():
            people.split(store, "Neel Nanda")
        assert sources.listed(store)[0].authors == ("Neel", "Ada Brandt")


def test_a_vault_that_is_added_to_its_own_home_brings_no_second_name(home: Path, tmp_path: Path, kb: Kb) -> None:
    vault = tmp_path / "vault"
    _say(home, "Neel", "Neel Nanda")
    kb("believe", "circuits", "0.7", "--who", "Neel", home=home)
    kb("export", vault, home=home)
    before = _stored(home), sql(home, "SELECT who, at FROM credence")
    kb("add", vault, "--no-embed", home=home)
    assert (_stored(home), sql(home, "SELECT who, at FROM credence")) == before


def test_another_home_reads_the_known_names(home: Path, tmp_path: Path, kb: Kb) -> None:
    vault = tmp_path / "vault"
    _say(home, "Neel", "Neel Nanda")
    kb("export", vault, home=home)
    add(tmp_path / "other", vault)
    with open_reader(tmp_path / "other") as store:
        assert sources.listed(store)[0].authors == ("Neel Nanda",)
        assert {one.speaker for made in statements.chosen(store) for one in made.mentions} == {"Neel Nanda"}
        assert edits.SPEAKER not in {row[0] for row in store.execute("SELECT field FROM edit")}
