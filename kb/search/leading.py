"""What leads a page: texts with what a sentence has in quotes, above all others. The others follow below a line."""

from __future__ import annotations

from collections.abc import Sequence

from kb.errors import notify
from kb.model.words import Table
from kb.search.fuse import Scored
from kb.search.grammar import in_words
from kb.search.hits import Hit
from kb.search.query import Query
from kb.store import fulltext
from kb.store.open import Store


def leading(store: Store, query: Query, ranked: Sequence[tuple[Table, Scored]]) -> frozenset[tuple[Table, int]]:
    """Which of the rows (table, rowid) have what leads."""
    if not (match := query.leading):
        return frozenset()
    rows: dict[Table, list[int]] = {}
    for table, scored in ranked:
        rows.setdefault(table, []).append(scored.rowid)
    return frozenset((table, row) for table, some in rows.items() for row in fulltext.having(store, table, match, some))


def follow(query: Query, hits: Sequence[Hit]) -> None:
    """Say where on the page those begin that only follow."""
    having = sum(hit.phrase for hit in hits)
    asked = " or ".join(map(in_words, query.lead))
    if query.lead and hits and not having:
        notify(f"no text contains {asked}; searching for the words")
    elif 0 < having < len(hits):
        notify(f"{asked}: in the first {having}; the others follow by their words and meaning")
