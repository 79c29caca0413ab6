"""Finding by word: FTS5, ranked by BM25."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kb.search.filters import Condition
from kb.search.query import Query, parse
from kb.store.embeddings import Table

_RANK = {"passage": "bm25(1.0, 0.5)", "statement": "bm25(1.0)"}
"""Title and headings of a passage count half as much as its text."""


def search(
    connection: sqlite3.Connection, table: Table, query: Query, selection: Condition | None, k: int
) -> list[tuple[int, float]]:
    """The `k` best rows as (rowid, BM25, greater is better), among those that the selection leaves."""
    if query.empty:
        return []
    # the plus keeps SQLite from running the full-text query once for every row that is left
    where, values = (f"AND +rowid IN ({selection[0]})", selection[1]) if selection else ("", [])
    sql = f"""SELECT rowid, -rank FROM {table}_fts
        WHERE {table}_fts MATCH ? AND rank MATCH '{_RANK[table]}' {where} ORDER BY rank LIMIT ?"""
    return [(row[0], row[1]) for row in connection.execute(sql, (query.match, *values, k))]


def containing(table: Table, query: Query) -> Condition | None:
    """A SELECT of the rows in which the query's phrases occur; None if it has none."""
    if not query.required:
        return None
    return f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?", [query.required]


def lacking(table: Table, words: Iterable[str], selection: Condition | None) -> Condition | None:
    """A SELECT of the rows, among those that the selection leaves, in which none of the words occurs."""
    match = " OR ".join(phrase for word in words if (phrase := parse(word).match))
    if not match:
        return selection
    searched = "passage WHERE kind <> 'heading' AND" if table == "passage" else "statement WHERE"
    where, values = (f"AND rowid IN ({selection[0]})", selection[1]) if selection else ("", [])
    sql = f"SELECT rowid FROM {searched} rowid NOT IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?) {where}"
    return sql, [match, *values]
