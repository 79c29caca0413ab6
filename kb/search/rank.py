"""One ranking of passages, statements or both, by word, by meaning, or fused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.errors import notify
from kb.model.words import Table
from kb.search import fuse, semantic
from kb.search.fuse import Scored
from kb.search.query import Query
from kb.store import fulltext
from kb.store.open import Store
from kb.store.selected import Selected

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.index import Vectors


def rank(
    store: Store,
    selections: dict[Table, Selected | None],
    depth: int,
    query: Query | None,
    vector: NDArray[np.float32] | None,
) -> list[tuple[Table, Scored]]:
    """Rows of all tables, best first; by word if there is a query, by meaning if there is a vector."""
    near: dict[Table, list[tuple[int, float]]] = {}
    stored: dict[Table, Vectors] = {}
    if vector is not None:
        from kb.vectors import index

        for table, selection in selections.items():
            stored[table] = index.load(store, table)
            near[table] = stored[table].search(vector[None], depth, selection)[0]
            if selections.keys() == {"passage"}:  # where statements are searched too, they speak for themselves
                near[table] = semantic.lift(store, vector, near[table], selection, depth)
    _lacking(store, stored, by_words=query is not None)
    best = max((rows[0][1] for rows in near.values() if rows), default=0.0)
    ranked: list[tuple[Table, Scored]] = []
    for table, selection in selections.items():
        close = [rowid for rowid, _ in near.get(table, ())]
        words = _by_word(store, table, query, selection, depth, close) if query else []
        if vector is None:
            scored = fuse.by_word(words, words[0][1] if words and len(selections) > 1 else 1.0)
        elif query is None:
            scored = fuse.by_meaning(near[table])
        else:
            scored = fuse.fuse(near[table], words, _cosines(stored[table], vector, near[table], words), best)
        ranked += [(table, one) for one in scored]
    return sorted(ranked, key=lambda one: -one[1].score)


def _by_word(
    store: Store, table: Table, query: Query, selection: Selected | None, k: int, near: Sequence[int]
) -> list[tuple[int, float]]:
    phrases = tuple(dict.fromkeys((*query.phrases, *query.words)))
    return fulltext.search(store, table, query.match, selection, k, phrases=phrases, required=query.required, near=near)


def _lacking(store: Store, stored: dict[Table, Vectors], *, by_words: bool) -> None:
    """Say how many texts have no vector. Full-text search has a row for each text and knows how many."""
    parts, lacking = [], 0
    for table, vectors in stored.items():
        texts = fulltext.texts(store, table)
        if texts > len(vectors):
            parts.append(f"{texts - len(vectors):,} of {texts:,} {table}s")
            lacking += texts - len(vectors)
    if parts:
        what = f"{' and '.join(parts)} {'is' if lacking == 1 else 'are'} not embedded yet"
        notify(f"{what}, {'found by words only' if by_words else 'and not found by meaning'}: kb index")


def _cosines(
    stored: Vectors, vector: NDArray[np.float32], near: list[tuple[int, float]], words: list[tuple[int, float]]
) -> dict[int, float]:
    import numpy as np

    known = {rowid for rowid, _ in near}
    rest = [rowid for rowid, _ in words if rowid not in known]
    return stored.cosines(vector, np.array(rest, dtype=np.int64)) if rest and len(stored) else {}
