"""Where there are very many vectors: the approximate index is nearly right, filtered, followed and made again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.store.open import Store
from kb.store.selected import Selected
from kb.vectors.index import approximate, health, opening
from tests.kb.vectors.index.made_up import best, embed, execute, expected, figures, filled, load, part, refresh
from tests.small_store import add_source


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """600 passages, of which more than 100 are not scanned exactly, with the approximate index made."""
    monkeypatch.setattr(approximate, "SKETCHED", 100)
    monkeypatch.setattr(approximate, "EXACT", 100)
    monkeypatch.setattr(approximate, "SHORTLIST", 20)
    monkeypatch.setattr(approximate, "_PROBES", 8)
    store = filled(tmp_path / "home", 600)
    refresh(store)
    return store


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
    found = vectors.search(np.frombuffer(query, "<f4")[None], 10, Selected.of(farthest))[0]
    assert [rowid for rowid, _ in found] == farthest[:10]
    few = farthest[-50:]
    found = vectors.search(np.frombuffer(query, "<f4")[None], 60, Selected.of(few))[0]
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
    assert figures(many.home)["passage"].approximate == 651


@pytest.mark.parametrize("how", ["missing", "shorter", "no index"])
def test_a_torn_approximate_index_is_done_without_and_made_again(many: Store, how: str):
    file, query = part(many, ".near"), expected(many)[1]
    data = file.read_bytes()
    file.unlink()
    if how != "missing":
        file.write_bytes(data[:-5] if how == "shorter" else bytes(len(data)))
    opening._opened.clear()
    assert len(health.problems(many)) == 1
    vectors = load(many)
    assert vectors.index is None
    found = [rowid for rowid, _ in vectors.search(np.frombuffer(query, "<f4")[None], 10)[0]]
    assert found == exactly(many, query)[:10]
    refresh(many)
    assert load(many).index is not None
    assert health.problems(many) == []


@pytest.fixture
def some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """300 passages, of which more than 100 are found by their sketches."""
    monkeypatch.setattr(approximate, "SKETCHED", 100)
    store = filled(tmp_path / "home", 300)
    refresh(store)
    return store


def test_sketches_find_what_the_exact_scan_finds(some: Store):
    import faiss

    vectors, known = load(some), expected(some)
    assert isinstance(vectors.index, faiss.IndexRaBitQ)
    right = 0
    for query in list(known.values())[::10]:
        found = [r for r, _ in vectors.search(np.frombuffer(query, "<f4")[None], 10)[0]]
        assert found[0] == exactly(some, query)[0]
        right += len(set(found) & set(exactly(some, query)[:10]))
    assert right >= 0.9 * 10 * 30  # sketches of a few bits
    query = known[1]
    farthest = exactly(some, query)[-150:]
    found = vectors.search(np.frombuffer(query, "<f4")[None], 10, Selected.of(farthest))[0]
    assert [rowid for rowid, _ in found] == farthest[:10]


def test_what_came_or_went_since_the_sketches_were_made_counts(some: Store):
    add_source(some, "More", ["Another text"])
    embed(some)
    assert best(some, expected(some)[301]) == (301, pytest.approx(1, abs=1e-5))
    execute(some, "DELETE FROM passage WHERE rowid IN (5, 301)")
    known = expected(some)
    found = [rowid for rowid, _ in load(some).search(np.frombuffer(known[6], "<f4")[None], 20)[0]]
    assert found == exactly(some, known[6])[:20]


def test_a_store_that_has_grown_gets_lists_for_sketches(some: Store, monkeypatch: pytest.MonkeyPatch):
    import faiss

    made = part(some, ".near").name
    refresh(some)
    assert part(some, ".near").name == made
    monkeypatch.setattr(approximate, "EXACT", 305)
    add_source(some, "More", [f"Another text {n}" for n in range(10)])
    embed(some)
    assert len(load(some).search(np.frombuffer(expected(some)[1], "<f4")[None], 10)[0]) == 10
    refresh(some)
    assert isinstance(load(some).index, faiss.IndexIVF)
