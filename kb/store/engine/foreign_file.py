"""Tables out of the SQLite files of other programs: read from their bytes, in memory, within limits.

Such a file may be damaged, or made to do harm: nothing in it is run, only its tables are read, and that ends in time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from kb.errors import KbError

Cell = str | int | float | None
MARK = b"SQLite format 3\x00"

_MOST_ROWS = 1_000_000
_MOST_STEPS = 20_000  # times 10,000 instructions of the engine: some seconds
_MOST_BYTES = 4_000_000  # in a cell


def read_tables(data: bytes, wanted: Sequence[tuple[str, Sequence[str]]], name: str) -> list[list[tuple[Cell, ...]]]:
    """For each wanted table its rows with the wanted columns, in the order of the file; None where it has no such one.

    Names of tables and columns are a program's, never a file's. A table that is not there has no rows.

    Raises:
        KbError: the file is no database, is damaged, or takes too long to read; `name` is what it is called.
    """
    try:
        with _opened(data) as connection:
            return [_rows(connection, table, columns) for table, columns in wanted]
    except (sqlite3.Error, MemoryError, OverflowError, UnicodeDecodeError) as error:  # the last of a message
        raise KbError(f"{name} cannot be read as a database: {error}", "copy it from the device again") from None


@contextmanager
def _opened(data: bytes) -> Iterator[sqlite3.Connection]:
    # A file in WAL mode (2 in these bytes) cannot be opened in memory; what its log held is not in the bytes anyhow.
    plain = data[:18] + b"\x01\x01" + data[20:] if data[18:20] == b"\x02\x02" else data
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(plain)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_BYTES)
        connection.execute("PRAGMA trusted_schema = 0")
        connection.execute("PRAGMA query_only = 1")
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        steps = iter(range(_MOST_STEPS))
        connection.set_progress_handler(lambda: next(steps, None) is None, 10_000)
        yield connection


def _rows(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> list[tuple[Cell, ...]]:
    # A view of that name would run what the file says.
    sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND lower(name) = lower(?) AND sql LIKE 'CREATE TABLE%'"
    if connection.execute(sql, (table,)).fetchone() is None:
        return []
    kept = "SELECT lower(name) FROM pragma_table_xinfo(?) WHERE hidden = 0"  # the others are worked out
    there = {str(row[0]) for row in connection.execute(kept, (table,))}
    listed = ", ".join(f'"{column}"' if column.lower() in there else "NULL" for column in columns)
    rows = connection.execute(f'SELECT {listed} FROM "{table}" LIMIT {_MOST_ROWS}')
    return [tuple(None if isinstance(cell, bytes) else cell for cell in row) for row in rows]
