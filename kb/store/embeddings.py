"""Table `embedding`: a vector for each distinct text under a model, float32 little-endian."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from kb.model.embedded_text import in_context
from kb.store import rows as _rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sqlmodel import Session

Table = Literal["passage", "statement"]
TABLES: tuple[Table, ...] = ("passage", "statement")

_LIVE = """SELECT content_hash FROM passage WHERE kind <> 'heading' UNION SELECT content_hash FROM statement"""


# Reading


def missing(connection: sqlite3.Connection, model: str) -> list[str]:
    """Content hashes of passages and statements without a vector under the model, in order of their rows."""
    found: dict[str, None] = {}
    for source in ("passage WHERE kind <> 'heading' AND", "statement WHERE"):
        sql = f"""SELECT content_hash FROM {source} content_hash NOT IN
            (SELECT content_hash FROM embedding WHERE model = ?) ORDER BY rowid"""
        found.update(dict.fromkeys(row[0] for row in connection.execute(sql, (model,))))
    return list(found)


def texts(connection: sqlite3.Connection, hashes: Iterable[str]) -> dict[str, str]:
    """What is to be embedded for each content hash."""
    wanted = list(hashes)
    passages = "SELECT content_hash, context, text FROM passage WHERE kind <> 'heading' AND content_hash IN ({})"
    found = {h: in_context(context, text) for h, context, text in _rows.in_chunks(connection, passages, wanted)}
    rest = [h for h in wanted if h not in found]
    statements = "SELECT content_hash, text FROM statement WHERE content_hash IN ({})"
    return found | {row[0]: row[1] for row in _rows.in_chunks(connection, statements, rest)}


def vectors(
    connection: sqlite3.Connection, model: str, table: Table, rowids: Sequence[int] | None = None
) -> Iterator[tuple[int, bytes, bool]]:
    """(rowid, vector, shown) of every passage or statement that has a vector, in order of rowids; or of these only.

    A statement that is rejected, or no longer said anywhere, is not shown unless asked for.
    """
    condition, shown = "t.kind <> 'heading'", "1"
    if table == "statement":
        condition = "1"
        shown = """t.status <> 'rejected'
            AND EXISTS (SELECT 1 FROM mention m WHERE m.statement_rowid = t.rowid AND NOT m.lost)"""
    sql = f"""SELECT t.rowid, e.vector, {shown} FROM {table} t
        JOIN embedding e ON e.content_hash = t.content_hash AND e.model = ?
        WHERE {condition}"""
    found: Iterable[tuple[int, bytes, int]]
    if rowids is None:
        found = connection.execute(f"{sql} ORDER BY t.rowid", (model,))
    else:
        chunks = _rows.in_chunks(connection, f"{sql} AND t.rowid IN ({{}}) ORDER BY t.rowid", rowids, before=(model,))
        found = ((row[0], row[1], row[2]) for row in chunks)
    yield from ((rowid, vector, bool(is_shown)) for rowid, vector, is_shown in found)


def counts(connection: sqlite3.Connection, model: str) -> dict[str, int]:
    """How many vectors there are under the model, and how many texts still lack one."""
    return {"vectors": count(connection, model), "missing": len(missing(connection, model))}


def count(connection: sqlite3.Connection, model: str) -> int:
    """How many vectors there are under the model."""
    return int(connection.execute("SELECT count(*) FROM embedding WHERE model = ?", (model,)).fetchone()[0])


def any_of(connection: sqlite3.Connection, model: str) -> bool:
    """Whether there is a vector under the model."""
    return connection.execute("SELECT 1 FROM embedding WHERE model = ? LIMIT 1", (model,)).fetchone() is not None


def orphans(connection: sqlite3.Connection) -> int:
    """Vectors of texts that are nowhere any more."""
    sql = f"SELECT count(*) FROM embedding WHERE content_hash NOT IN ({_LIVE})"
    return int(connection.execute(sql).fetchone()[0])


# Writing


def insert(session: Session, model: str, hashes: Sequence[str], matrix: NDArray[np.float32]) -> None:
    """Store vectors, shape (n, d), of these content hashes. One that is there already stays."""
    from sqlalchemy import insert as sa_insert

    from kb.store.schema import Embedding

    little = matrix.astype("<f4", copy=False)
    rows = [{"content_hash": h, "model": model, "vector": v.tobytes()} for h, v in zip(hashes, little, strict=True)]
    if rows:
        session.execute(sa_insert(Embedding).prefix_with("OR IGNORE"), rows)


def delete_orphans(connection: sqlite3.Connection) -> int:
    """Delete vectors of texts that are nowhere any more; returns how many."""
    return connection.execute(f"DELETE FROM embedding WHERE content_hash NOT IN ({_LIVE})").rowcount
