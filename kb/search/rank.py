"""One ranking of passages, statements or both, by word, by meaning, or fused."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import notify
from kb.search import candidates, fuse, lexical, semantic
from kb.search import filters as filtering
from kb.search.filters import Condition
from kb.search.fuse import Scored
from kb.search.query import Query
from kb.store.embeddings import Table
from kb.vectors import index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.index import Vectors


def rank(
    connection: sqlite3.Connection,
    home: Path,
    selections: dict[Table, Condition | None],
    depth: int,
    query: Query | None,
    vector: NDArray[np.float32] | None,
) -> list[tuple[Table, Scored]]:
    """Rows of all tables, best first; by word if there is a query, by meaning if there is a vector."""
    near: dict[Table, list[tuple[int, float]]] = {}
    stored: dict[Table, Vectors] = {}
    if vector is not None:
        for table, selection in selections.items():
            stored[table] = index.load(connection, home, table)
            allowed = filtering.allowed(connection, selection)
            near[table] = stored[table].search(vector[None], depth, allowed)[0]
            if selections.keys() == {"passage"}:  # where statements are searched too, they speak for themselves
                near[table] = semantic.lift(connection, home, vector, near[table], selection, depth)
    _lacking(connection, stored)
    best = max((rows[0][1] for rows in near.values() if rows), default=0.0)
    ranked: list[tuple[Table, Scored]] = []
    for table, selection in selections.items():
        close = [rowid for rowid, _ in near.get(table, ())]
        words = lexical.search(connection, table, query, selection, depth, close) if query else []
        if vector is None:
            scored = fuse.by_word(words, words[0][1] if words and len(selections) > 1 else 1.0)
        elif query is None:
            scored = fuse.by_meaning(near[table])
        else:
            scored = fuse.fuse(near[table], words, _cosines(stored[table], vector, near[table], words), best)
        ranked += [(table, one) for one in scored]
    return sorted(ranked, key=lambda one: -one[1].score)


def _lacking(connection: sqlite3.Connection, stored: dict[Table, Vectors]) -> None:
    """Say how many texts have no vector. Full-text search has a row for each text and knows how many."""
    parts = []
    for table, vectors in stored.items():
        texts = candidates.corpus(connection, table).rows
        if texts > len(vectors):
            parts.append(f"{texts - len(vectors):,} of {texts:,} {table}s")
    if parts:
        notify(f"{' and '.join(parts)} have no vector yet and are found by word only; `kb index` makes them")


def _cosines(
    stored: Vectors, vector: NDArray[np.float32], near: list[tuple[int, float]], words: list[tuple[int, float]]
) -> dict[int, float]:
    import numpy as np

    known = {rowid for rowid, _ in near}
    rest = [rowid for rowid, _ in words if rowid not in known]
    return stored.cosines(vector, np.array(rest, dtype=np.int64)) if rest and len(stored) else {}
