"""Table `embedding`: a vector for each distinct text under a model, float32 little-endian."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kb.model.embedded_text import in_context
from kb.model.words import Table
from kb.store import access
from kb.store.open import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LIVE = """SELECT content_hash FROM passage WHERE kind <> 'heading' UNION SELECT content_hash FROM statement"""


# Reading


def missing(store: Store, model: str) -> list[str]:
    """Content hashes of passages and statements without a vector under the model, in order of their rows."""
    found: dict[str, None] = {}
    for source in ("passage WHERE kind <> 'heading' AND", "statement WHERE"):
        sql = f"""SELECT content_hash FROM {source} content_hash NOT IN
            (SELECT content_hash FROM embedding WHERE model = ?) ORDER BY rowid"""
        found.update(dict.fromkeys(row[0] for row in store.execute(sql, (model,))))
    return list(found)


def missing_among(store: Store, model: str, table: Table, rowids: Iterable[int]) -> list[str]:
    """Those of these passages or statements that have no vector under the model: their content hashes."""
    searched = "AND t.kind <> 'heading'" if table == "passage" else ""
    sql = f"""SELECT t.content_hash FROM {table} t WHERE NOT EXISTS
        (SELECT 1 FROM embedding e WHERE e.content_hash = t.content_hash AND e.model = ?)
        {searched} AND t.rowid IN ({{}}) ORDER BY t.rowid"""
    return list(dict.fromkeys(row[0] for row in access.in_chunks(store, sql, rowids, before=(model,))))


def texts(store: Store, hashes: Iterable[str]) -> dict[str, str]:
    """What is to be embedded for each content hash."""
    wanted = list(hashes)
    passages = "SELECT content_hash, context, text FROM passage WHERE kind <> 'heading' AND content_hash IN ({})"
    found = {h: in_context(context, text) for h, context, text in access.in_chunks(store, passages, wanted)}
    rest = [h for h in wanted if h not in found]
    statements = "SELECT content_hash, text FROM statement WHERE content_hash IN ({})"
    return found | {row[0]: row[1] for row in access.in_chunks(store, statements, rest)}


def lengths(store: Store, hashes: Sequence[str]) -> list[int]:
    """About how many letters are to be embedded for each content hash, in their order; 0 for a text that is gone."""
    found: dict[str, int] = {}
    for table, letters in (("statement", "length(text)"), ("passage", "length(text) + length(context)")):
        sql = f"SELECT content_hash, {letters} FROM {table} WHERE content_hash IN ({{}})"
        found.update(dict(access.in_chunks(store, sql, hashes)))
    return [found.get(name, 0) for name in hashes]


def lacking(store: Store, model: str, ids: Sequence[str]) -> list[str]:
    """Content hashes without a vector under the model: of these statements, and of all that stands in these sources."""
    said = """SELECT m.statement_rowid FROM mention m JOIN source s ON s.rowid = m.source_rowid WHERE s.id IN ({})"""
    queries = (
        "FROM passage WHERE kind <> 'heading' AND source_rowid IN (SELECT s.rowid FROM source s WHERE s.id IN ({}))",
        f"FROM statement WHERE rowid IN ({said})",
        "FROM statement WHERE id IN ({})",
    )
    found: dict[str, None] = {}
    for query in queries:
        sql = f"SELECT content_hash {query}"
        found.update(dict.fromkeys(row[0] for row in access.in_chunks(store, sql, ids)))
    sql = "SELECT content_hash FROM embedding WHERE model = ? AND content_hash IN ({})"
    known = {row[0] for row in access.in_chunks(store, sql, found, before=(model,))}
    return [name for name in found if name not in known]


def vectors(
    store: Store, model: str, table: Table, rowids: Sequence[int] | None = None
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
        found = store.execute(f"{sql} ORDER BY t.rowid", (model,))
    else:
        chunks = access.in_chunks(store, f"{sql} AND t.rowid IN ({{}}) ORDER BY t.rowid", rowids, before=(model,))
        found = ((row[0], row[1], row[2]) for row in chunks)
    yield from ((rowid, vector, bool(is_shown)) for rowid, vector, is_shown in found)


def counts(store: Store, model: str) -> dict[str, int]:
    """How many vectors there are under the model, and how many texts still lack one."""
    return {"vectors": count(store, model), "missing": len(missing(store, model))}


def count(store: Store, model: str) -> int:
    """How many vectors there are under the model."""
    return int(store.execute("SELECT count(*) FROM embedding WHERE model = ?", (model,)).fetchone()[0])


def any_of(store: Store, model: str) -> bool:
    """Whether there is a vector under the model."""
    return store.execute("SELECT 1 FROM embedding WHERE model = ? LIMIT 1", (model,)).fetchone() is not None


def orphans(store: Store) -> int:
    """Vectors of texts that are nowhere any more."""
    sql = f"SELECT count(*) FROM embedding WHERE content_hash NOT IN ({_LIVE})"
    return int(store.execute(sql).fetchone()[0])


# Writing


def insert(store: Store, model: str, hashes: Sequence[str], matrix: NDArray[np.float32]) -> None:
    """Store vectors, shape (n, d), of these content hashes. One that is there already stays."""
    little = matrix.astype("<f4", copy=False)
    store.execute_many(
        "INSERT INTO embedding (content_hash, model, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(name, model, vector.tobytes()) for name, vector in zip(hashes, little, strict=True)],
    )


def delete_orphans(store: Store) -> int:
    """Delete vectors of texts that are nowhere any more; returns how many."""
    return store.execute(f"DELETE FROM embedding WHERE content_hash NOT IN ({_LIVE})").rowcount
