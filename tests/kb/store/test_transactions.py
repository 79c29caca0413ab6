"""Many transactions as the parts of one: each fails alone, all go in together, and one command undoes them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.store import commands, meta
from kb.store.open import Store, Unit, open_reader, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home", Unit("kb add texts")) as opened:
        yield opened


def put(store: Store, name: str) -> None:
    with store.transaction():
        meta.put(store, name, "x")


def person(store: Store, name: str) -> None:
    with store.transaction():
        store.execute("INSERT INTO person (name, name_key) VALUES (?, ?)", (name, name))


def spoilt(store: Store, *statements: str) -> None:
    with store.transaction():
        for sql in ("INSERT INTO person (name, name_key) VALUES ('lost', 'lost')", *statements):
            store.execute(sql)
        raise KeyboardInterrupt


def people(store: Store) -> list[str]:
    return [row[0] for row in store.execute("SELECT name FROM person ORDER BY rowid")]


def test_a_part_that_fails_leaves_the_others(store: Store) -> None:
    with store.batch():
        person(store, "ada")
        with pytest.raises(sqlite3.IntegrityError):
            spoilt(store, "INSERT INTO person (name) VALUES (NULL)")
        person(store, "cy")
    assert people(store) == ["ada", "cy"]


def test_others_see_a_batch_once_it_is_committed_and_its_end_commits(store: Store) -> None:
    with open_reader(store.home) as reader:
        with store.batch() as batch:
            put(store, "one")
            put(store, "two")
            assert meta.get(reader, "one") is None
            batch.commit()
            assert (meta.get(reader, "one"), meta.get(reader, "two")) == ("x", "x")
            assert batch.age == 0
            put(store, "three")
        assert meta.get(reader, "three") == "x"


def test_an_interrupted_batch_keeps_what_was_whole(store: Store) -> None:
    def interrupted() -> None:
        with store.batch():
            person(store, "ada")
            spoilt(store)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert people(store) == ["ada"]
    assert not store.in_transaction
    put(store, "after")


def test_a_batch_that_the_engine_broke_off_leaves_nothing_and_the_next_part_begins_anew(store: Store) -> None:
    with store.batch():
        person(store, "ada")
        with pytest.raises(sqlite3.OperationalError):
            spoilt(store, "ROLLBACK", "SELECT no_such_column FROM person")  # as a full disk does
        person(store, "bo")
    assert people(store) == ["bo"]
    assert not store.in_transaction
    assert [one.words for one in commands.newest(store)] == ["kb add texts"]


def test_the_parts_of_all_batches_are_one_command(store: Store) -> None:
    with store.batch() as batch:
        person(store, "ada")
        batch.commit()
        person(store, "bo")
        person(store, "cy")
    (command,) = commands.newest(store)
    with store.transaction():
        list(commands.take_back(store, command.number))
    assert people(store) == []


def test_parts_do_not_nest_nor_do_batches(store: Store) -> None:
    with store.batch():
        with pytest.raises(RuntimeError, match="open already"), store.transaction():
            put(store, "one")
        with pytest.raises(RuntimeError, match="open already"), store.batch():
            pass


def test_who_waits_comes_in_between_two_batches(store: Store) -> None:
    """Without a moment for others, one that writes on and on would keep them out until they give up."""
    came = threading.Event()

    def other() -> None:
        with open_store(store.home) as second:
            put(second, "other")
        came.set()

    with store.batch() as batch:
        put(store, "one")
        waiting = threading.Thread(target=other)
        waiting.start()
        for number in range(2000):
            if came.is_set():
                break
            put(store, f"n{number}")
            batch.give_way()
        waiting.join()
    assert came.is_set()
    assert meta.get(store, "other") == "x"


class _CtrlC:
    """A value whose writing is interrupted."""

    def __conform__(self, _: object) -> str:
        raise KeyboardInterrupt


def test_after_an_interruption_in_the_middle_of_a_row_the_store_goes_on(store: Store) -> None:
    person(store, "ada")
    with pytest.raises(KeyboardInterrupt), store.transaction():
        store.execute("INSERT INTO person (name, name_key) VALUES (?, ?)", ("bo", _CtrlC()))
    assert people(store) == ["ada"]
    person(store, "cy")
    assert people(store) == ["ada", "cy"]
