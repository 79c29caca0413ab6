"""Late interaction: what it adds to the score of a passage, and where it adds nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kb import config
from kb.model.words import Table
from kb.search import late_interaction, semantic
from kb.search.fuse import Scored
from kb.store import word_bits
from kb.store.open import Store, open_store
from kb.vectors.embed import update
from kb.vectors.embed.model import resolve
from kb.vectors.embed.word_bits import Words, pack
from tests.conftest import Kb

TEXT = """# Bees

Mason bees nest in holes of walls, and close them with mud.

Honey bees dance to say where flowers are.

# Wasps

Paper wasps build their nests of chewed wood.
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import cli

    folder = tmp_path_factory.mktemp("late")
    (folder / "bees.md").write_text(TEXT, encoding="utf-8")
    assert cli.run(["--home", str(folder / "home"), "add", str(folder / "bees.md")]) == 0
    return folder / "home"


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "home"))


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(home)


def test_each_word_counts_by_the_nearest_of_the_text() -> None:
    signs = np.array([[1, 1, 1, 1], [1, 1, -1, -1], [-1, 1, -1, 1]], dtype=np.float32)
    asked = Words(("a", "b"), signs[:2] / np.float32(2))
    stored = {3: pack(signs), 5: pack(signs[:1]), 7: pack(signs[2:]), 9: b""}
    found = late_interaction.similarities(asked, [3.0, 1.0], stored)
    assert found == pytest.approx({3: 1.0, 5: 0.75, 7: 0.0})


def test_passages_are_stored_with_their_words_and_statements_are_not(store: Store) -> None:
    passages = store.execute("SELECT count(DISTINCT content_hash) FROM passage WHERE kind <> 'heading'").fetchone()[0]
    assert word_bits.kept(store).passages == passages > 0
    assert word_bits.missing(store, resolve(None).fingerprint) == []


def test_what_was_embedded_without_words_gets_them_when_it_is_asked_for(home: Path, kb: Kb, store: Store) -> None:
    before = word_bits.kept(store)
    with store.transaction():
        store.execute("DELETE FROM word_bits")
    assert [one.each_word for _, one in _ranked(store, "nests in walls")] == [None] * 3
    update.update(store)
    assert word_bits.kept(store).passages == 0
    kb("index", home=home)
    assert word_bits.kept(store) == before


def test_words_go_with_the_vector(store: Store) -> None:
    assert word_bits.kept(store).passages
    with store.transaction():
        store.execute("DELETE FROM embedding")
    assert word_bits.kept(store) == word_bits.Kept(0, 0)


def _ranked(store: Store, query: str) -> list[tuple[Table, Scored]]:
    read = semantic.read(store, query)
    assert read is not None
    rows = store.execute("SELECT rowid FROM passage WHERE kind <> 'heading' ORDER BY rowid").fetchall()
    return late_interaction.rescored(store, [("passage", Scored(row[0], 1.0)) for row in rows], query, read)


def test_the_passage_that_meets_each_word_comes_first(store: Store) -> None:
    for query, wanted in (("insects which seal a hole with clay", "Mason"), ("wasps chew timber for a nest", "Paper")):
        first = _ranked(store, query)[0][1]
        text = store.execute("SELECT text FROM passage WHERE rowid = ?", (first.rowid,)).fetchone()[0]
        assert text.startswith(wanted)
        assert first.each_word is not None
        assert first.score == pytest.approx(1.0 + first.each_word.part, abs=0.001)


def test_a_passage_without_words_has_what_others_have_on_average(store: Store) -> None:
    ranked = _ranked(store, "wasps chew timber")
    lost = ranked[0][1].rowid
    with store.transaction():
        store.execute(
            """DELETE FROM word_bits WHERE embedding_rowid IN (SELECT e.rowid FROM embedding e
            JOIN passage p ON p.content_hash = e.content_hash WHERE p.rowid = ?)""",
            (lost,),
        )
    again = {one.rowid: one.each_word for _, one in _ranked(store, "wasps chew timber")}
    assert [rowid for rowid, each in again.items() if each and each.estimated] == [lost]


def test_nothing_is_added_where_it_is_off_or_has_nothing_to_say(store: Store, home: Path) -> None:
    read = semantic.read(store, "wasps")
    assert read is not None
    passages: list[tuple[Table, Scored]] = [("passage", Scored(1, 1.0)), ("passage", Scored(2, 0.9))]
    mixed: list[tuple[Table, Scored]] = [("statement", Scored(1, 1.0)), *passages]
    assert late_interaction.rescored(store, mixed, "wasps", read) == mixed
    assert late_interaction.rescored(store, [], "wasps", read) == []
    assert late_interaction.rescored(store, passages, "?", replace(read, offsets=read.offsets[:0])) == passages
    long = " ".join(f"wasp{number}" for number in range(late_interaction.LONGEST + 1))
    spoken = semantic.read(store, long)
    assert spoken is not None
    assert late_interaction.rescored(store, passages, long, spoken) == passages
    config.set_value(home, "search.late_interaction", "off")
    assert late_interaction.rescored(store, passages, "wasps", read) == passages
    assert not update.keeps_words(store)


def test_a_rare_word_weighs_more(store: Store) -> None:
    frequent, rare, unknown = late_interaction._weights(store, ["Bees", "mud", "gneiss"])
    assert 0 < frequent < rare < unknown
