"""What is said in a few texts: the kinds of the statements, and whether somebody is named who makes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.model.words import Table
from kb.store import access
from kb.store.open import Store

_SAID: dict[Table, str] = {
    "passage": """SELECT p.rowid, st.kind, m.speaker IS NOT NULL FROM passage p
        JOIN mention m ON m.source_rowid = p.source_rowid AND m.passage_ordinal = p.ordinal AND NOT m.lost
        JOIN statement st ON st.rowid = m.statement_rowid WHERE st.status <> 'rejected' AND p.rowid IN ({})""",
    "statement": """SELECT st.rowid, st.kind, m.speaker IS NOT NULL FROM statement st
        JOIN mention m ON m.statement_rowid = st.rowid AND NOT m.lost WHERE st.rowid IN ({})""",
}


def rows(store: Store, table: Table, rowids: Iterable[int]) -> Iterator[tuple[int, str, bool]]:
    """(rowid, kind, whether a speaker is named) of each statement that is, or is made in, one of these texts."""
    return ((row[0], row[1], bool(row[2])) for row in access.in_chunks(store, _SAID[table], rowids))
