"""Rows in and out: what every table's module uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast

from kb.store.engine import sqlite
from kb.store.open import Store

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlmodel import SQLModel

CHUNK = 500
"""Values in one `IN (…)`: below every engine's limit on bound parameters."""


def insert(store: Store, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows in their order, inside a transaction. Defaults of the model are filled in."""
    if not rows:
        return
    whole = [_with_defaults(table, row) for row in rows]
    sql, ready = _inserting(store, table, tuple(whole[0]))
    head, _, places = sql.rpartition(" VALUES ")
    at = 0
    for count in _AT_ONCE:
        while len(whole) - at >= count:
            values = [make(row[name]) for row in whole[at : at + count] for name, make in ready]
            store.execute(f"{head} VALUES {', '.join([places] * count)}", values)
            at += count


_AT_ONCE = (32, 16, 8, 4, 2, 1)
"""Rows that one statement adds: full text writes what it has gathered at the beginning of each, so that a statement a
row takes it four times as long. A few sizes, so that the engine knows the statements."""


def insert_one(store: Store, table: type[SQLModel], row: Mapping[str, Any]) -> int:
    """Add a row; returns its rowid."""
    whole = _with_defaults(table, row)
    sql, ready = _inserting(store, table, tuple(whole))
    return int(store.execute(sql, [make(whole[name]) for name, make in ready]).lastrowid or 0)


def update(store: Store, table: type[SQLModel], rowid: int, fields: Mapping[str, Any]) -> None:
    """Change columns of a row."""
    if fields:
        ready = _ready(store, table, tuple(fields))
        named = ", ".join(f"{_quoted(name)} = ?" for name in fields)
        sql = f"UPDATE {_quoted(_core(table).name)} SET {named} WHERE rowid = ?"
        store.execute(sql, [*(make(fields[name]) for name, make in ready), rowid])


_Ready = list[tuple[str, Callable[[Any], Any]]]
"""What makes the value that the engine takes out of that of each column."""

_KNOWN: dict[tuple[type[SQLModel], tuple[str, ...]], _Ready] = {}
_INSERTS: dict[tuple[type[SQLModel], tuple[str, ...]], str] = {}


def _inserting(store: Store, table: type[SQLModel], names: tuple[str, ...]) -> tuple[str, _Ready]:
    """The statement that adds a row with these columns, written once: SQLAlchemy weighs it anew at each call, which
    takes longer than the engine does."""
    ready = _ready(store, table, names)
    if (table, names) not in _INSERTS:
        listed, places = ", ".join(_quoted(name) for name in names), ", ".join("?" * len(names))
        _INSERTS[table, names] = f"INSERT INTO {_quoted(_core(table).name)} ({listed}) VALUES ({places})"
    return _INSERTS[table, names], ready


def _ready(store: Store, table: type[SQLModel], names: tuple[str, ...]) -> _Ready:
    store.demand_transaction()
    dialect = sqlite.dialect()
    if (table, names) not in _KNOWN:
        types = ((name, _core(table).c[name].type.dialect_impl(dialect)) for name in names)
        _KNOWN[table, names] = [(name, kind.bind_processor(dialect) or _same) for name, kind in types]
    return _KNOWN[table, names]


def _quoted(name: str) -> str:
    return sqlite.dialect().identifier_preparer.quote(name)


def _core(table: type[SQLModel]) -> Table:
    """The table that the model declares."""
    return cast("Table", table.__table__)  # type: ignore[attr-defined]


def _with_defaults(table: type[SQLModel], row: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: make() for name, make in _defaults(table) if name not in row}, **row}


@cache
def _defaults(table: type[SQLModel]) -> list[tuple[str, Callable[[], Any]]]:
    """What makes the default of each column that has one: asking the model for each row would take long."""
    given = ((name, field) for name, field in table.model_fields.items() if name != "rowid" and not field.is_required())
    return [
        (name, cast("Callable[[], Any]", field.default_factory))
        if field.default_factory
        else (name, partial(_same, field.default))
        for name, field in given
    ]


def _same(value: Any) -> Any:
    return value


def in_chunks(store: Store, sql: str, values: Iterable[Any], *, before: Sequence[Any] = ()) -> Iterator[Any]:
    """Rows of `sql`, whose `{}` stands for the placeholders of `values`, a few hundred values at a time."""
    listed = list(values)
    for at in range(0, len(listed), CHUNK):
        part = listed[at : at + CHUNK]
        yield from store.execute(sql.format(", ".join("?" * len(part))), (*before, *part))


def found(store: Store, sql: str, values: Sequence[Any] = ()) -> bool:
    """Whether a query gives any row."""
    return store.execute(sql, values).fetchone() is not None


def number(store: Store, sql: str, values: Sequence[Any] = ()) -> int:
    """The one number that a query gives."""
    return int(store.execute(sql, values).fetchone()[0])


def limited(store: Store, sql: str, values: Sequence[Any], limit: int | None) -> list[Any]:
    """The rows of a query, at most so many; all for None."""
    if limit is None:
        return store.execute(sql, values).fetchall()
    return store.execute(f"{sql} LIMIT ?", (*values, limit)).fetchall()
