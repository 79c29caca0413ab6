"""Triggers of SQLite that note every change of what people see, with the old values, so that it can be undone.

They are made from the columns that a table has: a migration that adds a column calls `follow` for its table again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kb.store.engine.sqlite import Connection, Row

FOLLOWED = (
    "source", "source_key", "source_name", "same_as", "copied", "same_person", "other_person", "edit", "tag", "person",
    "authorship", "passage", "reference", "statement", "mention", "link", "proposal", "decision", "credence", "reading",
    "revisit", "seen_file", "source_fact",
)  # fmt: skip
"""Tables whose changes are noted: not vectors and what can be made again, not what lies in a vault's folder."""

_APART = {"source": ("text", "original"), "statement": ("confidence",)}
"""Columns noted by themselves: large ones that seldom change, and one that changes for many rows at once."""

_NOT_NEWS = {"source": ("citekey_used",), "source_fact": ("number", "said")}
"""Columns whose change is not noted: what a manuscript may hold by now is not undone, nor what a site counts."""

Value = str | int | float | bytes | None


class _Column(NamedTuple):
    name: str
    type: str

    def old(self) -> str:
        """The old value as JSON may hold it: exact, whatever the type is."""
        name = f'old."{self.name}"'
        if self.type == "FLOAT":
            return f"CASE WHEN {name} IS NULL THEN NULL ELSE quote({name}) END"
        if self.type == "BLOB":
            return f"CASE WHEN {name} IS NULL THEN NULL ELSE hex({name}) END"
        return name

    def value(self, stored: str | int | None) -> Value:
        """What `old` wrote, as it was."""
        if stored is None or self.type not in ("FLOAT", "BLOB"):
            return stored
        return float(stored) if self.type == "FLOAT" else bytes.fromhex(str(stored))


def follow(run: Callable[[str], Iterable[Sequence[Any]]], *tables: str) -> None:
    """Make, or make anew, the triggers of these tables as they are now; `run` executes one statement of SQL.

    A table that a later migration makes is passed over: that one follows it.
    """
    for table in tables:
        for event in ("insert", "update", "update_apart", "delete"):
            run(f"DROP TRIGGER IF EXISTS {table}_{event}_noted")
        if known := columns(run, table):
            for statement in _triggers(table, known):
                run(statement)


def columns(run: Callable[[str], Iterable[Sequence[Any]]], table: str) -> list[_Column]:
    """The columns of a table, with their types; the primary key is the first."""
    return [_Column(row[1], row[2]) for row in run(f'PRAGMA table_info("{table}")')]


def _triggers(table: str, known: list[_Column]) -> Iterator[str]:
    apart = [column for column in known if column.name in _APART.get(table, ())]
    rest = [column for column in known if column not in apart and column.name not in _NOT_NEWS.get(table, ())]
    yield _trigger(table, "insert", "AFTER INSERT", "1", "new", "NULL", known)
    yield _trigger(table, "update", "AFTER UPDATE", _differs(rest), "old", _object(rest), known)
    if apart:
        yield _trigger(table, "update_apart", "AFTER UPDATE", _differs(apart), "old", _object(apart), known)
    yield _trigger(table, "delete", "AFTER DELETE", "1", "old", _object(known), known)


def _trigger(table: str, name: str, event: str, when: str, row: str, old: str, known: list[_Column]) -> str:
    action = name.partition("_")[0]
    return f"""CREATE TRIGGER {table}_{name}_noted {event} ON {table} WHEN {when} BEGIN
        INSERT INTO row_change (changed, "key", action, old)
        VALUES ('{table}', {row}."{known[0].name}", '{action}', {old}); END"""


def _differs(known: list[_Column]) -> str:
    return " OR ".join(f'old."{column.name}" IS NOT new."{column.name}"' for column in known)


def _object(known: list[_Column]) -> str:
    pairs = ", ".join(f"'{column.name}', {column.old()}" for column in known)
    return f"json_object({pairs})"


def last(connection: Connection) -> int:
    """The number of the newest change ever noted; 0 where there is none."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'row_change'").fetchone()
    return int(row[0]) if row else 0


def take_back(connection: Connection, first: int, final: int) -> Iterator[int]:
    """Take back the changes from `first` to `final`, newest first, inside a transaction. Yields how many are done.

    Raises:
        sqlite3.IntegrityError: something else stands where a row was.
    """
    connection.execute("PRAGMA defer_foreign_keys = 1")  # rows come back before those that they belong to
    known: dict[str, dict[str, _Column]] = {}
    sql = 'SELECT rowid, changed, "key", action, old FROM row_change WHERE rowid BETWEEN ? AND ? ORDER BY rowid DESC'
    for done, row in enumerate(connection.execute(sql, (first, final)).fetchall(), 1):
        table = str(row["changed"])
        if table not in known:
            known[table] = {one.name: one for one in columns(connection.execute, table)}
        _take_back(connection, row, known[table])
        yield done


def _take_back(connection: Connection, row: Row, known: dict[str, _Column]) -> None:
    table, name, key = row["changed"], row["key"], next(iter(known))
    if row["action"] == "insert":
        connection.execute(f'DELETE FROM {table} WHERE "{key}" = ?', (name,))
        return
    old = {column: known[column].value(value) for column, value in json.loads(row["old"]).items()}
    if row["action"] == "delete":
        names = ", ".join(f'"{column}"' for column in old)
        places = ", ".join("?" * len(old))
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(old.values()))
        return
    changed = ", ".join(f'"{column}" = ?' for column in old)
    connection.execute(f'UPDATE {table} SET {changed} WHERE "{key}" = ?', (*old.values(), name))
