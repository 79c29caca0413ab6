"""Table `credence`: how likely people held statements to be. Rows are only ever added; of each person the newest
counts. A row outlives its statement, like a decision, and counts again when the statement is found again.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.model.credence import Credence
from kb.store import access, people, same_as
from kb.store.engine.sqlite import Row
from kb.store.open import Store

_COLUMNS = "statement_id, who, low, high, at, note"


def read(store: Store, statement_ids: Iterable[str] | None = None) -> dict[str, list[Credence]]:
    """Every credence ever given, by statement, oldest first; of these statements, or of all that were not joined.

    People as they are known.
    """
    known = people.known_as(store)
    if statement_ids is None:
        sql = f"SELECT {_COLUMNS} FROM credence WHERE statement_id NOT IN ({same_as.JOINED}) ORDER BY at, rowid"
        rows: Iterable[Row] = store.execute(sql)
    else:
        sql = f"SELECT {_COLUMNS} FROM credence WHERE statement_id IN ({{}}) ORDER BY at, rowid"
        rows = access.in_chunks(store, sql, statement_ids)
    found: dict[str, list[Credence]] = {}
    for row in rows:
        statement, who, *given = row
        found.setdefault(statement, []).append(Credence(statement, known(who), *given))
    return found


def names(store: Store) -> list[str]:
    """Everybody who has given a credence, by the names that were given."""
    return [row[0] for row in store.execute("SELECT DISTINCT who FROM credence ORDER BY who")]


def count(store: Store) -> int:
    """How many credences were ever given."""
    return access.number(store, f"SELECT count(*) FROM credence WHERE statement_id NOT IN ({same_as.JOINED})")


def add(store: Store, new: Credence) -> bool:
    """Record a credence; False where this very row is there already."""
    values = (new.statement_id, new.who, new.low, new.high, new.at, new.note)
    sql = "SELECT 1 FROM credence WHERE statement_id = ? AND who = ? AND low = ? AND high = ? AND at = ? AND note = ?"
    if access.found(store, sql, values):
        return False
    store.execute(f"INSERT INTO credence ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", values)
    return True


def of_gone(store: Store) -> dict[str, int]:
    """Statements with a credence that are not there any more, with how many credences."""
    sql = f"""SELECT statement_id, count(*) FROM credence
        WHERE statement_id NOT IN (SELECT id FROM statement) AND statement_id NOT IN ({same_as.JOINED})
        GROUP BY statement_id ORDER BY statement_id"""
    return {row[0]: row[1] for row in store.execute(sql)}
