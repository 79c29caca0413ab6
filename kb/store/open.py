"""Opening the store: pragmas, migrations, transactions. No SQL about any table stands here.

Reading goes through the standard library's sqlite3, so that a query loads neither SQLModel nor SQLAlchemy.
Writing goes through a SQLModel session; `raw` gives the sqlite3 connection inside it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kb.errors import EXIT_UNHEALTHY, KbError, notify

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlmodel import Session

DB_NAME = "kb.sqlite"
INDEX_NAME = "index"
HEAD = 2  # kb.store.schema.SCHEMA_VERSION, repeated here because reading must not import SQLModel; a test compares
BUSY_MS = 30_000


def default_home() -> Path:
    """KB_HOME, else the platform's user data folder."""
    if home := os.environ.get("KB_HOME"):
        return Path(home).expanduser()
    from platformdirs import user_data_path

    return user_data_path("kb", appauthor=False)


def now() -> str:
    """The time, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def open_reader(home: Path) -> sqlite3.Connection:
    """A read-only connection. Where there is no knowledge base yet, an empty one in memory.

    Raises:
        KbError: the file is no database, or belongs to a newer or older version of the program.
    """
    path = home / DB_NAME
    if not path.exists():
        notify(f"no knowledge base at {home} yet; `kb add FILE` makes one")
        return _empty()
    if _version(path) != HEAD:
        Store(home).close()  # brings it up to date, or says why it can't
    connection = _connect(path)
    connection.execute("PRAGMA query_only = 1")
    return connection


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    engine = _engine(lambda: connection)
    with engine.connect() as c:
        _upgrade(c)
        c.commit()
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = 1")
    connection.execute("PRAGMA synchronous = NORMAL")  # with WAL: never corrupt, one fsync a checkpoint
    return connection


def _version(path: Path) -> int:
    """Version of the file's schema; 0 for a new file.

    Raises:
        KbError: not a database of ours, or made by a newer program.
    """
    if not path.exists() or path.stat().st_size == 0:
        return 0
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000)
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise KbError(
            f"{path} is not a readable knowledge base ({error})",
            "restore it from a backup made with `kb backup`, or point --home somewhere else",
            exit_code=EXIT_UNHEALTHY,
        ) from error
    finally:
        connection.close()
    if version > HEAD:
        raise KbError(
            f"{path} was written by a newer version of kb (schema {version}, this program knows {HEAD})",
            "update kb",
        )
    return version


class Store:
    """A knowledge base open for writing; made, or brought up to date, when opened."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.path = home / DB_NAME
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KbError(f"cannot make {home}: {error.strerror}", "choose another --home") from error
        version = _version(self.path)
        self.engine = _engine(lambda: _connect(self.path))
        if version < HEAD:
            self._create_or_upgrade(version)

    def _create_or_upgrade(self, version: int) -> None:
        if version:
            self._keep_copy(version)
        connection = _connect(self.path)
        _retry_locked(lambda: connection.execute("PRAGMA journal_mode = WAL"))
        connection.close()
        with self.engine.begin() as connection_:  # BEGIN IMMEDIATE: of two processes one waits for the other
            if int(raw_of(connection_).execute("PRAGMA user_version").fetchone()[0]) < HEAD:
                _upgrade(connection_)

    def _keep_copy(self, version: int) -> None:
        target = sqlite3.connect(self.home / f"{DB_NAME}.before-{HEAD}-from-{version}")
        source = _connect(self.path)
        with target:
            source.backup(target)
        source.close()
        target.close()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """All or nothing: commits at the end, rolls back and raises on any error."""
        from sqlmodel import Session

        with Session(self.engine) as session, session.begin():
            yield session

    def reader(self) -> sqlite3.Connection:
        return open_reader(self.home)

    def close(self) -> None:
        self.engine.dispose()


def raw(session: Session) -> sqlite3.Connection:
    """The sqlite3 connection of a session, inside the same transaction."""
    return raw_of(session.connection())


def raw_of(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def _engine(creator: Any) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", creator=creator, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The driver is in autocommit mode; taking the write lock at once avoids a failure on upgrade later.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.exec_driver_sql(f"PRAGMA user_version = {HEAD}")


def _retry_locked(action: Any, seconds: float = 15.0) -> None:
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


def backup(home: Path, target: Path) -> int:
    """Copy the store, whole and consistent, while others may be using it. Returns the copy's size in bytes."""
    source = open_reader(home)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        destination = sqlite3.connect(part)
        with destination:
            source.backup(destination)
        destination.close()
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise KbError(f"cannot write the backup to {target}: {error}", "choose another file") from error
    finally:
        source.close()
    return target.stat().st_size
