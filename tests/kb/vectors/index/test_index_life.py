"""The index follows the store change by change; killed, raced, torn or mistaken for another, it never tells lies."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.model.embedded_text import embedded_text
from kb.store import changes, embeddings, meta, open
from kb.store.open import Store, raw
from kb.text.strings import digest
from kb.vectors import index
from kb.vectors.index import approximate, files
from kb.vectors.index.vectors import Vectors
from tests.small_store import add_source, add_statement, delete_source

MODEL = "test#1"
D = 8


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path / "home", 60)


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """600 passages, of which more than 100 are not scanned exactly, with the approximate index made."""
    monkeypatch.setattr(approximate, "EXACT", 100)
    monkeypatch.setattr(approximate, "SHORTLIST", 20)
    monkeypatch.setattr(approximate, "_PROBES", 8)
    store = filled(tmp_path / "home", 600)
    refresh(store)
    return store


def filled(home: Path, count: int) -> Store:
    store = Store(home)
    with store.transaction() as session:
        meta.put(raw(session), meta.MODEL, MODEL)
    add_source(store, "Made up", [f"Text {n}" for n in range(count)])
    embed(store)
    return store


def embed(store: Store) -> None:
    """A vector for every text without one, the same in every store."""
    reader = store.reader()
    hashes = embeddings.missing(reader, MODEL)
    reader.close()
    rows = [np.random.default_rng(int(h[:8], 16)).normal(size=D) for h in hashes]
    matrix = np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32).reshape(len(rows), D)
    with store.transaction() as session:
        embeddings.insert(session, MODEL, hashes, matrix)


def load(store: Store, table: embeddings.Table = "passage") -> Vectors:
    reader = store.reader()
    try:
        return index.load(reader, store.home, table)
    finally:
        reader.close()


def refresh(store: Store) -> None:
    reader = store.reader()
    index.refresh(reader, store.home)
    reader.close()


def expected(store: Store) -> dict[int, bytes]:
    reader = store.reader()
    try:
        return {rowid: vector for rowid, vector, _ in embeddings.vectors(reader, MODEL, "passage")}
    finally:
        reader.close()


def held(vectors: Vectors) -> dict[int, bytes]:
    rowids, matrix = vectors.of(vectors.rowids)
    return {int(rowid): row.tobytes() for rowid, row in zip(rowids, matrix, strict=True)}


def execute(store: Store, sql: str, *values: object) -> None:
    with store.transaction() as session:
        raw(session).execute(sql, values)


def part(store: Store, suffix: str = ".vectors") -> Path:
    (found,) = (store.home / "index").glob(f"passage-*{suffix}")
    return found


def best(store: Store, vector: bytes, table: embeddings.Table = "passage") -> tuple[int, float]:
    return load(store, table).search(np.frombuffer(vector, "<f4")[None], 1)[0][0]


# Following


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
    assert index.figures(store.home)["passage"]["gone"] == 2


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
    asked = load(store, "statement").search(vectors[first][None], 5, np.array([first]))[0]
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
    with store.transaction() as session:
        changes.forget(raw(session), followed)
    add_source(store, "More", ["Another text"])
    embed(store)
    inode = part(store).stat().st_ino
    assert held(load(store)) == expected(store)
    assert part(store).stat().st_ino == inode


# Mistaken, raced, killed


def test_the_files_of_another_home_are_noticed(store: Store, tmp_path: Path):
    other = filled(tmp_path / "other", 30)
    reader = other.reader()
    number = changes.last(reader).number
    while changes.last(reader).number < changes.last(store.reader()).number:
        execute(other, "UPDATE passage SET kind = kind WHERE rowid = 1")
    assert changes.last(reader).number == changes.last(store.reader()).number > number
    load(store)
    shutil.copytree(store.home / "index", other.home / "index")
    assert held(load(other)) == expected(other)


def test_a_store_restored_from_a_backup_is_noticed(store: Store, tmp_path: Path):
    load(store)
    open.backup(store.home, tmp_path / "copy")
    add_source(store, "After the backup", ["Forgotten"])
    embed(store)
    load(store)
    store.close()
    for file in store.home.glob("kb.sqlite*"):
        file.unlink()
    shutil.copy(tmp_path / "copy", store.home / "kb.sqlite")
    restored = Store(store.home)
    add_source(restored, "Something else", ["Remembered"])
    embed(restored)
    assert held(load(restored)) == expected(restored)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("fresh", [True, False])
def test_killed_at_any_step_it_is_brought_up_all_the_same(store: Store, call: str, nth: int, fresh: bool):
    if not fresh:
        load(store)
        add_source(store, "More", ["Another text"])
        embed(store)
        execute(store, "DELETE FROM passage WHERE rowid = 3")
    store.close()
    child = os.fork()
    if not child:
        left, real = nth, getattr(os, call)

        def die(*arguments: object) -> object:
            nonlocal left
            left -= 1
            if not left:
                os._exit(9)  # as kill -9 does: nothing is tidied up
            return real(*arguments)

        setattr(os, call, die)
        load(store)
        os._exit(0)
    os.waitpid(child, 0)
    assert held(load(store)) == expected(store)
    execute(store, "DELETE FROM passage WHERE rowid = 5")
    assert held(load(store)) == expected(store)
    reader = store.reader()
    index.rebuild(reader, store.home)
    reader.close()
    left_over = {file.name for file in (store.home / "index").glob("passage*") if not file.name.endswith(".lock")}
    assert left_over == {"passage.slots", part(store).name}


def test_several_read_while_the_store_changes(store: Store):
    done, wrong = threading.Event(), []

    def read() -> None:
        while not done.is_set():
            vectors = load(store)
            if len(vectors.rowids) != len(set(vectors.rowids.tolist())) or not np.allclose(
                np.linalg.norm(vectors.of(vectors.rowids)[1], axis=1), 1, atol=1e-3
            ):
                wrong.append(vectors)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for thread in readers:
        thread.start()
    for n in range(12):
        new = add_source(store, f"More {n}", [f"Another text {n}.{m}" for m in range(9)])
        embed(store)
        if n % 3 == 0:
            delete_source(store, new)
    done.set()
    for thread in readers:
        thread.join()
    assert wrong == []
    assert held(load(store)) == expected(store)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 30)),
        st.tuples(st.just("delete"), st.integers(0, 99)),
        st.tuples(st.just("change"), st.integers(0, 99)),
        st.tuples(st.just("cut"), st.integers(0, 10**6)),
        st.tuples(st.just("refresh"), st.just(0)),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_it_holds_what_the_store_holds(tmp_path_factory: pytest.TempPathFactory, steps: list):
    store = filled(tmp_path_factory.mktemp("life") / "home", 20)
    for number, (what, value) in enumerate(steps):
        rowids = list(expected(store)) or [0]
        if what == "add":
            add_source(store, f"Source {number}", [f"Text {number}.{n}" for n in range(value)])
        elif what == "delete":
            execute(store, "DELETE FROM passage WHERE rowid >= ?", rowids[value % len(rowids)])
        elif what == "change":
            text = f"Changed {number}"
            sql = "UPDATE passage SET text = ?, content_hash = ? WHERE rowid = ?"
            execute(store, sql, text, digest(text), rowids[value % len(rowids)])
        elif what == "cut" and (found := sorted((store.home / "index").glob("passage*s"))):
            victim = found[value % len(found)]
            data = victim.read_bytes()
            victim.unlink()
            victim.write_bytes(data[: value % (len(data) + 1)])
            files._opened.clear()  # as another process
        elif what == "refresh":
            refresh(store)
        if value % 2:
            embed(store)
        assert held(load(store)) == expected(store)
    store.close()


# Many vectors


def exactly(store: Store, query: bytes, allowed: list[int] | None = None) -> list[int]:
    known = {rowid: np.frombuffer(v, "<f4") for rowid, v in expected(store).items()}
    vector = np.frombuffer(query, "<f4")
    rows = known if allowed is None else allowed
    return sorted(rows, key=lambda rowid: -float(known[rowid] @ vector))


def test_many_vectors_have_an_approximate_index_that_is_nearly_right(many: Store):
    vectors, known = load(many), expected(many)
    assert vectors.index is not None
    right = 0
    for rowid in list(known)[::10]:
        found = [r for r, _ in vectors.search(np.frombuffer(known[rowid], "<f4")[None], 10)[0]]
        assert found[0] == rowid
        right += len(set(found) & set(exactly(many, known[rowid])[:10]))
    assert right >= 0.8 * 10 * 60  # of lists with six vectors each, eight are read


def test_a_filter_comes_before_the_cut_among_many_too(many: Store):
    vectors, known = load(many), expected(many)
    query = known[1]
    farthest = exactly(many, query)[-150:]  # more than are scanned exactly, none in the lists that are read
    found = vectors.search(np.frombuffer(query, "<f4")[None], 10, np.array(farthest))[0]
    assert [rowid for rowid, _ in found] == farthest[:10]
    few = farthest[-50:]
    found = vectors.search(np.frombuffer(query, "<f4")[None], 60, np.array(few))[0]
    assert [rowid for rowid, _ in found] == few


def test_what_came_or_went_since_the_approximate_index_was_made_counts(many: Store):
    known, made = expected(many), part(many, ".near").stat().st_ino
    add_source(many, "More", ["Another text"])
    embed(many)
    assert best(many, expected(many)[601]) == (601, pytest.approx(1, abs=1e-5))
    execute(many, "DELETE FROM passage WHERE rowid IN (5, 601)")
    vectors = load(many)
    assert vectors.index is not None
    for vector in known.values():
        found = {rowid for rowid, _ in vectors.search(np.frombuffer(vector, "<f4")[None], 20)[0]}
        assert len(found) == 20
        assert not found & {5, 601}
    assert part(many, ".near").stat().st_ino == made
    add_source(many, "Very many more", [f"And text {n}" for n in range(50)])
    embed(many)
    refresh(many)
    assert part(many, ".near").stat().st_ino != made
    assert index.figures(many.home)["passage"]["approximate"] == 651


@pytest.mark.parametrize("how", ["missing", "shorter", "no index"])
def test_a_torn_approximate_index_is_done_without_and_made_again(many: Store, how: str):
    file, query = part(many, ".near"), expected(many)[1]
    data = file.read_bytes()
    file.unlink()
    if how != "missing":
        file.write_bytes(data[:-5] if how == "shorter" else bytes(len(data)))
    files._opened.clear()
    reader = many.reader()
    assert len(index.problems(reader, many.home)) == 1
    vectors = load(many)
    assert vectors.index is None
    found = [rowid for rowid, _ in vectors.search(np.frombuffer(query, "<f4")[None], 10)[0]]
    assert found == exactly(many, query)[:10]
    refresh(many)
    assert load(many).index is not None
    assert index.problems(reader, many.home) == []
    reader.close()
