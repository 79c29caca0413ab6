"""Table `reference`: pointers from a text to other sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kb.model.document import Reference
from kb.store import rows as _rows

if TYPE_CHECKING:
    from sqlmodel import Session


def replace(
    session: Session,
    connection: sqlite3.Connection,
    source_rowid: int,
    references: Sequence[tuple[Reference, str, str | None]],
) -> None:
    """Put these references (with key and target id) in the place of the source's old ones."""
    from kb.store.schema import Reference as Row

    connection.execute("DELETE FROM reference WHERE source_rowid = ?", (source_rowid,))
    rows = [
        {
            "source_rowid": source_rowid,
            "ordinal": ordinal,
            "kind": reference.kind,
            "raw": reference.raw,
            "start": reference.start,
            "end": reference.end,
            "name": reference.target,
            "key": key,
            "alias": reference.alias,
            "fragment": reference.fragment,
            "target": target,
        }
        for ordinal, (reference, key, target) in enumerate(references)
    ]
    _rows.insert(session, Row, rows)


def of_source(connection: sqlite3.Connection, source_rowid: int) -> list[sqlite3.Row]:
    """References of a source in text order."""
    sql = "SELECT * FROM reference WHERE source_rowid = ? ORDER BY ordinal"
    return connection.execute(sql, (source_rowid,)).fetchall()


def as_dict(row: sqlite3.Row) -> dict[str, Any]:
    """A row in the shape of the interface."""
    return {
        "raw": row["raw"],
        "kind": row["kind"],
        "alias": row["alias"],
        "target": row["target"],
        "url": row["name"] if row["kind"] in {"url", "embed"} and "://" in row["name"] else None,
        "name": row["name"],
        "fragment": row["fragment"],
        "start": row["start"],
        "end": row["end"],
    }


def backlinks(connection: sqlite3.Connection, source_id: str) -> list[dict[str, Any]]:
    """The places that refer to a source, by source and place."""
    sql = """SELECT s.id AS source, s.title, r.raw, r.start, r.end FROM reference r
        JOIN source s ON s.rowid = r.source_rowid WHERE r.target = ? ORDER BY s.rowid, r.start"""
    return [dict(row) for row in connection.execute(sql, (source_id,))]


def resolve(connection: sqlite3.Connection, source_id: str, keys: Iterable[str]) -> None:
    """Point references that waited for a source with one of these keys to it."""
    for key in keys:
        connection.execute("UPDATE reference SET target = ? WHERE key = ? AND target IS NULL", (source_id, key))


def wikilinks_with_choice(connection: sqlite3.Connection, source_rowids: Iterable[int]) -> list[sqlite3.Row]:
    """Wikilinks of these sources whose name may mean several sources, or another than the present one."""
    sql = """SELECT r.rowid, r.source_rowid, r.name, r.target, s.path FROM reference r
        JOIN source s ON s.rowid = r.source_rowid
        WHERE r.kind IN ('wikilink', 'embed') AND r.key LIKE 'name:%' AND r.source_rowid IN ({})
        AND (SELECT count(*) FROM source_name n WHERE n.name_key = substr(r.key, 6)) > 1"""
    return list(_rows.in_chunks(connection, sql, source_rowids))


def retarget(connection: sqlite3.Connection, rowid: int, target: str) -> None:
    connection.execute("UPDATE reference SET target = ? WHERE rowid = ?", (target, rowid))
