"""Tables `statement` and `mention`: propositions, and the verbatim spans in which somebody makes them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.model import rules
from kb.store import decisions
from kb.store import rows as _rows
from kb.text.strings import digest, fold, squash

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
    sql = """SELECT st.id, st.kind, st.basis, st.rule, st.status, st.confidence, st.created,
            group_concat(s.id, char(31)) AS sources, group_concat(coalesce(m.speaker, ''), char(31)) AS speakers
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


def lost_since(connection: sqlite3.Connection, at: str) -> list[dict[str, str]]:
    """What sources that changed since no longer say, though a person's decision keeps it: {id, text, source}."""
    sql = """SELECT st.id, st.text, s.id AS source FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        JOIN source s ON s.rowid = m.source_rowid WHERE m.lost AND s.updated >= ? ORDER BY st.rowid"""
    return [dict(row) for row in connection.execute(sql, (at,))]


def ids_of(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = ()) -> list[str]:
    """Ids of the statements that meet a condition on `st`."""
    return [row[0] for row in connection.execute(f"SELECT st.id FROM statement st WHERE {where}", values)]


def rowids(connection: sqlite3.Connection, statement_ids: Iterable[str]) -> dict[str, int]:
    """Rowids by id: vectors are kept under these."""
    return dict(tuple(r) for r in _rows.in_chunks(connection, _ROWIDS, statement_ids))


_ROWIDS = "SELECT id, rowid FROM statement WHERE id IN ({})"


def standing(
    connection: sqlite3.Connection, statement_ids: Iterable[str], where: str = "1", values: Sequence[Any] = ()
) -> set[str]:
    """Of these ids the statements that are said somewhere, not rejected, and meet a condition on `st`."""
    sql = f"""SELECT st.id FROM statement st WHERE st.id IN (SELECT value FROM json_each(?))
        AND st.status <> 'rejected' AND ({where})
        AND EXISTS (SELECT 1 FROM mention x WHERE x.statement_rowid = st.rowid AND NOT x.lost)"""
    return {row[0] for row in connection.execute(sql, (json.dumps(list(statement_ids)), *values))}


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


def by_wording(connection: sqlite3.Connection, model: str) -> list[sqlite3.Row]:
    """Suggested statements with a vector under the model that stand by their wording, or a heading's, alone.

    What is said in commentary on a source is put forward, however it is worded, and is not among them.
    """
    sql = f"""SELECT st.rowid, st.text, st.rule, st.confidence, e.vector FROM statement st
        JOIN embedding e ON e.content_hash = st.content_hash AND e.model = ?
        WHERE st.status = 'suggested' AND {_WORDED} ORDER BY st.rowid"""
    return connection.execute(sql, (model,)).fetchall()


_WORDED = f"""(st.basis = 'cue' OR st.rule IN ('{rules.HEADING}', '{rules.COMMENT_LEAD}'))
    AND NOT EXISTS (SELECT 1 FROM mention m
        JOIN passage p ON p.source_rowid = m.source_rowid AND p.ordinal = m.passage_ordinal
        WHERE m.statement_rowid = st.rowid AND p.about IS NOT NULL)"""


def decided_by_wording(connection: sqlite3.Connection, model: str) -> list[sqlite3.Row]:
    """The same of those that a person accepted (`kept` 1) or rejected (0), with a source that makes them."""
    sql = f"""SELECT st.id, st.text, st.rule, e.vector, d.verdict = 'accepted' AS kept,
            (SELECT min(m.source_rowid) FROM mention m WHERE m.statement_rowid = st.rowid) AS source
        FROM statement st JOIN embedding e ON e.content_hash = st.content_hash AND e.model = ?
        JOIN decision d ON d.rowid = (SELECT max(x.rowid) FROM decision x WHERE x.target = st.id)
        WHERE d.verdict <> 'suggested' AND {_WORDED} ORDER BY st.id"""
    return connection.execute(sql, (model,)).fetchall()


def ids(connection: sqlite3.Connection) -> dict[int, str]:
    """Ids by rowid, of all."""
    return dict(connection.execute("SELECT rowid, id FROM statement").fetchall())


def texts(connection: sqlite3.Connection, rowids: Iterable[int]) -> dict[int, str]:
    """Texts by rowid."""
    rows = _rows.in_chunks(connection, "SELECT rowid, text FROM statement WHERE rowid IN ({})", rowids)
    return {row["rowid"]: row["text"] for row in rows}


def worded(connection: sqlite3.Connection, words: str) -> str | None:
    """Id of the first statement with just these words, or None."""
    sql = "SELECT id FROM statement WHERE content_hash = ? AND status <> 'rejected' ORDER BY rowid"
    row = connection.execute(sql, (digest(squash(words)),)).fetchone()
    return str(row[0]) if row else None


def placed(connection: sqlite3.Connection, source_id: str, fragment: str) -> str | None:
    """Id of the statement that `fragment` names in a source: by its words, its ^block, or the heading it is under.

    Under a heading that is no statement itself the one that the author put first is meant.
    """
    wanted = fold(fragment)
    made = connection.execute(
        """SELECT st.id, st.text, m.start, m."end", p.label, p.kind, p.heading FROM mention m
        JOIN statement st ON st.rowid = m.statement_rowid JOIN source s ON s.rowid = m.source_rowid
        LEFT JOIN passage p ON p.source_rowid = m.source_rowid AND p.start <= m.start AND m."end" <= p."end"
        WHERE s.id = ? AND NOT m.lost AND st.status <> 'rejected' ORDER BY m.start""",
        (source_id,),
    ).fetchall()
    exact = (row["id"] for row in made if fold(row["text"]) == wanted)
    marked = (row["id"] for row in made if wanted.startswith("^") and fold(row["label"] or "") == wanted)
    heads = (row["id"] for row in made if row["kind"] == "heading" and fold(row["text"]).rstrip(".?!") == wanted)
    under = (row["id"] for row in made if any(fold(h) == wanted for h in json.loads(row["heading"] or "[]")[-1:]))
    return next((str(name) for found in (exact, marked, heads, under) for name in found), None)


# Writing


def insert(session: Session, connection: sqlite3.Connection, statements: Sequence[NewStatement]) -> None:
    """Add statements with their mentions. One that is there already keeps its status and gets the new mentions."""
    from kb.store.schema import Mention, Statement

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
    unjudged = f"""{here} AND (st.basis <> 'authored' OR st.rule LIKE '{rules.MARKED}%')
        AND st.id NOT IN ({decisions.JUDGED})
        AND NOT EXISTS (SELECT 1 FROM credence c WHERE c.statement_id = st.id)
        AND NOT EXISTS (SELECT 1 FROM link l WHERE (l.from_id = st.id OR l.to_id = st.id)
            AND (l.basis = 'authored' OR l.id IN ({decisions.JUDGED})))"""
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


def set_confidence(connection: sqlite3.Connection, values: Iterable[tuple[float, int]]) -> None:
    """Give statements a confidence, as (confidence, rowid)."""
    connection.executemany("UPDATE statement SET confidence = ? WHERE rowid = ?", values)


def set_status(connection: sqlite3.Connection, statement_id: str, status: str) -> None:
    connection.execute("UPDATE statement SET status = ? WHERE id = ?", (status, statement_id))


def set_words(connection: sqlite3.Connection, statement_id: str, text: str, kind: str, content_hash: str) -> None:
    """Put a person's wording and kind in the place of the old ones; the quotes stay."""
    sql = "UPDATE statement SET text = ?, kind = ?, content_hash = ? WHERE id = ?"
    connection.execute(sql, (text, kind, content_hash, statement_id))
