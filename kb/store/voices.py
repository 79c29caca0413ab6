"""Who writes and states what: every name, as texts have it, with the sources and statements that it stands by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from kb.model.filters import Filters
from kb.store.conditions import Condition, on_sources, on_statements
from kb.store.open import Store


class Voice(NamedTuple):
    """Somebody in a source, by its rowid: an author, or who speaks; with the rowid of a statement that they make."""

    name: str
    source: int
    statement: int | None
    wrote: bool


def heard(store: Store, filters: Filters) -> Iterator[Voice]:
    """Every voice in what the filters leave, whatever they say of authors; where nobody is named, the authors speak."""
    sources = on_sources(store, replace(filters, author=()))
    stated = Condition("st.status <> 'rejected'")
    if filters.statements_only:
        stated = on_statements(store, replace(filters, author=()))
    made = """mention m JOIN source s ON s.rowid = m.source_rowid JOIN statement st ON st.rowid = m.statement_rowid"""
    left = f"WHERE NOT m.lost AND {sources.sql} AND {stated.sql}"
    for sql, values in (
        (f"SELECT p.name, s.rowid, NULL, TRUE FROM {_WRITTEN} WHERE {sources.sql}", sources.values),
        (f"SELECT DISTINCT t.speaker, s.rowid, NULL, FALSE FROM passage t JOIN source s ON s.rowid = t.source_rowid "
         f"WHERE t.speaker > '' AND {sources.sql}", sources.values),
        (f"SELECT m.speaker, s.rowid, st.rowid, FALSE FROM {made} {left} AND m.speaker > ''",
         (*sources.values, *stated.values)),
        (f"""SELECT p.name, s.rowid, st.rowid, TRUE FROM {made} JOIN authorship a ON a.source_rowid = s.rowid
            JOIN person p ON p.rowid = a.person_rowid {left} AND coalesce(m.speaker, '') = ''""",
         (*sources.values, *stated.values)),
    ):  # fmt: skip
        for name, source, statement, wrote in store.execute(sql, values):
            yield Voice(name, source, statement, bool(wrote))


_WRITTEN = """authorship a JOIN person p ON p.rowid = a.person_rowid JOIN source s ON s.rowid = a.source_rowid"""
