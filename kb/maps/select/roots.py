"""Where a map starts: of a source, a person, or what a search found, the statements that are most discussed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from math import log2
from typing import Any

from kb.store import links, statements

HITS = 4
"""Search hits to be looked at for each one that a map starts from."""

_RANK = 10.0  # how slowly the rank of a hit loses weight


def of_source(
    connection: sqlite3.Connection, source_id: str, limit: int, where: str = "1", values: Sequence[Any] = ()
) -> list[str]:
    """The statements of a source that meet a condition on `st` and are most discussed, in their order.

    The source itself comes first where something is said of it as a whole, or nothing of its statements.
    """
    inside = f"""({where}) AND EXISTS (SELECT 1 FROM mention x JOIN source o ON o.rowid = x.source_rowid
        WHERE x.statement_rowid = st.rowid AND NOT x.lost AND o.id = ?)"""
    found = links.most_discussed(connection, limit, inside, (*values, source_id))
    whole = source_id in links.discussion(connection, [source_id])
    return [source_id, *found] if whole or not found else found


def among(
    connection: sqlite3.Connection, limit: int, where: str | None = None, values: Sequence[Any] = ()
) -> list[str]:
    """Of the whole store, or of the statements that meet a condition on `st`, what is most discussed.

    Where nothing at all is said of those statements, the first of them.
    """
    found = links.most_discussed(connection, limit, where, values)
    return found or ([] if where is None else statements.ids_of(connection, where, values)[:limit])


def of_hits(connection: sqlite3.Connection, hits: Sequence[str], limit: int) -> list[str]:
    """Of search hits, best first, those to start from: a good answer of which much is said before one that stands
    alone."""
    said = links.discussion(connection, hits)
    worth = {name: (1 + log2(1 + said.get(name, 0))) / (_RANK + rank) for rank, name in enumerate(hits)}
    return sorted(worth, key=lambda name: -worth[name])[:limit]
