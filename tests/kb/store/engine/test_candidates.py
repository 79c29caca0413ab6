"""Ranking by word where there are very many texts: the scores are FTS5's own, and nothing that is there is missed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.model.words import Table
from kb.search.query import parse
from kb.store.engine import candidates, fulltext
from kb.store.open import Store, open_store
from kb.store.selected import Selected
from tests.small_store import add_source, add_statement

COMMON = ["beetle", "river", "garden", "survey", "summer"]
RARE = ["zymurgy", "ocelots", "quixotically", "multi-agent", "façade"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """80 passages of common words, every tenth with a rare one."""
    choose = random.Random(1)
    texts = []
    for number in range(80):
        words = choose.choices(COMMON, k=12) + ([RARE[number // 10 % 5]] if number % 10 == 0 else [])
        choose.shuffle(words)
        texts.append(f"{' '.join(words)} number {number}.")
    store = open_store(tmp_path / "home")
    add_source(store, "The beetle survey", texts[:40], heading=("Gardens",))
    add_source(store, "Rivers", texts[40:])
    return store


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "MANY", 10)
    monkeypatch.setattr(candidates, "_BUDGET", 8)
    monkeypatch.setattr(candidates, "_occurs", {})


def _ranked(
    store: Store, table: Table, typed: str, selection: Selected | None, k: int, near: Sequence[int] = ()
) -> list[tuple[int, float]]:
    query = parse(typed)
    phrases = tuple(dict.fromkeys((*query.phrases, *query.words)))
    return fulltext.search(store, table, query.match, selection, k, phrases=phrases, near=near)


QUERIES = ("zymurgy beetles in gardens", "multi-agent river survey", "facade", "beetles", "ocelot and the zymurgy")


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.usefixtures("many")
def test_scores_are_those_of_the_full_text_search(store: Store, query: str, monkeypatch: pytest.MonkeyPatch):
    found = dict(_ranked(store, "passage", query, None, 200, range(1, 81)))
    monkeypatch.setattr(candidates, "MANY", 10**6)
    full = dict(_ranked(store, "passage", query, None, 200))
    assert found
    for rowid, score in found.items():
        assert score == pytest.approx(full[rowid], abs=1e-9)
    near_ones = {rowid for rowid in full if rowid <= candidates.MOST}
    assert near_ones <= set(found)


@pytest.mark.usefixtures("many")
def test_rows_with_a_rare_word_are_found_however_far_in_meaning(store: Store):
    found = _ranked(store, "passage", "zymurgy beetle", None, 200, [5])
    texts = dict(store.execute("SELECT rowid, text FROM passage").fetchall())
    with_it = {rowid for rowid, text in texts.items() if "zymurgy" in text}
    assert {rowid for rowid, _ in found} == with_it | {5}
    assert {rowid for rowid, _ in found[: len(with_it)]} == with_it


@pytest.mark.usefixtures("many")
def test_a_selection_holds_for_the_rare_words_too(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(candidates, "_ALONE", 20)
    selection = Selected.of(range(41, 81))
    found = _ranked(store, "passage", "zymurgy beetle", selection, 200, [50])
    assert {rowid for rowid, _ in found} == {50, 51}


@pytest.mark.usefixtures("many")
def test_without_meaning_every_row_counts(store: Store):
    assert len(_ranked(store, "passage", "survey", None, 200)) > 60


@pytest.mark.usefixtures("many")
def test_counts_follow_a_store_that_grows(store: Store):
    _ranked(store, "passage", "ocelots", None, 200, [5])
    add_source(store, "Cats", [f"An ocelot, number {n}" for n in range(40)])
    assert candidates.corpus(store, "passage").rows == 120
    found = dict(_ranked(store, "passage", "ocelots", None, 200, [5]))
    full = dict(_ranked(store, "passage", "ocelots", None, 200))
    for rowid, score in found.items():
        assert score == pytest.approx(full[rowid], abs=1e-9)


def test_statements_that_are_rejected_or_lost_are_not_found_by_word(store: Store):
    kept, rejected, lost = (add_statement(store, 1, f"Beetles sing in {where}") for where in ("May", "June", "July"))
    with store.transaction():
        store.execute("UPDATE statement SET status = 'rejected' WHERE rowid = ?", (rejected,))
        store.execute("UPDATE mention SET lost = 1 WHERE statement_rowid = ?", (lost,))
    found = _ranked(store, "statement", "beetles", None, 10)
    assert [rowid for rowid, _ in found] == [kept]


@pytest.mark.usefixtures("many")
def test_how_common_a_word_is_need_not_be_counted_out(store: Store, monkeypatch: pytest.MonkeyPatch):
    sql = "SELECT count(*) FROM passage_fts WHERE passage_fts MATCH ?"
    counted = {w: store.execute(sql, (w,)).fetchone()[0] for w in ('"river"', '"zymurgy"')}
    assert candidates.rows_with(store, "passage", counted, 80) == counted
    monkeypatch.setattr(candidates, "_COMMON", 20)
    monkeypatch.setattr(candidates, "_occurs", {})
    estimated = candidates.rows_with(store, "passage", counted, 80)
    assert estimated['"zymurgy"'] == counted['"zymurgy"']
    assert estimated['"river"'] == pytest.approx(counted['"river"'], rel=0.3)
    found = _ranked(store, "passage", "river", None, 200, [5, 6])  # in too many to find anything
    assert {rowid for rowid, _ in found} <= {5, 6}


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    "query", ['"river survey" beetles', "beetle AND garden", "zymurgy OR ocelots", "summer -river"]
)
def test_what_is_demanded_holds_of_all_that_is_found(store: Store, query: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(candidates, "_ALONE", 20)
    asked = parse(query)
    phrases = tuple(dict.fromkeys((*asked.phrases, *asked.words)))
    sql = "SELECT rowid FROM passage_fts WHERE passage_fts MATCH ?"
    meeting = Selected.of(row[0] for row in store.execute(sql, (asked.match,)))
    found = fulltext.search(store, "passage", asked.match, meeting, 200, phrases=phrases, required=asked.required)
    assert found
    assert all(rowid in meeting for rowid, _ in found)
    monkeypatch.setattr(candidates, "MANY", 10**6)
    full = dict(fulltext.search(store, "passage", " OR ".join(phrases), meeting, 200))
    for rowid, score in found:
        assert score == pytest.approx(full[rowid], abs=1e-9)


@pytest.mark.usefixtures("many")
def test_common_words_alone_find_what_has_them_together(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(candidates, "_COMMON", 20)
    monkeypatch.setattr(candidates, "_BUDGET_ALONE", 20)
    both = {
        row[0] for row in store.execute("SELECT rowid FROM passage WHERE text LIKE '%river%' AND text LIKE '%beet%'")
    }
    assert {rowid for rowid, _ in _ranked(store, "passage", "river beetles", None, 200)[:20]} <= both
