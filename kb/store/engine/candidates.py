"""Ranking by word where there are very many texts: a few candidates, scored by the whole query.

FTS5 takes about a microsecond for every row in which any of the words occurs, and common words occur nearly
everywhere: 0.5 s a query at a million passages. So candidates are the best rows by the rarest words, and what is near
in meaning; common words only help to rank these. The score is FTS5's own BM25, but for words in more than 20,000 rows,
whose number is estimated. On SciFact the combination with meaning ranks as well as with all rows scored, where leaving
out the common words costs .03 (docs/search.md).
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import log
from typing import NamedTuple

from kb.model.words import Table
from kb.store import access
from kb.store.engine import sqlite
from kb.store.engine.apart import set_apart
from kb.store.engine.fulltext_tables import TOKENIZER
from kb.store.engine.match import rows_found
from kb.store.open import Store

MANY = 50_000
"""Rows from which on only candidates are scored."""

MOST = 64
"""Candidates of either kind."""

_BUDGET = 1_000  # rows in which the rarest words may occur, together
_COMMON = 20_000  # rows in which a word occurs; where even the rarest does, words find nothing by themselves
_K1, _B = 1.2, 0.75  # as in FTS5

Rank = Callable[[str, int], list[tuple[int, float]]]
"""The best rows for a MATCH expression, at most so many, as (rowid, BM25)."""

_occurs: dict[tuple[str, Table, int], tuple[int, dict[str, int]]] = {}


class Corpus(NamedTuple):
    """How many rows the full-text table has, and words a row on average."""

    rows: int
    length: float


def corpus(store: Store, table: Table) -> Corpus:
    """Read from FTS5's own record, without counting."""
    row = store.execute(f"SELECT block FROM {table}_fts_data WHERE id = 1").fetchone()
    rows, *words = _numbers(row[0]) if row and row[0] else [0]
    return Corpus(rows, sum(words) / rows if rows else 0.0)


def ranked(
    store: Store,
    table: Table,
    weights: dict[str, float],
    phrases: Sequence[str],
    near: Sequence[int],
    rank: Rank,
) -> list[tuple[int, float]]:
    """Candidates as (rowid, BM25 of all the phrases), best first.

    Args:
        weights: of the columns of the full-text table. phrases: FTS5 strings, each in quotes.
        near: rows that are near in meaning, among those that are left. rank: the search, among the same rows.
    """
    whole = corpus(store, table)
    rows = rows_with(store, table, phrases, whole.rows)
    rare: list[str] = []
    spent = 0
    for phrase in sorted(phrases, key=rows.__getitem__):
        spent += rows[phrase]
        if rare and spent > _BUDGET:
            break
        rare.append(phrase)
    found = set(near[:MOST])
    if rows[rare[0]] < _COMMON:
        found.update(rowid for rowid, _ in rank(" OR ".join(rare), MOST))
    scores = _bm25(store, table, weights, rows, whole, sorted(found))
    return sorted(scores.items(), key=lambda one: (-one[1], one[0]))


def rows_with(store: Store, table: Table, phrases: Iterable[str], rows: int, most: int = _COMMON) -> dict[str, int]:
    """In how many rows each phrase occurs; above `most` estimated from how soon it has occurred so often.

    Remembered until the number of rows has changed by a twentieth.
    """
    key = (sqlite.file_of(store.connection), table, most)
    at, known = _occurs.get(key, (0, {}))
    if not 0.95 * at <= rows <= 1.05 * at:
        at, known = _occurs[key] = rows, {}
    first = f"{rows_found(table)} LIMIT ?"
    last = store.execute(f"SELECT max(id) FROM {table}_fts_docsize").fetchone()[0] or 1
    for phrase in phrases:
        if phrase not in known:
            sql = f"SELECT count(*), max(rowid) FROM ({first})"
            counted, end = store.execute(sql, (phrase, most)).fetchone()
            known[phrase] = counted if counted < most else min(rows, counted * last // end)
    return {phrase: known[phrase] for phrase in phrases}


def _bm25(
    store: Store,
    table: Table,
    weights: dict[str, float],
    rows: dict[str, int],
    whole: Corpus,
    rowids: Sequence[int],
) -> dict[int, float]:
    """BM25 as FTS5's `bm25()` defines it, of those of the rows in which a phrase occurs."""
    columns = ", ".join(weights)
    sql = f"SELECT rowid, {columns} FROM {table}_fts WHERE rowid IN ({{}})"
    texts = [(row[0], *map(set_apart, row[1:])) for row in access.in_chunks(store, sql, rowids)]
    sql = f"SELECT id, sz FROM {table}_fts_docsize WHERE id IN ({{}})"
    lengths = {row[0]: sum(_numbers(row[1])) for row in access.in_chunks(store, sql, rowids)}
    scores: dict[int, float] = defaultdict(float)
    for phrase, counted in _frequencies(texts, weights, list(rows)):
        weight = max(log((whole.rows - rows[phrase] + 0.5) / (rows[phrase] + 0.5)), 1e-6)
        for rowid, frequency in counted.items():
            damped = frequency + _K1 * (1 - _B + _B * lengths[rowid] / whole.length)
            scores[rowid] += weight * frequency * (_K1 + 1) / damped
    return dict(scores)


def _frequencies(
    texts: Sequence[tuple[int | str, ...]], weights: dict[str, float], phrases: Sequence[str]
) -> Iterable[tuple[str, dict[int, float]]]:
    """How often each phrase occurs in each text (rowid, column …), occurrences weighted by column.

    The store's tokeniser cuts and stems both, in a table in memory.
    """
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for name, columns in (("texts", ", ".join(weights)), ("asked", "phrase")):
            memory.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='', tokenize='{TOKENIZER}')")
            memory.execute(f"CREATE VIRTUAL TABLE {name}_terms USING fts5vocab({name}, instance)")
        marks = ", ".join("?" * (len(weights) + 1))
        memory.execute("BEGIN")
        memory.executemany(f"INSERT INTO texts (rowid, {', '.join(weights)}) VALUES ({marks})", texts)
        memory.executemany("INSERT INTO asked (rowid, phrase) VALUES (?, ?)", enumerate(map(set_apart, phrases)))
        memory.execute("COMMIT")
        terms: dict[int, list[str]] = defaultdict(list)
        for number, term in memory.execute("SELECT doc, term FROM asked_terms ORDER BY doc, offset"):
            terms[number].append(term)
        places: dict[str, set[tuple[int, str, int]]] = {}
        for term in {term for each in terms.values() for term in each}:
            places[term] = set(memory.execute("SELECT doc, col, offset FROM texts_terms WHERE term = ?", (term,)))
        for number, (first, *rest) in terms.items():
            counted: dict[int, float] = defaultdict(float)
            for doc, column, offset in places[first]:
                if all((doc, column, offset + n) in places[term] for n, term in enumerate(rest, 1)):
                    counted[doc] += weights[column]
            yield phrases[number], counted
    finally:
        memory.close()


def _numbers(record: bytes) -> list[int]:
    """The numbers in a record of SQLite's varints (below 2^56, of which longer ones are not expected)."""
    found, number = [], 0
    for byte in record:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found
