"""Table `index_change`: which rows an index file has to look at again. Triggers write it.

A `Position` is how far a file has followed. Only a position that is found again, token and all, belongs to the past
of this store; a file with any other was made for another store, or for a state that a backup has replaced.
"""

from __future__ import annotations

from typing import NamedTuple

from kb.model.words import Table
from kb.store.open import Store


class Position(NamedTuple):
    """The last change that was looked at."""

    number: int
    token: int


NOWHERE = Position(0, 0)


def last(store: Store) -> Position:
    """The position of the store as it is now."""
    row = store.execute("SELECT rowid, token FROM index_change ORDER BY rowid DESC LIMIT 1").fetchone()
    return Position(*row) if row else NOWHERE


def since(store: Store, position: Position, table: Table) -> list[int] | None:
    """Rowids of the table that have changed since, ascending; None if the position is not known."""
    known = "SELECT 1 FROM index_change WHERE rowid = ? AND token = ?"
    if store.execute(known, position).fetchone() is None:
        return None
    sql = "SELECT DISTINCT changed_rowid FROM index_change WHERE rowid > ? AND searched = ? ORDER BY 1"
    return [row[0] for row in store.execute(sql, (position.number, table))]


def any_before(store: Store, position: Position) -> bool:
    """Whether there is something to forget."""
    sql = "SELECT 1 FROM index_change WHERE rowid < ? LIMIT 1"
    return store.execute(sql, (position.number,)).fetchone() is not None


def forget(store: Store, before: Position) -> None:
    """Delete what every index file has followed. The position itself stays, so that it is known."""
    store.execute("DELETE FROM index_change WHERE rowid < ?", (before.number,))
