"""Statements of different sources that are about the same thing: candidates for `related` links."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from kb import index

K = 3
THRESHOLD = 0.6
"""Cosine from which on most pairs are about one subject, read by eye on real texts (docs/search.md)."""

_BATCH = 512
_MARGIN = 32  # neighbours fetched beyond `k`, since some stand in the same source


def related_pairs(
    connection: sqlite3.Connection,
    home: Path,
    statement_rowids: Iterable[int],
    k: int = K,
    threshold: float = THRESHOLD,
) -> list[tuple[int, int, float]]:
    """For each statement its nearest `k` in other sources, as (lower rowid, higher rowid, cosine), each pair once.

    Rejected statements and those no longer said anywhere are left out. Best pairs first. The sign of a pair is
    unknown: near means the same subject, not agreement.
    """
    import numpy as np

    vectors = index.load(connection, home, "statement")
    sources = _sources(connection)
    allowed = np.array(sorted(sources), dtype=np.int64)
    wanted = np.array([r for r in set(statement_rowids) if r in sources], dtype=np.int64)
    pairs: dict[tuple[int, int], float] = {}
    if not len(vectors):
        return []
    found, queries = vectors.of(wanted)
    for at in range(0, len(found), _BATCH):
        rowids, batch = found[at : at + _BATCH], queries[at : at + _BATCH]
        depth = k + _MARGIN
        while len(rowids):
            unfinished = []
            for place, neighbours in enumerate(vectors.search(batch, depth, allowed)):
                own = int(rowids[place])
                near = [(r, s) for r, s in neighbours if s >= threshold and sources[own].isdisjoint(sources[r])]
                if len(near) < k and len(neighbours) == depth and neighbours[-1][1] >= threshold:
                    unfinished.append(place)  # its own source fills the list: look further
                    continue
                for other, cosine in near[:k]:
                    pairs[min(own, other), max(own, other)] = cosine
            rowids, batch, depth = rowids[unfinished], batch[unfinished], depth * 4
    return sorted(((a, b, s) for (a, b), s in pairs.items()), key=lambda pair: (-pair[2], pair[:2]))


def _sources(connection: sqlite3.Connection) -> dict[int, set[int]]:
    """Sources in which each statement is made."""
    sources: dict[int, set[int]] = {}
    sql = """SELECT m.statement_rowid, m.source_rowid FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        WHERE NOT m.lost AND st.status <> 'rejected'"""
    for statement, source in connection.execute(sql):
        sources.setdefault(statement, set()).add(source)
    return sources
