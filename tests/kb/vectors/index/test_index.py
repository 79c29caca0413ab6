"""The index files: made from the store, trusted only as far as they fit it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.store import meta
from kb.store.open import Store, open_reader
from kb.store.selected import Selected
from kb.vectors import index
from kb.vectors.index import health, opening
from kb.vectors.index import vectors as module
from tests.kb.vectors.index.made_up import embed, expected, figures, filled, held, load, part
from tests.small_store import add_source, delete_source


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """50 passages with made-up vectors."""
    return filled(tmp_path / "home", 50)


def path(store: Store) -> Path:
    return store.home / "index" / "passage.slots"


def test_the_file_holds_the_vectors_of_the_store(store: Store):
    vectors = load(store)
    assert len(vectors) == 50
    assert isinstance(vectors.matrix.base, np.memmap)
    for rowid, blob in expected(store).items():
        assert vectors.search(np.frombuffer(blob, "<f4")[None], 1)[0][0] == (rowid, pytest.approx(1, abs=1e-5))
    assert health.problems(store) == []
    assert figures(store.home)["passage"].count == 50


def test_a_file_that_fits_is_not_made_again(store: Store):
    load(store)
    before = path(store).stat()
    assert load(store) is load(store)
    assert path(store).stat().st_ino == before.st_ino


def harmed(good: bytes) -> dict[str, bytes]:
    return {
        "empty": b"",
        "cut in the header": good[:100],
        "cut in the slots": good[:-12],
        "longer": good + b"more",
        "zeros": b"\0" * len(good),
        "another format": b'{"format": 99}'.ljust(len(good)),
        "no object": b"[]".ljust(len(good)),
        "other rowids": good[:-8] + b"\1" * 8,
        "another count": good.replace(b'"count": 50', b'"count": 49'),
    }


@pytest.mark.parametrize("how", harmed(b"."))
def test_a_torn_or_strange_file_is_made_again(store: Store, how: str):
    load(store)
    replace(path(store), harmed(path(store).read_bytes())[how])
    opening._opened.clear()  # as another process, which has nothing open
    assert len(health.problems(store)) == 1
    assert held(load(store)) == expected(store)
    assert health.problems(store) == []
    assert part(store).exists()


@pytest.mark.parametrize("how", ["missing", "shorter"])
def test_vectors_that_are_missing_are_written_again(store: Store, how: str):
    load(store)
    good = part(store).read_bytes()
    part(store).unlink() if how == "missing" else replace(part(store), good[:-1])
    assert len(health.problems(store)) == 1
    assert held(load(store)) == expected(store)
    assert health.problems(store) == []


def replace(file: Path, data: bytes) -> None:
    """A new file: to cut one that is mapped would kill the process that mapped it."""
    file.unlink()
    file.write_bytes(data)


def test_damaged_vectors_are_found_by_a_check_and_mended_by_a_rebuild(store: Store):
    load(store)
    good = part(store).read_bytes()
    replace(part(store), good[:500] + b"\7" * 8 + good[508:])
    index.load(store, "statement")
    assert health.problems(store) == [f"{part(store).name}: damaged"]
    index.rebuild(store)
    assert health.problems(store) == []
    assert held(load(store)) == expected(store)


def test_a_change_of_the_store_makes_the_file_stale(store: Store):
    load(store)
    more = add_source(store, "More", ["Another text"])
    embed(store)
    assert len(load(store)) == 51
    delete_source(store, more)
    assert len(load(store)) == 50


def test_another_model_has_other_vectors(store: Store):
    load(store)
    with store.transaction():
        meta.put(store, meta.MODEL, "other#2")
    assert len(load(store)) == 0


def test_nothing_is_written_where_there_is_no_home(tmp_path: Path):
    with open_reader(tmp_path / "nowhere") as reader:
        assert len(index.load(reader, "passage")) == 0
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_cannot_be_written_is_no_obstacle(store: Store, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("kb.vectors.index.writing._write", refuse)
    monkeypatch.setattr("kb.vectors.index.opening._opened", {})
    assert len(load(store)) == 50


def test_both_ways_to_scan_give_the_same(store: Store):
    stored = load(store)
    query = np.ascontiguousarray(stored.matrix[:1])
    for step in (None, 3, 10):
        chosen = None if step is None else np.arange(50) % step == 0
        by_numpy = module._by_numpy(query, stored.matrix, 2, chosen)
        by_faiss = module._by_faiss(query, stored.matrix, 2, chosen)
        assert np.array_equal(by_numpy[1], by_faiss[1])
        assert np.allclose(by_numpy[0], by_faiss[0], atol=1e-6)


def test_a_filter_comes_before_the_cut(store: Store):
    stored = load(store)
    query = stored.matrix[:1]
    farthest = [rowid for rowid, _ in stored.search(query, 50)[0][-3:]]
    found = stored.search(query, 3, Selected.of(farthest))[0]
    assert [rowid for rowid, _ in found] == farthest
    assert stored.search(query, 3, Selected.of([])) == [[]]
    assert stored.search(query, 3, Selected.of([10**6])) == [[]]
    assert len(stored.search(query, 10**6)[0]) == 50
    assert stored.cosines(query[0], np.array([10**6])) == {}


def test_the_mean_is_of_all_that_are_there_or_of_some_thousand_spread_among_them(store: Store):
    vectors = load(store)
    assert vectors.mean == pytest.approx(vectors.matrix.mean(axis=0), abs=1e-6)
    rows = np.random.default_rng(0).normal(loc=1, size=(9_000, 4)).astype(np.float32)
    rows[::2] = 100
    gone = module.Vectors("test#1", np.where(np.arange(9_000) % 2, np.arange(9_000), 0), rows)
    assert gone.mean == pytest.approx(rows[1::2].mean(axis=0), abs=0.1)
