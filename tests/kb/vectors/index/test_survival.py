"""Killed, raced, torn or mistaken for another, the index never tells lies."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.store import changes
from kb.store.open import Store, backup, open_store
from kb.text.strings import digest
from kb.vectors import index
from kb.vectors.index import opening
from tests.kb.vectors.index.made_up import embed, execute, expected, filled, held, load, part, refresh
from tests.small_store import add_source, delete_source


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path / "home", 60)


def test_the_files_of_another_home_are_noticed(store: Store, tmp_path: Path):
    other = filled(tmp_path / "other", 30)
    number = changes.last(other).number
    while changes.last(other).number < changes.last(store).number:
        execute(other, "UPDATE passage SET kind = kind WHERE rowid = 1")
    assert changes.last(other).number == changes.last(store).number > number
    load(store)
    shutil.copytree(store.home / "index", other.home / "index")
    assert held(load(other)) == expected(other)


def test_a_store_restored_from_a_backup_is_noticed(store: Store, tmp_path: Path):
    load(store)
    backup(store.home, tmp_path / "copy")
    add_source(store, "After the backup", ["Forgotten"])
    embed(store)
    load(store)
    store.close()
    for file in store.home.glob("kb.sqlite*"):
        file.unlink()
    shutil.copy(tmp_path / "copy", store.home / "kb.sqlite")
    restored = open_store(store.home)
    add_source(restored, "Something else", ["Remembered"])
    embed(restored)
    assert held(load(restored)) == expected(restored)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("fresh", [True, False])
def test_killed_at_any_step_it_is_brought_up_all_the_same(store: Store, call: str, nth: int, fresh: bool):
    if not fresh:
        load(store)
        add_source(store, "More", ["Another text"])
        embed(store)
        execute(store, "DELETE FROM passage WHERE rowid = 3")
    store.close()
    child = os.fork()
    if not child:
        left, real = nth, getattr(os, call)

        def die(*arguments: object) -> object:
            nonlocal left
            left -= 1
            if not left:
                os._exit(9)  # as kill -9 does: nothing is tidied up
            return real(*arguments)

        setattr(os, call, die)
        load(store)
        os._exit(0)
    os.waitpid(child, 0)
    store = open_store(store.home)
    assert held(load(store)) == expected(store)
    execute(store, "DELETE FROM passage WHERE rowid = 5")
    assert held(load(store)) == expected(store)
    index.rebuild(store)
    store.close()
    folder = store.home / "index"
    left_over = {file.name for file in folder.iterdir() if "passage" in file.name and file.suffix != ".lock"}
    assert left_over == {"passage.slots", part(store).name}


def test_several_read_while_the_store_changes(store: Store):
    done, wrong = threading.Event(), []

    def read() -> None:
        while not done.is_set():
            vectors = load(store)
            if len(vectors.rowids) != len(set(vectors.rowids.tolist())) or not np.allclose(
                np.linalg.norm(vectors.of(vectors.rowids)[1], axis=1), 1, atol=1e-3
            ):
                wrong.append(vectors)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for thread in readers:
        thread.start()
    for n in range(12):
        new = add_source(store, f"More {n}", [f"Another text {n}.{m}" for m in range(9)])
        embed(store)
        if n % 3 == 0:
            delete_source(store, new)
    done.set()
    for thread in readers:
        thread.join()
    assert wrong == []
    assert held(load(store)) == expected(store)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 30)),
        st.tuples(st.just("delete"), st.integers(0, 99)),
        st.tuples(st.just("change"), st.integers(0, 99)),
        st.tuples(st.just("cut"), st.integers(0, 10**6)),
        st.tuples(st.just("refresh"), st.just(0)),
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_it_holds_what_the_store_holds(tmp_path_factory: pytest.TempPathFactory, steps: list):
    store = filled(tmp_path_factory.mktemp("life") / "home", 20)
    for number, (what, value) in enumerate(steps):
        rowids = list(expected(store)) or [0]
        if what == "add":
            add_source(store, f"Source {number}", [f"Text {number}.{n}" for n in range(value)])
        elif what == "delete":
            execute(store, "DELETE FROM passage WHERE rowid >= ?", rowids[value % len(rowids)])
        elif what == "change":
            text = f"Changed {number}"
            sql = "UPDATE passage SET text = ?, content_hash = ? WHERE rowid = ?"
            execute(store, sql, text, digest(text), rowids[value % len(rowids)])
        elif what == "cut" and (found := sorted((store.home / "index").glob("passage*s"))):
            victim = found[value % len(found)]
            data = victim.read_bytes()
            victim.unlink()
            victim.write_bytes(data[: value % (len(data) + 1)])
            opening._opened.clear()  # as another process
        elif what == "refresh":
            refresh(store)
        if value % 2:
            embed(store)
        assert held(load(store)) == expected(store)
    store.close()
