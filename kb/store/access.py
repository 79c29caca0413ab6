"""Rows in and out: what every table's module uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast

from kb.store.open import Store

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlmodel import SQLModel

CHUNK = 500
"""Values in one `IN (…)`: below every engine's limit on bound parameters."""


def insert(store: Store, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows in one statement, inside a transaction. Defaults of the model are filled in."""
    if rows:
        store.core.execute(_core(table).insert(), [_with_defaults(table, row) for row in rows])


def insert_one(store: Store, table: type[SQLModel], row: Mapping[str, Any]) -> int:
    """Add a row; returns its rowid."""
    result = store.core.execute(_core(table).insert(), _with_defaults(table, row))
    key: Any = result.inserted_primary_key
    return int(key[0])


def update(store: Store, table: type[SQLModel], rowid: int, fields: Mapping[str, Any]) -> None:
    """Change columns of a row."""
    core = _core(table)
    if fields:
        store.core.execute(core.update().where(core.c.rowid == rowid).values(**fields))


def _core(table: type[SQLModel]) -> Table:
    """The table itself: SQLAlchemy Core writes rows ten times faster than the ORM does."""
    return cast("Table", table.__table__)  # type: ignore[attr-defined]


def _with_defaults(table: type[SQLModel], row: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: make() for name, make in _defaults(table) if name not in row}, **row}


@cache
def _defaults(table: type[SQLModel]) -> list[tuple[str, Callable[[], Any]]]:
    """What makes the default of each column that has one: asking the model for each row would take long."""
    given = ((name, field) for name, field in table.model_fields.items() if name != "rowid" and not field.is_required())
    return [
        (name, partial(field.get_default, call_default_factory=True))
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
