"""What leads a page: texts with what a sentence has in quotes, above all others. The others follow below a line."""

from __future__ import annotations

from collections.abc import Sequence

from kb.errors import notify
from kb.model.words import Table
from kb.search.fuse import Scored
from kb.search.grammar import expression, in_words
from kb.search.hits import Hit
from kb.search.query import Query
from kb.store import fulltext
from kb.store.open import Store

_FEW, _FEW_WORD = 10, 5
"""Of the rows ranked, how many at most have a quote in a sentence, of several words or of one, that tells what is
meant. What more of them have is a way to say it: it ranks like any words."""


def leading(store: Store, query: Query, ranked: Sequence[tuple[Table, Scored]]) -> frozenset[tuple[Table, int]]:
    """Which of the rows (table, rowid) have what leads."""
    if not query.lead:
        return frozenset()
    rows: dict[Table, list[int]] = {}
    for table, scored in ranked:
        rows.setdefault(table, []).append(scored.rowid)
    found: set[tuple[Table, int]] = set()
    for asked in map(expression, query.lead):
        having = {(table, row) for table, some in rows.items() for row in fulltext.having(store, table, asked, some)}
        if not query.prose or len(having) <= (_FEW if " " in asked else _FEW_WORD):
            found |= having
    return frozenset(found)


def follow(query: Query, hits: Sequence[Hit]) -> None:
    """Say where on the page those begin that only follow."""
    if not query.lead:
        return
    having = sum(hit.phrase for hit in hits)
    asked = " or ".join(map(in_words, query.lead))
    if hits and not having and not query.prose:
        notify(f"no text contains {asked}; searching for the words")
    elif 0 < having < len(hits):
        notify(f"{asked}: in the first {having}; the others follow by their words and meaning")
