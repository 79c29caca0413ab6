"""Stores for many requests: kept open, and never of a file that is not there any more."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kb.review import write
from kb.store import figures, sources
from kb.store.open import backup, open_store
from server.stores import Stores


def count(stores: Stores) -> int:
    with stores.reading() as store:
        return sum(figures.counts(store).statements.values())


def test_a_reader_sees_what_was_written_since_it_was_opened(tmp_path: Path) -> None:
    stores = Stores(tmp_path / "home")
    assert count(stores) == 0
    with stores.writing("kb claim x") as store:
        write.claim(store, "It is so.", "Ada")
    assert count(stores) == 1
    with stores.writing("kb claim y") as store:
        write.claim(store, "It is not so.", "Ada")
    assert count(stores) == 2
    stores.close()


def test_before_there_is_a_knowledge_base_many_find_it_empty_at_once(tmp_path: Path) -> None:
    stores = Stores(tmp_path / "none")
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: count(stores), range(16))) == [0] * 16
    assert not (tmp_path / "none").exists()
    stores.close()


def test_a_backup_in_the_place_of_the_store_is_noticed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    stores = Stores(home)
    with stores.writing("") as store:
        write.claim(store, "It is so.", "Ada")
    backup(home, tmp_path / "copy.sqlite")
    with stores.writing("") as store:
        write.claim(store, "It is not so.", "Ada")
    assert count(stores) == 2
    stores.close()
    for file in home.glob("kb.sqlite*"):
        file.unlink()
    shutil.copy(tmp_path / "copy.sqlite", home / "kb.sqlite")
    assert count(stores) == 1
    stores.close()


def test_many_read_at_once_while_one_writes(corpus: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(corpus, tmp_path / "home"))
    stores = Stores(home)

    def read(_: int) -> int:
        with stores.reading() as store:
            return len(sources.listed(store))

    with open_store(home) as writer, ThreadPoolExecutor(8) as pool:
        work = pool.map(read, range(100))
        for number in range(5):
            write.claim(writer, f"It is so, {number}.", "Ada")
        found = list(work)
    assert min(found) > 0
    assert read(0) == max(found) or read(0) > min(found)
    stores.close()
