"""Finding by meaning: the query's vector against those of the store.

A passage is as near as the nearest of itself and the statements made in it: one sharp sentence is not drowned by
the others around it. Measured in docs/search.md.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import KbError, notify
from kb.search import filters as filtering
from kb.search.filters import Condition
from kb.store import meta, rows
from kb.vectors import index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def query_vector(connection: sqlite3.Connection, home: Path, text: str) -> NDArray[np.float32] | None:
    """The vector of a text under the model of the store's vectors, shape (d,).

    None where there are no vectors or the model is not to be had; a notice says so.
    """
    fingerprint = meta.get(connection, meta.MODEL)
    if not fingerprint:
        notify("nothing is embedded yet, so this finds words, not meanings; `kb index` changes that")
        return None
    from kb.vectors.embed.query import embed_query

    try:
        return embed_query(text, home, fingerprint)
    except (KbError, ImportError) as error:
        notify(f"this finds words, not meanings: {error}")
        return None


def lift(
    connection: sqlite3.Connection,
    home: Path,
    vector: NDArray[np.float32],
    passages: list[tuple[int, float]],
    selection: Condition | None,
    k: int,
) -> list[tuple[int, float]]:
    """The `k` nearest passages as (rowid, cosine), best first, given those that are near as a whole.

    The selection is that of the passages, and holds for the statements' passages before the cut.
    """
    made_in = """SELECT m.statement_rowid, p.rowid FROM mention m
        JOIN passage p ON p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal
        WHERE NOT m.lost AND p.kind <> 'heading'"""
    where, values = (f"AND p.rowid IN ({selection[0]})", selection[1]) if selection else ("", [])
    allowed = None
    if selection:
        allowed = filtering.allowed(connection, (f"SELECT DISTINCT statement_rowid FROM ({made_in} {where})", values))
    near = dict(index.load(connection, home, "statement").search(vector[None], k, allowed)[0])
    best = dict(passages)
    sql = f"{made_in} {where} AND m.statement_rowid IN ({{}})"
    for statement, passage in rows.in_chunks(connection, sql, near, before=values):
        best[passage] = max(best.get(passage, -1.0), near[statement])
    return sorted(best.items(), key=lambda found: (-found[1], found[0]))[:k]
