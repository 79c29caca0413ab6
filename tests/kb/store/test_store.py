"""Opening, reading, writing, closing and copying a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import KbError
from kb.store import embeddings, meta
from kb.store.open import DB_NAME, Store, backup, open_reader, open_store
from tests.small_store import add_source, add_statement


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


def test_a_newer_store_is_left_alone(store: Store) -> None:
    store.close()
    connection = sqlite3.connect(store.home / DB_NAME)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = (store.home / DB_NAME).read_bytes()
    for opened in (open_reader, open_store):
        with pytest.raises(KbError, match="newer version"):
            opened(store.home)
    assert (store.home / DB_NAME).read_bytes() == before


def test_a_reader_cannot_write(store: Store) -> None:
    number = add_source(store, "Kept", ["Words."])
    with open_reader(store.home) as reader:
        for refused in ("DELETE FROM source", "UPDATE source SET title = 'x'", "CREATE TABLE more (x)"):
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader.execute(refused)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute_many("DELETE FROM source WHERE rowid = ?", [(number,)])
        with pytest.raises(Exception, match="readonly"), reader.transaction():
            pass
    assert store.execute("SELECT title FROM source").fetchall()[0][0] == "Kept"


def test_a_transaction_that_fails_leaves_nothing_of_it(store: Store) -> None:
    """Whatever wrote in it: SQL, many rows at once, or rows that SQLModel filled in."""
    add_source(store, "Before", ["Words."])
    text = "\n".join(store.connection.iterdump())

    def interrupted() -> None:
        with store.transaction():
            store.execute("DELETE FROM source")
            raise KeyboardInterrupt

    def failing() -> None:
        with store.transaction():
            store.execute("UPDATE source SET title = 'changed'")
            store.execute_many("INSERT INTO meta (name, value) VALUES (?, 'x')", [("one",), ("two",)])
            meta.bump_generation(store)
            store.execute("INSERT INTO source (title) VALUES ('without an id')")

    with pytest.raises(sqlite3.IntegrityError):
        failing()
    assert "\n".join(store.connection.iterdump()) == text
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert "\n".join(store.connection.iterdump()) == text
    with pytest.raises(Exception, match="CHECK"):
        add_source(store, "After", ["Words.", ""])  # a passage of no length, after its source was written
    assert "\n".join(store.connection.iterdump()) == text
    assert not store.in_transaction
    add_statement(store, 1, "The next one is not disturbed.")
    assert store.execute("SELECT count(*) FROM statement").fetchone()[0] == 1


def test_nobody_sees_a_transaction_before_its_end(store: Store) -> None:
    with open_reader(store.home) as reader:
        with store.transaction():
            meta.put(store, meta.MODEL, "m")
            assert (meta.get(store, meta.MODEL), meta.get(reader, meta.MODEL)) == ("m", None)
        assert meta.get(reader, meta.MODEL) == "m"
        with reader.snapshot():
            assert meta.get(reader, meta.MODEL) == "m"
            with store.transaction():
                meta.put(store, meta.MODEL, "n")
            assert meta.get(reader, meta.MODEL) == "m"
        assert meta.get(reader, meta.MODEL) == "n"


def test_transactions_do_not_nest(store: Store) -> None:
    def nested() -> None:
        with store.transaction():
            meta.put(store, meta.MODEL, "m")
            with store.transaction():
                raise AssertionError("it was let in")

    with pytest.raises(RuntimeError, match="open already"):
        nested()
    assert meta.get(store, meta.MODEL) is None  # the outer one failed as a whole
    with store.transaction():
        meta.put(store, meta.MODEL, "m")
    with pytest.raises(RuntimeError, match="only written inside"):
        store.demand_transaction()
    assert meta.get(store, meta.MODEL) == "m"


def test_closing_releases_the_file(tmp_path: Path) -> None:
    """SQLite leaves the write-ahead log only where nobody else has the file open."""

    def leave_the_log() -> str:
        connection = sqlite3.connect(tmp_path / "home" / DB_NAME, timeout=0)
        try:
            return str(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0])
        finally:
            connection.close()

    with open_store(tmp_path / "home") as store:
        add_source(store, "Words", ["Words."])  # by SQLModel, which has a hold of its own
        with open_reader(tmp_path / "home") as reader:
            assert embeddings.counts(reader, "m") == {"vectors": 0, "missing": 1}
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                leave_the_log()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            leave_the_log()
    assert leave_the_log() == "delete"
    assert [path.name for path in (tmp_path / "home").iterdir()] == [DB_NAME]
    for closed in (store, reader):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            closed.execute("SELECT 1")


def test_a_backup_is_the_whole_store(store: Store, tmp_path: Path) -> None:
    add_statement(store, add_source(store, "Backups", ["Words."]), "Everything should be backed up.")
    backup(store.home, tmp_path / "copy.sqlite")
    copy = sqlite3.connect(tmp_path / "copy.sqlite")
    assert copy.execute("SELECT count(*) FROM statement").fetchone()[0] == 1
    with pytest.raises(KbError):
        backup(store.home, tmp_path / "no" / "such" / "folder.sqlite")
