"""Table `decision`: what a person judged. Rows are only ever added; the newest about a target counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kb.store import _rows

VERDICTS = ("accepted", "rejected", "suggested")


def add(connection: sqlite3.Connection, target: str, verdict: str, at: str, basis: str, rule: str) -> None:
    """Record a verdict about a statement or link, with what had proposed it."""
    connection.execute(
        "INSERT INTO decision (target, verdict, basis, rule, at, note) VALUES (?, ?, ?, ?, ?, '')",
        (target, verdict, basis, rule, at),
    )


def verdicts(connection: sqlite3.Connection, targets: Iterable[str]) -> dict[str, str]:
    """The newest verdict about each of these statements and links that has one."""
    sql = "SELECT target, verdict FROM decision WHERE target IN ({}) ORDER BY rowid"
    return {row["target"]: row["verdict"] for row in _rows.in_chunks(connection, sql, targets)}


def apply(connection: sqlite3.Connection, source_rowid: int | None = None) -> None:
    """Give statements and links found again the status a person gave them before; all, or those of one source."""
    own = {
        "statement": "AND rowid IN (SELECT statement_rowid FROM mention WHERE source_rowid = ?)",
        "link": "AND owner_rowid = ?",
    }
    for table, condition in own.items():
        connection.execute(
            f"""UPDATE {table} SET status = (SELECT verdict FROM decision d WHERE d.target = {table}.id
                ORDER BY d.rowid DESC LIMIT 1)
            WHERE basis <> 'authored' AND id IN (SELECT target FROM decision)
            {condition if source_rowid is not None else ""}""",
            () if source_rowid is None else (source_rowid,),
        )


def count(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """Verdicts by basis: {basis: {accepted, rejected}}; only the newest about each target."""
    sql = """SELECT basis, verdict, count(*) AS n FROM decision d
        WHERE rowid = (SELECT max(rowid) FROM decision x WHERE x.target = d.target)
        GROUP BY basis, verdict"""
    counts: dict[str, dict[str, int]] = {}
    for row in connection.execute(sql):
        counts.setdefault(row["basis"], {})[row["verdict"]] = row["n"]
    return counts
