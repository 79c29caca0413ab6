"""Table `link`: directed relations between statements, or between a statement and a whole source."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.model import ids, rules
from kb.store import decisions
from kb.store import rows as _rows

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class NewLink:
    """`from_id` supports, attacks, ... `to_id`. The evidence is a verbatim span of a source."""

    from_id: str
    to_id: str
    relation: str
    basis: str
    rule: str
    status: str
    score: float | None
    created: str
    owner_rowid: int | None = None
    evidence_rowid: int | None = None
    evidence_quote: str | None = None
    evidence_start: int | None = None
    evidence_end: int | None = None

    @property
    def id(self) -> str:
        """The same ends and relation are the same link, whichever rule found it."""
        return ids.make(ids.LINK, self.from_id, self.relation, self.to_id)


_COLUMNS = """l.rowid, l.id, l.from_id, l.to_id, l.relation, l.basis, l.rule, l.status, l.score,
    l.evidence_quote, l.evidence_start, l.evidence_end, s.id AS evidence_source"""
_FROM = "FROM link l LEFT JOIN source s ON s.rowid = l.evidence_rowid"


# Reading


def listed(
    connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = (), limit: int = -1
) -> list[dict[str, Any]]:
    """Links that meet a condition on `l`, signed ones first, best first."""
    sql = f"""SELECT {_COLUMNS} {_FROM} WHERE {where}
        ORDER BY l.relation = 'related', l.status <> 'accepted', l.score IS NULL, l.score DESC, l.rowid LIMIT ?"""
    return [as_dict(row) for row in connection.execute(sql, (*values, limit))]


def chosen(
    connection: sqlite3.Connection,
    *,
    relation: str | None = None,
    basis: str | None = None,
    status: str | None = None,
    about: str | None = None,
    limit: int = -1,
) -> list[dict[str, Any]]:
    """Links by what they are, and those about a source (its statements too), a statement or a link.

    Rejected ones only where `status` asks for them.
    """
    where, values = ["l.status <> 'rejected'" if status is None else "1"], []
    for column, wanted in (("relation", relation), ("basis", basis), ("status", status)):
        if wanted is not None:
            where.append(f"l.{column} = ?")
            values.append(wanted)
    if about is not None:
        inside = """SELECT st.id FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
            JOIN source s ON s.rowid = m.source_rowid WHERE s.id = ? AND NOT m.lost"""
        where.append(f"(? IN (l.id, l.from_id, l.to_id) OR l.from_id IN ({inside}) OR l.to_id IN ({inside}))")
        values += [about] * 3
    return listed(connection, " AND ".join(where), values, limit)


def read(connection: sqlite3.Connection, link_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Links by id, in the shape of the interface."""
    rows = _rows.in_chunks(connection, f"SELECT {_COLUMNS} {_FROM} WHERE l.id IN ({{}})", link_ids)
    return {row["id"]: as_dict(row) for row in rows}


def touching(connection: sqlite3.Connection, node_ids: Iterable[str]) -> list[dict[str, Any]]:
    """Links with an end among these ids, each once."""
    wanted = list(node_ids)
    found: dict[str, dict[str, Any]] = {}
    for end in ("from_id", "to_id"):
        for row in _rows.in_chunks(connection, f"SELECT {_COLUMNS} {_FROM} WHERE l.{end} IN ({{}})", wanted):
            found.setdefault(row["id"], as_dict(row))
    return list(found.values())


def outlines(connection: sqlite3.Connection, statuses: Sequence[str], relations: Sequence[str]) -> list[sqlite3.Row]:
    """Every link of these statuses and relations, without its evidence."""
    sql = f"""SELECT id, from_id, to_id, relation, basis, rule, status, score, created FROM link
        WHERE status IN ({", ".join("?" * len(statuses))}) AND relation IN ({", ".join("?" * len(relations))})
        ORDER BY rowid"""
    return connection.execute(sql, (*statuses, *relations)).fetchall()


def near(
    connection: sqlite3.Connection,
    ends: Iterable[str],
    *,
    statuses: Sequence[str],
    relations: Sequence[str],
    bases: Sequence[str] = (),
) -> dict[str, sqlite3.Row]:
    """By id the links with an end among these ids, without their evidence; of any basis where none is named."""
    wanted = json.dumps(list(ends))
    limits = [("status", statuses), ("relation", relations), *([("basis", bases)] if bases else [])]
    where = "".join(f" AND {column} IN ({', '.join('?' * len(values))})" for column, values in limits)
    given = [value for _, values in limits for value in values]
    found: dict[str, sqlite3.Row] = {}
    for end in ("from_id", "to_id"):
        sql = f"""SELECT id, from_id, to_id, relation, basis, rule, status, score FROM link
            WHERE {end} IN (SELECT value FROM json_each(?)){where}"""
        found.update((row["id"], row) for row in connection.execute(sql, (wanted, *given)))
    return found


