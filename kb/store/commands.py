"""Tables `command` and `step`: which command wrote what, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.model.words import CommandKind
from kb.store import access, events
from kb.store.engine import change_log
from kb.store.engine.sqlite import Row
from kb.store.open import Store, Unit, now

KEPT = 200
"""Commands that can be taken back."""
MOST_CHANGES = 2_000_000
"""Changes of rows that are kept for it, besides those of the newest command."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command that wrote. `undoable`: its changes are still known."""

    number: int
    at: str
    words: str
    kind: CommandKind
    reverts: int | None
    undone: bool
    undoable: bool


def begin(store: Store) -> int:
    """The number of the newest change, before a transaction."""
    return change_log.last(store.connection)


def note(store: Store, unit: Unit, before: int) -> int | None:
    """Note, at the end of a transaction, what it changed since `before` as a step of its command.

    Returns the number of the command; None where it has changed nothing so far.
    """
    last = change_log.last(store.connection)
    if last == before:
        return unit.number
    number = unit.number
    if number is None or access.found(store, "SELECT 1 FROM command WHERE rowid = ? AND undone", (number,)):
        _forget(store, last)
        number = _insert(store, unit)
    store.execute("INSERT INTO step (command_rowid, first, last) VALUES (?, ?, ?)", (number, before + 1, last))
    if unit.kind == "did":
        events.note(store, number, before + 1, last)
    return number


def _insert(store: Store, unit: Unit) -> int:
    from kb.store.schema import Command

    row = {"at": now(), "words": unit.words, "kind": unit.kind, "reverts": unit.reverts}
    return access.insert_one(store, Command, row)


def _forget(store: Store, last: int) -> None:
    """Let go of changes that are too old or too many. What a command did can be taken back as a whole only."""
    old = access.number(
        store,
        """SELECT coalesce(max(s.last), 0) FROM step s WHERE s.command_rowid <=
            (SELECT c.rowid FROM command c WHERE c.kind = 'did' ORDER BY c.rowid DESC LIMIT 1 OFFSET ?)""",
        (KEPT - 1,),
    )
    newest = access.number(
        store,
        "SELECT coalesce(min(first), 1) FROM step WHERE command_rowid = (SELECT max(command_rowid) FROM step)",
    )
    limit = max(old, min(last - MOST_CHANGES, newest - 1))
    if limit > 0 and access.found(store, "SELECT 1 FROM step WHERE first <= ?", (limit,)):
        store.execute("DELETE FROM row_change WHERE rowid <= ?", (limit,))
        store.execute(
            "DELETE FROM step WHERE command_rowid IN (SELECT command_rowid FROM step WHERE first <= ?)", (limit,)
        )


_COLUMNS = """c.rowid, c.at, c.words, c.kind, c.reverts, c.undone,
    EXISTS (SELECT 1 FROM step s WHERE s.command_rowid = c.rowid)"""


def newest(store: Store, limit: int | None = None) -> list[Command]:
    """Commands that wrote, the last one first."""
    sql = f"SELECT {_COLUMNS} FROM command c WHERE c.kind = 'did' ORDER BY c.rowid DESC"
    return [_command(row) for row in access.limited(store, sql, (), limit)]


def standing(store: Store, kind: CommandKind, limit: int | None = None) -> list[Command]:
    """Commands of this kind that were not taken back, that which wrote last first."""
    sql = f"""SELECT {_COLUMNS} FROM command c WHERE c.kind = ? AND NOT c.undone
        ORDER BY coalesce((SELECT max(s.last) FROM step s WHERE s.command_rowid = c.rowid), 0) DESC, c.rowid DESC"""
    return [_command(row) for row in access.limited(store, sql, (kind,), limit)]


def read(store: Store, number: int) -> Command | None:
    """The command of this number."""
    row = store.execute(f"SELECT {_COLUMNS} FROM command c WHERE c.rowid = ?", (number,)).fetchone()
    return _command(row) if row else None


def _command(row: Row) -> Command:
    number, at, words, kind, reverts, undone, undoable = row
    return Command(number, at, words, kind, reverts, bool(undone), bool(undoable))


def changed(store: Store, number: int) -> int:
    """How many changes of rows a command made."""
    return access.number(
        store, "SELECT coalesce(sum(last - first + 1), 0) FROM step WHERE command_rowid = ?", (number,)
    )


def sources_of(store: Store, number: int) -> list[str]:
    """Ids of the sources that a command brought or changed."""
    sql = """SELECT DISTINCT s.id FROM step t JOIN row_change r ON r.rowid BETWEEN t.first AND t.last
        JOIN source s ON s.rowid = CAST(r."key" AS INTEGER)
        WHERE t.command_rowid = ? AND r.changed = 'source' ORDER BY s.id"""
    return [row[0] for row in store.execute(sql, (number,))]


def since(store: Store, number: int) -> list[Command]:
    """Commands that began to write after this one did, undone since or not, the oldest first."""
    sql = f"SELECT {_COLUMNS} FROM command c WHERE c.kind = 'did' AND c.rowid > ? ORDER BY c.rowid"
    return [_command(row) for row in store.execute(sql, (number,))]


def interleaved(store: Store, number: int) -> list[Command]:
    """Commands that stand and that changed rows which this one had changed, while it went on."""
    first, last = "SELECT min(o.first)", "SELECT max(o.last)"
    span = "FROM step o WHERE o.command_rowid = ?"
    beside = f"""SELECT s.command_rowid, s.first, s.last FROM step s JOIN command c ON c.rowid = s.command_rowid
        WHERE s.command_rowid <> ? AND c.kind = 'did' AND NOT c.undone
        AND s.first > ({first} {span}) AND s.last < ({last} {span})"""
    steps = store.execute(beside, (number, number, number)).fetchall()
    shared = """SELECT 1 FROM row_change r WHERE r.rowid BETWEEN ? AND ? AND (r.changed, r."key") IN (
        SELECT r2.changed, r2."key" FROM row_change r2 JOIN step s ON r2.rowid BETWEEN s.first AND s.last
        WHERE s.command_rowid = ?)"""
    found = dict.fromkeys(one for one, start, end in steps if access.found(store, shared, (start, end, number)))
    return [command for one in found if (command := read(store, one)) is not None]


def take_back(store: Store, number: int) -> Iterator[int]:
    """Take back the changes of a command, newest first, inside a transaction; yields how many are done so far."""
    steps = store.execute("SELECT first, last FROM step WHERE command_rowid = ? ORDER BY last DESC", (number,))
    done = 0
    for first, last in steps.fetchall():
        for one in change_log.take_back(store.connection, first, last):
            yield done + one
        done += last - first + 1


def set_undone(store: Store, number: int, undone: bool) -> None:
    """Note that a command was taken back, or given again."""
    store.execute("UPDATE command SET undone = ? WHERE rowid = ?", (undone, number))
