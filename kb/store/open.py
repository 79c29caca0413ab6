"""Opening the store: the one object that is passed to whatever needs the data, its transactions and its copies.

Reading goes through the engine alone, so that a query loads neither SQLModel nor SQLAlchemy. SQLModel
declares the tables and fills in what a row leaves open (`kb.store.access`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kb.errors import KbError, notify
from kb.model.words import CommandKind
from kb.store.engine import sqlite
from kb.store.transactions import Batch, Citekeys, Transactions
from kb.store.version import SCHEMA_VERSION
from kb.text import files

DB_NAME = "kb.sqlite"
INDEX_NAME = "index"


@dataclass(slots=True)
class Unit:
    """What is undone as one: what a command writes, in however many transactions, through however many stores."""

    words: str = ""
    kind: CommandKind = "did"
    reverts: int | None = None
    number: int | None = None  # in the table `command`, once it has written


Values = Sequence[Any] | Mapping[str, Any]


def default_home() -> Path:
    """KB_HOME, else the platform's user data folder."""
    if home := os.environ.get("KB_HOME"):
        return Path(home).expanduser()
    from platformdirs import user_data_path

    return user_data_path("kb", appauthor=False)


def now() -> str:
    """The time, ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Store:
    """A knowledge base that is open: for reading (`open_reader`), or for writing too (`open_store`).

    `home` is its folder. Whatever reads or writes takes the store and nothing else of the database; `execute` and
    `execute_many` are for the modules of `kb.store`, where all SQL stands. Use it as a context manager, or close it.
    """

    def __init__(self, home: Path, connection: sqlite.Connection, unit: Unit | None = None) -> None:
        self.home = home
        self.unit = unit or Unit()
        self.held = ExitStack()
        """What is held as long as the store is open."""
        self._connection = connection
        self._transactions = Transactions(self)

    def execute(self, sql: str, values: Values = ()) -> sqlite.Cursor:
        """Run one statement of SQL."""
        return self._connection.execute(sql, values)

    def execute_many(self, sql: str, rows: Sequence[Values]) -> sqlite.Cursor:
        """Run one statement of SQL for each row of values."""
        return self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: commits at the end, rolls back and raises on any error. Transactions do not nest.

        What it changes is noted as a step of the store's `unit`.
        """
        with self._transactions.one():
            yield

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Within, transactions are still all or nothing, each by itself, but they go in together: what they wrote is
        there for others once `commit` of the batch is called, and at the end, even where that is an error.

        From the first of them to that commit no other process can write.
        """
        with self._transactions.batch() as batch:
            yield batch

    def demand_transaction(self) -> None:
        """Let rows be written in a transaction only.

        Raises:
            RuntimeError: none is open.
        """
        self._transactions.demand()

    @property
    def citekeys(self) -> Citekeys:
        """What the open transaction knows of citekeys, for `kb.store`."""
        return self._transactions.citekeys

    @property
    def connection(self) -> sqlite.Connection:
        """The engine's own connection, for `kb.store.engine`."""
        return self._connection

    @property
    def state(self) -> tuple[int, int]:
        """What is another pair of numbers once anybody has written, through this store or another."""
        return sqlite.state(self._connection)

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One state of the store for several reads."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()
        self.held.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(home: Path, unit: Unit | None = None) -> Store:
    """A knowledge base for reading and writing; made, or brought up to date (a copy is kept), when opened.

    What is written is undone together with whatever else is written under the same `unit`; without one, with what is
    written through this store.

    Raises:
        KbError: the folder cannot be made, the file is no database, or belongs to a newer version of the program.
    """
    path = home / DB_NAME
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KbError(f"cannot make {home}: {error.strerror}", "choose another --home") from error
    version = _known_version(path)
    if version < SCHEMA_VERSION:
        if version:
            _keep_copy(path, version)
        sqlite.write_ahead(path)
        _upgrade(sqlite.connect(path))
    return Store(home, sqlite.connect(path), unit)


def open_reader(home: Path) -> Store:
    """A knowledge base for reading only. Where there is none yet, an empty one in memory.

    Raises:
        KbError: the file is no database, or belongs to a newer or older version of the program.
    """
    path = home / DB_NAME
    if not path.exists():
        notify(f"no knowledge base at {home} yet; `kb add FILE` makes one")
        connection = sqlite.in_memory()
        _upgrade(connection)
        return Store(home, connection)
    known = sqlite.connect_to(path, SCHEMA_VERSION)
    if known is None:
        open_store(home).close()  # brings it up to date, or says why it can't
        known = sqlite.connect(path)
    sqlite.only_read(known)
    return Store(home, known)


def open_as_it_is(home: Path) -> Store | None:
    """A knowledge base for reading only, at once: nothing is made, brought up to date or said. None where that fails.

    For what answers while a person types.
    """
    path = home / DB_NAME
    try:
        if not path.exists() or sqlite.version(path) != SCHEMA_VERSION:
            return None
    except KbError:
        return None
    connection = sqlite.connect(path)
    sqlite.only_read(connection)
    return Store(home, connection)


def open_copy(home: Path) -> Store:
    """A copy of a knowledge base, to try things on: nothing of it is kept, and nothing is written in the home.

    An empty one where there is none yet. It takes a second for a gigabyte, which lies in the system's temporary folder
    meanwhile; others may write to the home.

    Raises:
        KbError: the file is no database, or belongs to a newer version of the program.
    """
    path = home / DB_NAME
    version, connection = _known_version(path), sqlite.temporary()
    if version:
        sqlite.pour(path, connection)
    if version < SCHEMA_VERSION:
        _upgrade(connection)
    return Store(home, connection)


def _known_version(path: Path) -> int:
    """Version of the file's schema; 0 for a new file.

    Raises:
        KbError: not a database of ours, or made by a newer program.
    """
    version = sqlite.version(path)
    if version > SCHEMA_VERSION:
        raise KbError(
            f"{path} was written by a newer version of kb (schema {version}, this program knows {SCHEMA_VERSION})",
            "update kb",
        )
    return version


def _keep_copy(path: Path, version: int) -> None:
    source = sqlite.connect(path)
    sqlite.copy(source, path.with_name(f"{DB_NAME}.before-{SCHEMA_VERSION}-from-{version}"))
    source.close()


def _upgrade(connection: sqlite.Connection) -> None:
    """Run the migrations that are missing, all or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    engine = sqlite.core(connection)
    with engine.begin() as started:  # of two processes one waits for the other
        if sqlite.version_in(connection) < SCHEMA_VERSION:
            config.attributes["connection"] = started
            command.upgrade(config, "head")
            sqlite.set_version(connection, SCHEMA_VERSION)
    if sqlite.file_of(connection):
        connection.close()


def trouble(error: BaseException) -> str | None:
    """What keeps a store from being read or written that may pass by itself, in words; None for any other error."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else sqlite.trouble(error)


def file_number(home: Path) -> tuple[int, int] | None:
    """Which file on the disk is the store: another one once a backup was put in its place. None where there is none."""
    try:
        found = os.stat(home / DB_NAME)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def backup(home: Path, target: Path) -> int:
    """Copy the store, whole and consistent, while others may be using it. Returns the copy's size in bytes.

    Raises:
        KbError: the file cannot be written.
    """
    with open_reader(home) as store:
        try:
            with files.replacing(target) as part:
                sqlite.copy(store.connection, part)
        except (OSError, sqlite.DatabaseError) as error:
            raise KbError(f"cannot write the backup to {target}: {error}", "choose another file") from error
    return target.stat().st_size
