"""Tables `statement` and `mention`: propositions, and the verbatim spans in which somebody makes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.store import _rows

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class NewMention:
    """A verbatim span: `source.text[start:end] == quote`."""

    source_rowid: int
    quote: str
    start: int
    end: int
    speaker: str | None = None
    passage_ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class NewStatement:
    id: str
    kind: str
    text: str
    basis: str
    rule: str
    status: str
    confidence: float | None
    created: str
    content_hash: str
    mentions: tuple[NewMention, ...]


# Reading


def read(connection: sqlite3.Connection, statement_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Statements by id, in the shape of the interface."""
    rows = list(_rows.in_chunks(connection, "SELECT * FROM statement WHERE id IN ({})", statement_ids))
    return {statement["id"]: statement for statement in _with_mentions(connection, rows)}


def listed(
    connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = (), limit: int = -1
) -> list[dict[str, Any]]:
    """Statements that meet a condition on `st`, in the order of their texts."""
    sql = f"""SELECT st.* FROM statement st
        LEFT JOIN (SELECT statement_rowid, min(source_rowid * 100000000 + start) AS place FROM mention
            WHERE NOT lost GROUP BY statement_rowid) m ON m.statement_rowid = st.rowid
        WHERE m.place IS NOT NULL AND {where} ORDER BY m.place LIMIT ?"""
    return _with_mentions(connection, connection.execute(sql, (*values, limit)).fetchall())


