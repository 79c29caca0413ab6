"""Who writes and states what: every name, as texts have it, with the sources and statements that it stands by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from kb.model.filters import Filters
from kb.store.conditions import EVERYTHING, Condition, among, every, on_sources, on_statements
from kb.store.open import Store


class Voice(NamedTuple):
    """Somebody in a source, by its rowid: an author, or who speaks; with the rowid of a statement that they make."""

    name: str
    source: int
    statement: int | None
    wrote: bool


def heard(store: Store, filters: Filters, names: Iterable[str] | None = None) -> Iterator[Voice]:
    """Every voice in what the filters leave, whatever they say of authors; or those of these names, as texts have them.

    Where nobody is named, the authors speak.
    """
    named = None if names is None else list(names)
    there = on_sources(store, replace(filters, author=()))
    stated = Condition("st.status <> 'rejected'")
    if filters.statements_only:
        stated = on_statements(store, replace(filters, author=()))
    for tables, name, statement, of_statements in _WHERE:
        part = every([EVERYTHING if named is None else among(name, named), there, *([stated] if statement else [])])
        columns = f"{name}, s.rowid, st.rowid" if statement else f"DISTINCT {name}, s.rowid, NULL"
        sql = f"SELECT {columns} FROM {tables} {of_statements} {part.sql}"
        for who, source, made in store.execute(sql, part.values):
            yield Voice(who, source, made, name == _AUTHOR)


_AUTHOR = "p.name"
_WRITTEN = "JOIN authorship a ON a.source_rowid = s.rowid JOIN person p ON p.rowid = a.person_rowid"
_MADE = "mention m JOIN source s ON s.rowid = m.source_rowid JOIN statement st ON st.rowid = m.statement_rowid"
_UNNAMED = "WHERE NOT m.lost AND coalesce(m.speaker, '') = '' AND m.voice <> 'quoted' AND"
_WHERE = (
    (f"source s {_WRITTEN}", _AUTHOR, False, "WHERE"),
    ("passage t JOIN source s ON s.rowid = t.source_rowid", "t.speaker", False, "WHERE t.speaker > '' AND"),
    (_MADE, "m.speaker", True, "WHERE NOT m.lost AND m.speaker > '' AND"),
    (f"{_MADE} {_WRITTEN}", _AUTHOR, True, _UNNAMED),
)
"""Where voices are: the tables, the column of the name, whether statements are among them, and which rows."""
