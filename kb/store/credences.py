"""Table `credence`: how likely people held statements to be. Rows are only ever added; of each person the newest
counts. A row outlives its statement, like a decision, and counts again when the statement is found again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kb.store import rows as _rows


@dataclass(frozen=True, slots=True)
class Credence:
    """How likely `who` held a statement to be at a time: a probability from `low` to `high`."""

    statement_id: str
    who: str
    low: float
    high: float
    at: str
    note: str = ""

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def withdrawn(self) -> bool:
        """Anything from 0 to 1 says nothing: so a credence is taken back."""
        return self.low == 0 and self.high == 1

    def as_dict(self) -> dict[str, Any]:
        """Without the statement, which it hangs under."""
        return {"who": self.who, "low": self.low, "high": self.high, "at": self.at, "note": self.note}


_COLUMNS = "statement_id, who, low, high, at, note"


def read(connection: sqlite3.Connection, statement_ids: Iterable[str] | None = None) -> dict[str, list[Credence]]:
    """Every credence ever given, by statement, oldest first; of these statements, or of all."""
    if statement_ids is None:
        rows: Iterable[sqlite3.Row] = connection.execute(f"SELECT {_COLUMNS} FROM credence ORDER BY at, rowid")
    else:
        sql = f"SELECT {_COLUMNS} FROM credence WHERE statement_id IN ({{}}) ORDER BY at, rowid"
        rows = _rows.in_chunks(connection, sql, statement_ids)
    found: dict[str, list[Credence]] = {}
    for row in rows:
        found.setdefault(row["statement_id"], []).append(Credence(*row))
    return found


def names(connection: sqlite3.Connection) -> list[str]:
    """Everybody who has given a credence."""
    return [row[0] for row in connection.execute("SELECT DISTINCT who FROM credence ORDER BY who")]


def count(connection: sqlite3.Connection) -> int:
    """How many credences were ever given."""
    return int(connection.execute("SELECT count(*) FROM credence").fetchone()[0])


def add(connection: sqlite3.Connection, new: Credence) -> bool:
    """Record a credence; False where this very row is there already."""
    values = (new.statement_id, new.who, new.low, new.high, new.at, new.note)
    sql = "SELECT 1 FROM credence WHERE statement_id = ? AND who = ? AND low = ? AND high = ? AND at = ? AND note = ?"
    if connection.execute(sql, values).fetchone():
        return False
    connection.execute(f"INSERT INTO credence ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", values)
    return True


def of_gone(connection: sqlite3.Connection) -> dict[str, int]:
    """Statements with a credence that are not there any more, with how many credences."""
    sql = """SELECT statement_id, count(*) FROM credence
        WHERE statement_id NOT IN (SELECT id FROM statement) GROUP BY statement_id ORDER BY statement_id"""
    return {row[0]: row[1] for row in connection.execute(sql)}
