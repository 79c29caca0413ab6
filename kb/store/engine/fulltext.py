"""Finding by word: FTS5, ranked by BM25."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import islice

from kb.model.words import TABLES, Table
from kb.store import access
from kb.store.conditions import SHOWN
from kb.store.engine import candidates
from kb.store.engine.fulltext_tables import ANEW
from kb.store.engine.match import ASKED, rows_found
from kb.store.open import Store
from kb.store.selected import Selected

_WEIGHTS: dict[Table, dict[str, float]] = {"passage": {"text": 1.0, "context": 0.5}, "statement": {"text": 1.0}}
"""Title and headings of a passage count half as much as its text."""

_BM25 = {table: f"bm25({table}_fts, {', '.join(map(str, each.values()))})" for table, each in _WEIGHTS.items()}
_COUNTED = 1_000
"""Rows with a phrase that are counted where only its rarity is asked."""
_CONTENT = {"passage": "searchable_passage", "statement": "statement", "source": "source", "person": "person"}
"""The tables and views that have full text, titles and names of people (`name_tables`) with them."""


def search(
    store: Store,
    table: Table,
    match: str,
    selection: Selected | None,
    k: int,
    *,
    phrases: Sequence[str] = (),
    required: str = "",
    near: Sequence[int] = (),
) -> list[tuple[int, float]]:
    """The `k` best rows as (rowid, BM25, greater is better), among those that the selection leaves.

    For None all are left, statements as far as they are shown.

    Where there are very many texts, and the query has `phrases` (each in quotes), only the best by their rarest words
    are ranked, and those of `near`, the rows among the same that are near in meaning, best first. What the selection
    leaves meets `required`, the expression of what must occur.
    """
    if not match or (selection is not None and not selection.count):
        return []
    # Looked up for the rows that match, instead of listed.
    shown = f"AND EXISTS (SELECT 1 FROM statement st WHERE st.rowid = statement_fts.rowid AND {SHOWN})"
    # Sorted by SQLite: FTS5, which sorts by `rank`, takes all places of all words along.
    sql = f"""SELECT rowid, -{_BM25[table]} AS score FROM {table}_fts WHERE {table}_fts MATCH {ASKED}
        {shown if selection is None and table == "statement" else ""} ORDER BY score DESC, rowid LIMIT ?"""

    def rank(asked: str, most: int) -> list[tuple[int, float]]:
        if selection is None:
            return [(row[0], row[1]) for row in store.execute(sql, (asked, most))]
        with closing(store.execute(sql, (asked, -1))) as best:
            return list(islice(((row[0], row[1]) for row in best if row[0] in selection), most))

    if phrases and texts(store, table) > candidates.MANY:
        return candidates.ranked(store, table, _WEIGHTS[table], phrases, required, near, selection, rank)[:k]
    return rank(match, k)


def texts(store: Store, table: Table) -> int:
    """How many texts can be found by word."""
    return candidates.corpus(store, table).rows


def rows_with(store: Store, table: Table, phrases: Sequence[str]) -> dict[str, int]:
    """In about how many rows each phrase (in quotes) occurs: counted to a thousand, above that an estimate."""
    return candidates.rows_with(store, table, phrases, texts(store, table), _COUNTED)


def having(store: Store, table: Table, match: str, rowids: Iterable[int]) -> set[int]:
    """Which of these rows have, in their text itself, what an expression asks for."""
    # the plus keeps SQLite from running the full-text query once for every row
    sql = f"{rows_found(table)} AND +rowid IN ({{}})"
    return {row[0] for row in access.in_chunks(store, sql, rowids, before=(f"text : ({match})",))}


def contains(store: Store, match: str) -> bool:
    """Whether any text has what an expression asks for."""
    return any(store.execute(f"{rows_found(table)} LIMIT 1", (match,)).fetchone() for table in TABLES)


def incomplete(store: Store) -> list[str]:
    """What is wrong with the full-text tables, a line each."""
    found = []
    for table, content in _CONTENT.items():
        indexed = store.execute(f"SELECT count(*) FROM {table}_fts_docsize").fetchone()[0]
        there = store.execute(f"SELECT count(*) FROM {content}").fetchone()[0]
        if indexed != there:
            found.append(f"{table}_fts holds {indexed} texts of {there}")
    return found


def rebuild(store: Store) -> None:
    """Make the full-text tables anew from the texts, and from titles and names."""
    for table in _CONTENT:
        for statement in ANEW.get(table, (f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')",)):
            store.execute(statement)
