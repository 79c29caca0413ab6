"""Ranking by word where there are very many texts: a few candidates, scored by the whole query.

FTS5 takes about a microsecond for every row in which any of the words occurs, and common words occur nearly
everywhere: 0.5 s a query at a million passages. So candidates are the best rows by the rarest words, among those that
meet what the query demands, and what is near in meaning; common words only help to rank these. The score is FTS5's own
BM25, but for words in more than 20,000 rows, whose number is estimated. On SciFact the combination with meaning ranks
as well as with all rows scored, where leaving out the common words costs .03 (docs/search.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log
from typing import TYPE_CHECKING, NamedTuple

from kb.model.words import Table
from kb.store import access
from kb.store.engine import scratch, sqlite
from kb.store.engine.apart import set_apart
from kb.store.engine.match import rows_found
from kb.store.open import Store
from kb.store.selected import Selected

if TYPE_CHECKING:
    import sqlite3

MANY = 50_000
"""Rows from which on only candidates are scored."""

MOST = 64
"""Candidates of either kind."""

_ALONE = 256  # candidates by words where there is nothing else to go by
_BUDGET = 1_000  # rows in which the rarest words may occur, together, for the candidates that are near besides
_BUDGET_ALONE = 30_000  # the same where words alone find, or a filter leaves few of the rows
_COMMON = 20_000  # rows in which a word occurs; where even the rarest does, words find nothing beside meaning
_COUNTED = 200_000  # rows in which words may occur that are only counted: what is demanded leaves few rows to score
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
    required: str,
    near: Sequence[int],
    selection: Selected | None,
    rank: Rank,
) -> list[tuple[int, float]]:
    """Candidates as (rowid, BM25 of all the phrases), best first.

    Args:
        weights: of the columns of the full-text table. phrases: FTS5 strings, each in quotes.
        required: an expression of which the rows that are left all meet; "" for none.
        near: rows that are near in meaning, among those that are left. rank: the search, among the same rows.
    """
    whole = corpus(store, table)
    rows = rows_with(store, table, phrases, whole.rows)
    found, scores = set(near[:MOST]), dict[int, float]()
    if selection is not None and selection.count <= _ALONE:
        found = set(selection.rowids())
    else:
        demanded = rows_with(store, table, [required], whole.rows)[required] if required else whole.rows
        few = bool(required) and demanded < _COMMON
        share = 1.0 if selection is None or required else selection.count / whole.rows
        budget, most = (min(_BUDGET / share, _BUDGET_ALONE), MOST) if near else (_BUDGET_ALONE, _ALONE)
        rare = _rarest(rows, _COUNTED if few else budget)
        rarely = sum(map(rows.__getitem__, rare))
        if few or rows[rare[0]] < _COMMON:
            meant = required if rarely > max(demanded, _BUDGET_ALONE) else ""  # else quicker left out afterwards
            best = dict(rank(_both(meant, " OR ".join(rare)), _ALONE if few else most))
            found.update(best)
            if len(rare) == len(rows) and not meant:
                scores = best  # by all the phrases
        elif not near:
            found |= _together(sorted(rows, key=rows.__getitem__), required, rank)
    scores |= _bm25(store, table, weights, rows, whole, sorted(found - scores.keys()))
    return sorted(scores.items(), key=lambda one: (-one[1], one[0]))


def _rarest(rows: dict[str, int], budget: float) -> list[str]:
    """The rarest phrases, at least one, as many as occur in so many rows together."""
    rare: list[str] = []
    for phrase in sorted(rows, key=rows.__getitem__):
        budget -= rows[phrase]
        if rare and budget < 0:
            break
        rare.append(phrase)
    return rare


def _together(phrases: Sequence[str], required: str, rank: Rank) -> set[int]:
    """The best rows by common phrases: those with all of them, else with all but the most common, and so on."""
    found: set[int] = set()
    for count in range(len(phrases), 0, -1):
        found.update(rowid for rowid, _ in rank(_both(required, " AND ".join(phrases[:count])), _ALONE))
        if len(found) >= MOST:
            break
    return found


def _both(required: str, expression: str) -> str:
    return f"({required}) AND ({expression})" if required else expression


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
    if not rowids:
        return {}
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
) -> Iterator[tuple[str, dict[int, float]]]:
    """How often each phrase occurs in each text (rowid, column …), occurrences weighted by column.

    The store's tokeniser cuts and stems both, in tables in memory.
    """
    with scratch.tables() as memory:
        columns = ", ".join(weights)
        marks = ", ".join("?" * len(weights))
        memory.executemany(f"INSERT INTO texts (rowid, {columns}) VALUES (?, {marks})", texts)
        memory.executemany("INSERT INTO asked (rowid, text) VALUES (?, ?)", enumerate(map(set_apart, phrases)))
        terms: dict[int, list[str]] = defaultdict(list)
        for number, term in memory.execute("SELECT doc, term FROM asked_terms ORDER BY doc, offset"):
            terms[number].append(term)
        for number, words in terms.items():
            counted: dict[int, float] = defaultdict(float)
            for doc, column, times in _occurrences(memory, words):
                counted[doc] += times * weights[column]
            yield phrases[number], counted


def _occurrences(memory: sqlite3.Connection, words: Sequence[str]) -> Iterable[tuple[int, str, int]]:
    """(text, column, times) of these words in a row."""
    if len(words) == 1:
        counted = "SELECT doc, col, count(*) FROM texts_terms WHERE term = ? GROUP BY doc, col"
        return memory.execute(counted, words).fetchall()
    places = [
        {(doc, column, offset - at) for doc, column, offset in memory.execute(_PLACES, (word,))}
        for at, word in enumerate(words)
    ]
    return [(doc, column, 1) for doc, column, _ in set.intersection(*places)]


_PLACES = "SELECT doc, col, offset FROM texts_terms WHERE term = ?"


def _numbers(record: bytes) -> list[int]:
    """The numbers in a record of SQLite's varints (below 2^56, of which longer ones are not expected)."""
    found, number = [], 0
    for byte in record:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found
