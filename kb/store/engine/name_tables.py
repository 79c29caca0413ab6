"""Titles and names of people in SQLite's full text: whole words, not stems, kept in step by triggers.

Titles are told apart by the kind of their source, which stands beside them as a word. What words there are is read from
the tables of words, by their beginnings: to list all of them takes longer than an answer may.
"""

from __future__ import annotations

from collections.abc import Iterator

NAMES_TOKENIZER = "unicode61 remove_diacritics 2"
_COLUMNS = {"source": ("title_key", "kind"), "person": ("name_key",)}


def _statements() -> Iterator[str]:
    for table, columns in _COLUMNS.items():
        names = ", ".join(columns)
        old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
        out = f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.rowid, {old});"
        into = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.rowid, {new});"
        differs = " OR ".join(f"old.{column} <> new.{column}" for column in columns)
        yield f"""CREATE VIRTUAL TABLE {table}_fts USING fts5(
            {names}, content='{table}', content_rowid='rowid', tokenize='{NAMES_TOKENIZER}')"""
        yield f"CREATE VIRTUAL TABLE {table}_fts_words USING fts5vocab('{table}_fts', 'col')"
        yield f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {into} END"
        yield f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {out} END"
        yield f"""CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {names} ON {table} WHEN {differs} BEGIN
            {out} {into} END"""
        yield f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')"


CREATE = tuple(_statements())
"""In this order; what is there already is taken up."""
