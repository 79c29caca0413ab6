"""Small helpers that every table's module uses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlmodel import Session, SQLModel

CHUNK = 500
"""Values in one `IN (…)`: below every SQLite's limit on bound parameters."""


def insert(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows in one statement. Defaults of the model are filled in."""
    if not rows:
        return
    session.connection().execute(_core(table).insert(), [_with_defaults(table, row) for row in rows])


def insert_one(session: Session, table: type[SQLModel], row: Mapping[str, Any]) -> int:
    """Add a row; returns its rowid."""
    result = session.connection().execute(_core(table).insert(), _with_defaults(table, row))
    key: Any = result.inserted_primary_key
    return int(key[0])


def _core(table: type[SQLModel]) -> Table:
    """The table itself: SQLAlchemy Core writes rows ten times faster than the ORM does."""
    return cast("Table", table.__table__)  # type: ignore[attr-defined]


def _with_defaults(table: type[SQLModel], row: Mapping[str, Any]) -> dict[str, Any]:
    filled = dict(row)
    for name, field in table.model_fields.items():
        if name not in filled and name != "rowid" and not field.is_required():
            filled[name] = field.get_default(call_default_factory=True)
    return filled


def in_chunks(
    connection: sqlite3.Connection, sql: str, values: Iterable[Any], *, before: Sequence[Any] = ()
) -> Iterator[sqlite3.Row]:
    """Rows of `sql`, whose `{}` stands for the placeholders of `values`, a few hundred values at a time."""
    listed = list(values)
    for at in range(0, len(listed), CHUNK):
        part = listed[at : at + CHUNK]
        yield from connection.execute(sql.format(", ".join("?" * len(part))), (*before, *part))
