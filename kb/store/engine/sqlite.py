"""SQLite: connections, the schema's version in the file, copies of a live store."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import EXIT_UNHEALTHY, KbError
from kb.store.engine import apart
from kb.text.usual_letters import usual

if TYPE_CHECKING:
    from sqlalchemy import Connection as CoreConnection
    from sqlalchemy import Dialect, Engine

Row = sqlite3.Row
"""A row of an answer: by number, or by the name of a column. It does not leave the store."""
Connection = sqlite3.Connection
Cursor = sqlite3.Cursor
DatabaseError = sqlite3.Error
BUSY_S = 30.0
"""How long a process waits for another's writing to end."""
YIELD_S = 0.004
"""How long one that writes much leaves the file to others before it goes on."""


def connect(path: Path) -> Connection:
    """A connection to the file, in autocommit mode; rows know the names of their columns."""
    connection = _connected(path, timeout=BUSY_S)
    connection.execute("PRAGMA foreign_keys = 1")
    connection.execute("PRAGMA synchronous = NORMAL")  # with WAL: never corrupt, one fsync a checkpoint
    return connection


def in_memory() -> Connection:
    """A connection to an empty database that nobody else sees."""
    return _connected(":memory:")


def temporary() -> Connection:
    """A connection to an empty database in a file that nobody sees, and that is gone when it is closed."""
    connection = _connected("")
    connection.execute("PRAGMA foreign_keys = 1")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _connected(file: Path | str, timeout: float = 5.0) -> Connection:
    connection = sqlite3.connect(file, timeout=timeout, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA trusted_schema = 1")  # for the triggers of full text, which call the function
    connection.create_function(apart.SQL_NAME, 1, apart.set_apart, deterministic=True)
    connection.create_function(apart.USUAL_NAME, 1, usual, deterministic=True)
    return connection


def only_read(connection: Connection) -> None:
    """Refuse every change from now on."""
    connection.execute("PRAGMA query_only = 1")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing. The write lock is taken at once, which avoids a failure on upgrade later."""
    if not _begun(connection):
        connection.execute("BEGIN IMMEDIATE")  # says what is wrong
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:  # whatever stops it, Ctrl-C too
        if connection.in_transaction:  # a full disk has ended it
            connection.execute("ROLLBACK")
        raise


@cache
def dialect() -> Dialect:
    """How SQLAlchemy writes values for it."""
    from sqlalchemy.dialects.sqlite.pysqlite import dialect

    return dialect()


def core(connection: Connection) -> Engine:
    """The same connection for SQLAlchemy, for Alembic."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(started: CoreConnection) -> None:
        # The driver is in autocommit mode; the lock is taken as in `transaction`.
        if not _begun(connection):
            started.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _begun(connection: Connection) -> bool:
    """Begin to write as soon as nobody else does; false where others went on doing so for long.

    An engine that waits by itself asks ten times a second, and would miss the moment that a long import leaves others
    between two of its transactions (`YIELD_S`).
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        end = time.monotonic() + BUSY_S
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return True
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
            if time.monotonic() > end:
                return False
            time.sleep(YIELD_S / 4)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_S * 1000)}")


def version(path: Path) -> int:
    """The schema's version in the file; 0 for a new one.

    Raises:
        KbError: not a database.
    """
    if not path.exists() or path.stat().st_size == 0:
        return 0
    connection = sqlite3.connect(path, timeout=BUSY_S)
    try:
        return version_in(connection)
    except sqlite3.DatabaseError as error:
        raise KbError(
            f"{path} is not a readable knowledge base ({error})",
            "restore it from a backup made with `kb backup`, or point --home somewhere else",
            exit_code=EXIT_UNHEALTHY,
        ) from error
    finally:
        connection.close()


def version_in(connection: Connection) -> int:
    """The schema's version, as `set_version` wrote it."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def connect_to(path: Path, number: int) -> Connection | None:
    """A connection to the file, if it is readable and its schema of this version."""
    connection = None
    try:
        connection = connect(path)
        if version_in(connection) == number:
            return connection
    except DatabaseError:
        pass
    if connection:
        connection.close()
    return None


def set_version(connection: Connection, number: int) -> None:
    """Note the schema's version in the file, where reading it costs no query of a table."""
    connection.execute(f"PRAGMA user_version = {number}")


def write_ahead(path: Path) -> None:
    """Switch the file to its write-ahead log: readers and a writer do not wait for each other."""
    connection = connect(path)
    _retry_locked(lambda: connection.execute("PRAGMA journal_mode = WAL"))
    connection.close()


def _retry_locked(action: Callable[[], object], seconds: float = 15.0) -> None:
    """The busy timeout does not cover the switch to WAL: several processes may try it at one instant."""
    end = time.monotonic() + seconds
    while True:
        try:
            action()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.05)


def state(connection: Connection) -> tuple[int, int]:
    """What is another number once anybody has written, this connection or another."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0]), connection.total_changes


def pour(path: Path, target: Connection) -> None:
    """Copy a database, whole and consistent, into a temporary one; the file stays as it is."""
    source = connect(path)
    try:
        only_read(source)
        source.backup(target)
    finally:
        source.close()


def copy(source: Connection, target: Path) -> None:
    """Copy a database, whole and consistent, into a file while others may be using it; on the disk when it returns.

    Raises:
        OSError, sqlite3.Error: the file cannot be written.
    """
    destination = sqlite3.connect(target)
    try:
        with destination:
            source.backup(destination)
    finally:
        destination.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def damage(connection: Connection) -> list[str]:
    """What is wrong with the file itself, a line each: broken pages, rows that belong to nothing."""
    broken = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
    found = [f"the database is damaged: {what}" for what in broken]
    return found + [f"a row of {row[0]} belongs to nothing" for row in connection.execute("PRAGMA foreign_key_check")]


def trouble(error: BaseException) -> str | None:
    """What keeps the database from working that may pass (locked, full, replaced), in its words; None if nothing does.

    Errors of SQLAlchemy carry the engine's own.
    """
    found = getattr(error, "orig", None) or error
    lasting = sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.DataError | sqlite3.InterfaceError
    return str(found) if isinstance(found, sqlite3.Error) and not isinstance(found, lasting) else None


def file_of(connection: Connection) -> str:
    """The path of the file behind a connection; "" for one in memory."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])
