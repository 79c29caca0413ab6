"""The ranking of passages: candidates by both searches, ranked again by what comes first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.search import candidates, rank
from kb.search.asked import Asked
from kb.search.query import plain
from kb.store import selected, statement_writing
from kb.store.open import Store
from kb.store.selected import Selected
from kb.vectors import index
from tests.kb.search.written import say, vector, written

NEAR, FAR = vector(1, 0.2, 0), vector(0, 0, 1)


def ranked(store: Store, query: str, made: np.ndarray, depth: int = 200, rows: Selected | None = None) -> list[int]:
    found = rank.rank(store, {"passage": rows}, depth, plain(query), made)
    for _, one in found:
        assert one.score == pytest.approx(one.meaning + one.words)
    return [one.rowid for _, one in found]


def test_what_meaning_found_has_its_words_counted_however_many_have_more(tmp_path: Path):
    texts = [[("bees bees bees", FAR)], [("bees and wasps and flies and hornets", NEAR)], [("nothing", NEAR)]]
    store = written(tmp_path / "home", texts)
    found = rank.rank(store, {"passage": None}, 1, plain("bees"), NEAR)
    assert 2 in {one.rowid for _, one in found if one.bm25 and one.words > 0}
    store.close()


def test_what_resembles_the_first_hit_comes_before_what_does_not(tmp_path: Path):
    first, like, unlike = vector(1, 0.3, 0, 0), vector(0.5, 0.65, 0.5, 0), vector(0.5, -0.35, 0, 0.7)
    store = written(tmp_path / "home", [[("owls hunt", first)], [("alike", like)], [("another", unlike)]])
    asked = vector(1, 0, 0, 0)
    assert unlike @ asked > like @ asked
    found = rank.rank(store, {"passage": None}, 200, plain("owls hunt"), asked)
    assert [one.rowid for _, one in found] == [1, 2, 3]
    told = {one.rowid: one.moved for _, one in found}
    assert told[2] > told[3]
    store.close()


def test_a_statement_lifts_its_passage_but_not_for_a_query_that_is_a_text(tmp_path: Path):
    store = written(tmp_path / "home", [[("one", FAR)], [("two", vector(0.5, 0, 1))]])
    say(store, 1, "Sharp.", vector(1, 0, 0))
    assert ranked(store, "anything", vector(1, 0, 0)) == [1, 2]
    assert ranked(store, "anything " * 70, vector(1, 0, 0)) == [2, 1]
    store.close()


def test_what_is_not_worth_listing_lifts_its_passage_less(tmp_path: Path):
    store = written(tmp_path / "home", [[("one", FAR)], [("two", vector(0.5, 0, 1))]])
    said = say(store, 1, "Sharp.", vector(1, 0, 0))
    with store.transaction():
        statement_writing.set_confidence(store, [(0.2, said)])
    assert ranked(store, "anything", vector(1, 0, 0)) == [2, 1]
    cosines = {one.rowid: one.cosine for _, one in rank.rank(store, {"passage": None}, 9, plain("x"), vector(1, 0, 0))}
    assert cosines[1] is not None
    assert 0.1 < cosines[1] < 0.9
    store.close()


def test_the_source_of_a_pasted_text_is_first_and_no_measure_for_others(tmp_path: Path):
    pasted = " ".join(f"word{n}" for n in range(90))
    answer = "an answer with word1 word2 word3 in it"
    store = written(tmp_path / "home", [[(pasted, NEAR)], [(answer, NEAR)], [("something else", NEAR)]])
    found = rank.rank(store, {"passage": None}, 200, plain(pasted), NEAR)
    assert [one.rowid for _, one in found] == [1, 2, 3]
    assert found[1][1].words == pytest.approx(0.2)
    store.close()


def test_without_any_vector_of_a_passage_words_are_found_and_filters_hold(tmp_path: Path):
    store = written(tmp_path / "home", [[("bees", NEAR)], [("wasps", NEAR)]])
    with store.transaction():
        store.execute("DELETE FROM embedding")
    everything = selected.every(store, "passage")
    assert ranked(store, "wasps", NEAR, rows=everything) == [2]
    passages, statements = index.load(store, "passage"), index.load(store, "statement")
    assert candidates.said(store, passages, statements, Asked(NEAR), everything, 1) == []
    store.close()
