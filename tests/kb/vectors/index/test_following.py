"""The index follows the store change by change."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.model.embedded_text import embedded_text
from kb.store import changes
from kb.store.open import Store
from kb.store.selected import Selected
from kb.text.strings import digest
from kb.vectors import index
from tests.kb.vectors.index.made_up import D, best, embed, execute, expected, figures, filled, held, load, part, refresh
from tests.small_store import add_source, add_statement, delete_source


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path / "home", 60)


def test_new_vectors_are_put_at_the_end_of_the_file_that_is_mapped(store: Store):
    before, known, file = load(store), expected(store), part(store)
    inode, start = file.stat().st_ino, file.read_bytes()
    new = add_source(store, "More", ["Another text"])
    embed(store)
    assert held(load(store)) == expected(store)
    assert (file.stat().st_ino, file.read_bytes()[: len(start)]) == (inode, start)
    assert len(file.read_bytes()) == len(start) + 4 * D
    assert held(before) == known
    delete_source(store, new)
    assert held(load(store)) == known


def test_what_is_deleted_is_gone_at_once_and_its_slot_stays_empty(store: Store):
    other = add_source(store, "More", ["Another text", "And one more"])
    embed(store)
    size = load(store).matrix.shape
    gone = [vector for rowid, vector in expected(store).items() if rowid > 60]
    delete_source(store, other)
    for vector in gone:
        assert best(store, vector)[1] < 0.999
    assert load(store).matrix.shape == size
    assert figures(store.home)["passage"].gone == 2


def test_a_row_whose_text_changed_does_not_keep_its_vector(store: Store):
    old = held(load(store))[7]
    changed = digest(embedded_text("Made up", (), "Quite another text"))
    execute(store, "UPDATE passage SET text = 'Quite another text', content_hash = ? WHERE rowid = 7", changed)
    assert 7 not in held(load(store))
    assert best(store, old)[0] != 7
    embed(store)
    assert best(store, held(load(store))[7]) == (7, pytest.approx(1, abs=1e-5))
    assert held(load(store)) == expected(store)


def test_a_rowid_given_to_another_text_has_the_vector_of_that(store: Store):
    last = add_source(store, "Last", ["The text before"])
    embed(store)
    load(store)
    delete_source(store, last)
    add_source(store, "Last again", ["The text after"])
    assert 61 not in held(load(store))
    embed(store)
    assert held(load(store)) == expected(store)


def test_a_statement_that_is_rejected_or_lost_is_kept_out_unless_asked_for(store: Store):
    first, second = (add_statement(store, 1, text) for text in ("Beetles sing", "Moths listen"))
    embed(store)
    vectors = dict(zip((first, second), load(store, "statement").matrix, strict=True))

    def found() -> set[int]:
        return {rowid for rowid, _ in load(store, "statement").search(vectors[first][None], 5)[0]}

    assert found() == {first, second}
    size = load(store, "statement").matrix.shape
    execute(store, "UPDATE statement SET status = 'rejected' WHERE rowid = ?", first)
    assert found() == {second}
    asked = load(store, "statement").search(vectors[first][None], 5, Selected.of([first]))[0]
    assert asked == [(first, pytest.approx(1, abs=1e-5))]
    execute(store, "UPDATE mention SET lost = 1 WHERE statement_rowid = ?", second)
    assert found() == set()
    execute(store, "UPDATE statement SET status = 'suggested'")
    assert found() == {first}
    assert load(store, "statement").matrix.shape == size


def test_many_empty_slots_are_given_back_by_a_refresh(store: Store):
    others = [add_source(store, "More", [f"Another text {n}.{m}" for m in range(20)]) for n in range(2)]
    embed(store)
    refresh(store)
    for other in others:
        delete_source(store, other)
        load(store)
    assert load(store).matrix.shape == (100, D)
    refresh(store)
    assert load(store).matrix.shape == (60, D)
    assert held(load(store)) == expected(store)
    assert part(store).stat().st_size == 60 * 4 * D


def test_changes_that_all_files_have_followed_are_forgotten(store: Store):
    refresh(store)
    followed = index.followed(store.home)
    with store.transaction():
        changes.forget(store, followed)
    add_source(store, "More", ["Another text"])
    embed(store)
    inode = part(store).stat().st_ino
    assert held(load(store)) == expected(store)
    assert part(store).stat().st_ino == inode
