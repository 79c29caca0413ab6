"""Finding by word: FTS5, ranked by BM25."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from kb.search import candidates
from kb.search.filters import ALL_STATEMENTS, SHOWN, Condition
from kb.search.query import Query
from kb.store.embeddings import Table

_WEIGHTS: dict[Table, dict[str, float]] = {"passage": {"text": 1.0, "context": 0.5}, "statement": {"text": 1.0}}
"""Title and headings of a passage count half as much as its text."""

_RANK = {table: f"bm25({', '.join(map(str, weights.values()))})" for table, weights in _WEIGHTS.items()}


def search(
    connection: sqlite3.Connection,
    table: Table,
    query: Query,
    selection: Condition | None,
    k: int,
    near: Sequence[int] = (),
) -> list[tuple[int, float]]:
    """The `k` best rows as (rowid, BM25, greater is better), among those that the selection leaves.

    Where there are very many texts, only the best by their rarest words are ranked, and those of `near`, the rows
    among the same that are near in meaning, best first.
    """
    if query.empty:
        return []
    where, values = _among(selection)
    sql = f"""SELECT rowid, -rank FROM {table}_fts
        WHERE {table}_fts MATCH ? AND rank MATCH '{_RANK[table]}' {where} ORDER BY rank LIMIT ?"""

    def rank(match: str, most: int) -> list[tuple[int, float]]:
        return [(row[0], row[1]) for row in connection.execute(sql, (match, *values, most))]

    if near and not query.demand and candidates.corpus(connection, table).rows > candidates.MANY:
        phrases = list(dict.fromkeys((*query.phrases, *query.words)))
        return candidates.ranked(connection, table, _WEIGHTS[table], phrases, near, rank)[:k]
    return rank(query.match, k)


def _among(selection: Condition | None) -> Condition:
    """The selection as a condition on the rows of a full-text table."""
    if selection is None:
        return "", []
    if selection == ALL_STATEMENTS:  # looked up for the rows that match, instead of listed
        return f"AND EXISTS (SELECT 1 FROM statement st WHERE st.rowid = statement_fts.rowid AND {SHOWN})", []
    # the plus keeps SQLite from running the full-text query once for every row that is left
    return f"AND +rowid IN ({selection[0]})", selection[1]