def _with_mentions(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> list[dict[str, Any]]:
    mentions: dict[int, list[dict[str, Any]]] = {}
    sql = """SELECT m.statement_rowid, s.id AS source, m.speaker, m.quote, m.start, m.end
        FROM mention m JOIN source s ON s.rowid = m.source_rowid
        WHERE NOT m.lost AND m.statement_rowid IN ({}) ORDER BY m.source_rowid, m.start"""
    for row in _rows.in_chunks(connection, sql, [row["rowid"] for row in rows]):
        mention = dict(row)
        mentions.setdefault(mention.pop("statement_rowid"), []).append(mention)
    return [
        {
            "id": row["id"],
            "kind": row["kind"],
            "text": row["text"],
            "status": row["status"],
            "basis": row["basis"],
            "rule": row["rule"],
            "confidence": row["confidence"],
            "mentions": mentions.get(row["rowid"], []),
        }
        for row in rows
    ]


def outlines(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Of every statement that is said somewhere and not rejected: what it is, its sources and speakers, no text.

    `sources` and `speakers` are joined by the character 31.
    """
    sql = """SELECT st.id, st.kind, st.status, st.confidence, st.created, group_concat(s.id, char(31)) AS sources,
            group_concat(coalesce(m.speaker, ''), char(31)) AS speakers
        FROM statement st JOIN mention m ON m.statement_rowid = st.rowid JOIN source s ON s.rowid = m.source_rowid
        WHERE NOT m.lost AND st.status <> 'rejected' GROUP BY st.rowid ORDER BY st.rowid"""
    return connection.execute(sql).fetchall()


def of_source(connection: sqlite3.Connection, source_rowid: int) -> list[dict[str, Any]]:
    """Statements made in a source, in text order."""
    where = "EXISTS (SELECT 1 FROM mention x WHERE x.statement_rowid = st.rowid AND x.source_rowid = ? AND NOT x.lost)"
    return listed(connection, where, (source_rowid,))


def lost(connection: sqlite3.Connection) -> int:
    """How many mentions a person's decision keeps though the text no longer has them."""
    return int(connection.execute("SELECT count(*) FROM mention WHERE lost").fetchone()[0])


def unanswered(connection: sqlite3.Connection) -> set[str]:
    """Ids of critiques that attack something while nothing recorded attacks or undercuts them."""
    sql = """SELECT st.id FROM statement st WHERE st.kind = 'critique' AND st.status <> 'rejected'
        AND EXISTS (SELECT 1 FROM link l WHERE l.from_id = st.id AND l.relation = 'attacks' AND l.status <> 'rejected')
        AND NOT EXISTS (SELECT 1 FROM link l WHERE l.to_id = st.id AND l.relation IN ('attacks', 'undercuts')
            AND l.status <> 'rejected')"""
    return {row[0] for row in connection.execute(sql)}


def taken(connection: sqlite3.Connection, statement_id: str) -> bool:
    return connection.execute("SELECT 1 FROM statement WHERE id = ?", (statement_id,)).fetchone() is not None


def at(connection: sqlite3.Connection, source_rowid: int, start: int, end: int) -> list[str]:
    """Ids of the statements made in just this span of a source."""
    sql = """SELECT st.id FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        WHERE m.source_rowid = ? AND m.start = ? AND m."end" = ? AND NOT m.lost ORDER BY st.rowid"""
    return [row[0] for row in connection.execute(sql, (source_rowid, start, end))]


def places(connection: sqlite3.Connection, source_rowid: int) -> list[tuple[str, int, int]]:
    """Where a source makes its statements: (id, start, end), rejected ones left out."""
    sql = """SELECT st.id, m.start, m."end" FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        WHERE m.source_rowid = ? AND NOT m.lost AND st.status <> 'rejected' ORDER BY m.start"""
    return [(row[0], row[1], row[2]) for row in connection.execute(sql, (source_rowid,))]


# Writing


def insert(session: Session, connection: sqlite3.Connection, statements: Sequence[NewStatement]) -> None:
    """Add statements with their mentions. One that is there already keeps its status and gets the new mentions."""
    from kb.schema import Mention, Statement

    there = {
        row["id"]: row["rowid"]
        for row in _rows.in_chunks(
            connection, "SELECT id, rowid FROM statement WHERE id IN ({})", [s.id for s in statements]
        )
    }
    new = [s for s in statements if s.id not in there]
    names = ("id", "kind", "text", "basis", "rule", "status", "confidence", "created", "content_hash")
    _rows.insert(session, Statement, [{name: getattr(s, name) for name in names} for s in new])
    sql = "SELECT id, rowid FROM statement WHERE id IN ({})"
    rowids = {row["id"]: row["rowid"] for row in _rows.in_chunks(connection, sql, [s.id for s in statements])}
    standing = {
        (row["statement_rowid"], row["source_rowid"], row["start"])
        for row in _rows.in_chunks(
            connection, "SELECT * FROM mention WHERE NOT lost AND statement_rowid IN ({})", there.values()
        )
    }
    _rows.insert(
        session,
        Mention,
        [
            {
                "statement_rowid": rowids[statement.id],
                "source_rowid": mention.source_rowid,
                "passage_ordinal": mention.passage_ordinal,
                "speaker": mention.speaker,
                "quote": mention.quote,
                "start": mention.start,
                "end": mention.end,
                "lost": False,
            }
            for statement in statements
            for mention in statement.mentions
            if (rowids[statement.id], mention.source_rowid, mention.start) not in standing
        ],
    )


def clear(connection: sqlite3.Connection, source_rowid: int, text: str) -> set[str]:
    """Make room for a new extraction of a source whose text is now `text`. Returns the ids that went.

    What the program inferred and nobody judged goes; what a person wrote or judged stays: its quote is found
    again at its new place, or marked lost.
    """
    here = """SELECT DISTINCT st.rowid, st.id FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        WHERE m.source_rowid = ?"""
    unjudged = f"""{here} AND st.basis <> 'authored'
        AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.target = st.id)
        AND NOT EXISTS (SELECT 1 FROM link l WHERE (l.from_id = st.id OR l.to_id = st.id)
            AND (l.basis = 'authored' OR EXISTS (SELECT 1 FROM decision d WHERE d.target = l.id)))"""
    going = connection.execute(unjudged, (source_rowid,)).fetchall()
    for rowid, _ in going:
        connection.execute("DELETE FROM mention WHERE statement_rowid = ? AND source_rowid = ?", (rowid, source_rowid))
        connection.execute(
            "DELETE FROM statement WHERE rowid = ? AND NOT EXISTS (SELECT 1 FROM mention WHERE statement_rowid = ?)",
            (rowid, rowid),
        )
    for mention in connection.execute("SELECT * FROM mention WHERE source_rowid = ?", (source_rowid,)).fetchall():
        at = _nearest(text, mention["quote"], mention["start"])
        if at is None:
            connection.execute("UPDATE mention SET lost = 1 WHERE rowid = ?", (mention["rowid"],))
        else:
            connection.execute(
                'UPDATE mention SET lost = 0, start = ?, "end" = ?, passage_ordinal = NULL WHERE rowid = ?',
                (at, at + len(mention["quote"]), mention["rowid"]),
            )
    return {name for rowid, name in going}


def _nearest(text: str, quote: str, place: int) -> int | None:
    """Where the quote stands nearest to where it stood, or None."""
    before, after = text.rfind(quote, 0, place + len(quote)), text.find(quote, place)
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - place), default=None)


def set_status(connection: sqlite3.Connection, statement_id: str, status: str) -> None:
    connection.execute("UPDATE statement SET status = ? WHERE id = ?", (status, statement_id))