def outlined(connection: sqlite3.Connection, link_ids: Iterable[str]) -> dict[str, sqlite3.Row]:
    """Links by id, without their evidence."""
    sql = "SELECT id, from_id, to_id, relation, basis, rule, status, score FROM link WHERE id IN ({})"
    return {row["id"]: row for row in _rows.in_chunks(connection, sql, link_ids)}


_SAID = """SELECT {end} AS id, {weight} AS n FROM link
    WHERE relation IN ('supports', 'attacks', 'undercuts') AND status <> 'rejected'"""


def discussion(connection: sqlite3.Connection, ends: Iterable[str]) -> dict[str, int]:
    """How much is said about these ids: links with a sign that end there count twice, those that start there once."""
    wanted = json.dumps(list(ends))
    parts = [
        _SAID.format(end=end, weight=weight) + f" AND {end} IN (SELECT value FROM json_each(?))"
        for end, weight in (("to_id", 2), ("from_id", 1))
    ]
    sql = f"SELECT id, sum(n) FROM ({' UNION ALL '.join(parts)}) GROUP BY id"
    return dict(tuple(row) for row in connection.execute(sql, (wanted, wanted)))


def most_discussed(
    connection: sqlite3.Connection, limit: int, where: str | None = None, values: Sequence[Any] = ()
) -> list[str]:
    """The statements that meet a condition on `st` about which most is said; without one, sources are among them."""
    ends = f"{_SAID.format(end='to_id', weight=2)} UNION ALL {_SAID.format(end='from_id', weight=1)}"
    among = f"said.id IN (SELECT st.id FROM statement st WHERE st.status <> 'rejected' AND {where or '1'})"
    if where is None:
        among += " OR said.id IN (SELECT id FROM source)"
    sql = f"""WITH said AS (SELECT id, sum(n) AS n FROM ({ends}) GROUP BY id)
        SELECT said.id FROM said WHERE {among} ORDER BY said.n DESC, said.id LIMIT ?"""
    return [row[0] for row in connection.execute(sql, (*values, limit))]


def reasons(connection: sqlite3.Connection, source_rowid: int) -> dict[str, str]:
    """Of the statements that a source makes to support one of its own: the link by which each does."""
    sql = """SELECT l.from_id, l.id FROM link l JOIN statement st ON st.id = l.from_id
        JOIN mention m ON m.statement_rowid = st.rowid
        WHERE m.source_rowid = ? AND l.relation = 'supports' AND l.status <> 'rejected' ORDER BY l.rowid DESC"""
    return {row[0]: row[1] for row in connection.execute(sql, (source_rowid,))}


def count_rule(connection: sqlite3.Connection, rule: str) -> int:
    """How many links one rule proposed."""
    return int(connection.execute("SELECT count(*) FROM link WHERE rule = ?", (rule,)).fetchone()[0])


def to_texts(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Links from what is said about a text, in a comment or in notes, to that text as a whole, with its authors."""
    sql = f"""SELECT l.*, f.rowid AS from_rowid, s.rowid AS source_rowid, (SELECT group_concat(p.name, char(31))
            FROM authorship a JOIN person p ON p.rowid = a.person_rowid WHERE a.source_rowid = s.rowid) AS authors
        FROM link l JOIN statement f ON f.id = l.from_id JOIN source s ON s.id = l.to_id
        WHERE l.rule IN ('{rules.COMMENTARY}', '{rules.COMMENT_ON_POST}', '{rules.QUOTED_REPLY}')
            AND l.status <> 'rejected' ORDER BY l.rowid"""
    return connection.execute(sql).fetchall()


def aims(connection: sqlite3.Connection, source_rowid: int) -> list[sqlite3.Row]:
    """What a text asserts and stands to be answered: its statements but questions and what is hardly one."""
    sql = """SELECT st.rowid, st.id, st.kind, max(m.speaker) AS speaker FROM mention m
        JOIN statement st ON st.rowid = m.statement_rowid
        WHERE m.source_rowid = ? AND NOT m.lost AND st.status <> 'rejected' AND st.kind <> 'question'
            AND coalesce(st.confidence, 1) >= 0.5 GROUP BY st.rowid"""
    return connection.execute(sql, (source_rowid,)).fetchall()


def noting(connection: sqlite3.Connection, source_id: str) -> list[str]:
    """Ids of the sources in which a person's notation points to a place inside this source."""
    sql = f"""SELECT DISTINCT s.id FROM reference r JOIN source s ON s.rowid = r.source_rowid
        WHERE r.target = ? AND r.fragment IS NOT NULL AND s.id <> ? AND EXISTS
        (SELECT 1 FROM link l WHERE l.owner_rowid = s.rowid AND l.rule LIKE '{rules.MARKED}%') ORDER BY s.rowid"""
    return [row[0] for row in connection.execute(sql, (source_id, source_id))]


def as_dict(row: sqlite3.Row) -> dict[str, Any]:
    """A row of the columns above as the interface's Link."""
    evidence = None
    if row["evidence_quote"] is not None and row["evidence_source"] is not None:
        evidence = {
            "source": row["evidence_source"],
            "quote": row["evidence_quote"],
            "start": row["evidence_start"],
            "end": row["evidence_end"],
        }
    return {
        "id": row["id"],
        "from": row["from_id"],
        "to": row["to_id"],
        "relation": row["relation"],
        "basis": row["basis"],
        "rule": row["rule"],
        "status": row["status"],
        "score": row["score"],
        "evidence": evidence,
    }


# Writing


def insert(session: Session, connection: sqlite3.Connection, links: Sequence[NewLink]) -> None:
    """Add links. The best-scored of several with the same ends and relation stays; one already there stays."""
    from kb.store.schema import Link

    best: dict[str, NewLink] = {}
    for link in links:
        if link.from_id != link.to_id and (link.id not in best or (link.score or 0) > (best[link.id].score or 0)):
            best[link.id] = link
    there = {row["id"] for row in _rows.in_chunks(connection, "SELECT id FROM link WHERE id IN ({})", best)}
    names = NewLink.__dataclass_fields__
    _rows.insert(
        session,
        Link,
        [{"id": key} | {n: getattr(link, n) for n in names} for key, link in best.items() if key not in there],
    )


def clear(connection: sqlite3.Connection, owner_rowid: int) -> None:
    """Drop what the extraction of a source proposed and nobody judged."""
    connection.execute(f"DELETE FROM link WHERE owner_rowid = ? AND id NOT IN ({decisions.JUDGED})", (owner_rowid,))


def clear_dangling(connection: sqlite3.Connection) -> None:
    """Drop inferred, unjudged links whose ends are gone."""
    connection.execute(
        f"""DELETE FROM link WHERE basis <> 'authored' AND id NOT IN ({decisions.JUDGED}) AND (
        (from_id NOT IN (SELECT id FROM statement) AND from_id NOT IN (SELECT id FROM source)) OR
        (to_id NOT IN (SELECT id FROM statement) AND to_id NOT IN (SELECT id FROM source)
            AND to_id NOT IN (SELECT id FROM link)))"""
    )


def clear_ends(connection: sqlite3.Connection, gone: Iterable[str]) -> None:
    """Drop inferred, unjudged links of statements that are gone."""
    for name in gone:
        connection.execute(
            f"""DELETE FROM link WHERE (from_id = ? OR to_id = ?) AND basis <> 'authored'
            AND id NOT IN ({decisions.JUDGED})
            AND NOT EXISTS (SELECT 1 FROM statement WHERE id = ?)""",
            (name, name, name),
        )


def clear_evidence(connection: sqlite3.Connection, source_rowid: int, text: str) -> None:
    """Evidence whose quote a new text no longer has at its place is found again or let go."""
    sql = "SELECT rowid, evidence_quote, evidence_start FROM link WHERE evidence_rowid = ?"
    for row in connection.execute(sql, (source_rowid,)).fetchall():
        at = text.find(row["evidence_quote"] or "\0")
        connection.execute(
            "UPDATE link SET evidence_rowid = ?, evidence_start = ?, evidence_end = ? WHERE rowid = ?",
            (source_rowid, at, at + len(row["evidence_quote"]), row["rowid"])
            if at >= 0
            else (None, None, None, row["rowid"]),
        )


def set_status(connection: sqlite3.Connection, link_id: str, status: str) -> None:
    connection.execute("UPDATE link SET status = ? WHERE id = ?", (status, link_id))


def clear_rule(connection: sqlite3.Connection, rule: str) -> None:
    """Drop what one rule proposed and nobody judged."""
    connection.execute(f"DELETE FROM link WHERE rule = ? AND id NOT IN ({decisions.JUDGED})", (rule,))


def delete(connection: sqlite3.Connection, link_id: str) -> None:
    """Take back a link that a person has just written."""
    connection.execute("DELETE FROM link WHERE id = ?", (link_id,))
