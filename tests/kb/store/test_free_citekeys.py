"""Which citekey is free: the first in their order, whatever came, went and was renamed in between."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from kb.model.identity import CITEKEY
from kb.store import access, free_citekeys, source_writing, sources
from kb.store.open import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


def add(store: Store, wanted: str, title: str) -> int:
    return source_writing.insert(
        store,
        {"kind": "note", "title": title, "citekey": wanted, "added": "2026-01-01", "updated": "2026-01-01"},
        title,
    )


def plainly(store: Store, wanted: str, own: int) -> str:
    """The rule, asked one by one."""
    sql = """SELECT 1 FROM source WHERE citekey = ? AND rowid <> ?
        UNION SELECT 1 FROM source_key WHERE key IN (?, ?) AND source_rowid <> ?"""
    letters = [
        "",
        *map("".join, (*product("abcdefghijklmnopqrstuvwxyz"), *product("ab", "abcdefghijklmnopqrstuvwxyz"))),
    ]
    candidates = (wanted + letter for letter in letters)
    return next(
        key for key in candidates if not access.found(store, sql, (key, own, CITEKEY + key, "once:" + key, own))
    )


@pytest.mark.parametrize("seed", range(6))
def test_it_is_the_first_that_is_free_whatever_happened_before(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    there: list[int] = []
    with store.transaction():
        for number in range(120):
            wanted = chance.choice(("note", "note", "note", "noted", "n"))
            what = chance.random()
            if what < 0.75 or not there:
                expected = plainly(store, wanted, 0)
                there.append(add(store, wanted, f"{number}"))
                assert sources.stored_at(store, there[-1]).citekey == expected
            elif what < 0.85:
                source_writing.delete(store, sources.stored_at(store, there.pop(chance.randrange(len(there)))))
            elif what < 0.95:
                own = chance.choice(there)
                free = free_citekeys.find(store, wanted, made=True, own=own)
                assert free == plainly(store, wanted, own)
                before = sources.stored_at(store, own).citekey
                source_writing.update(store, own, {"citekey": free})
                source_writing.add_keys(store, own, ["once:" + before])
            else:
                source_writing.take_citekey(store, chance.choice(there), wanted + "b")


def test_what_another_process_took_is_seen_in_the_next_transaction(store: Store) -> None:
    with store.transaction():
        for number in range(5):
            add(store, "note", f"{number}")
    with open_store(store.home) as other, other.transaction():
        add(other, "note", "other")
    with store.transaction():
        assert sources.stored_at(store, add(store, "note", "mine")).citekey == "notef"


def test_one_that_went_back_with_a_part_that_failed_is_free_again(store: Store) -> None:
    def fails() -> None:
        with store.transaction():
            add(store, "note", "lost")
            raise ValueError

    with store.batch():
        with store.transaction():
            for number in range(5):
                add(store, "note", f"{number}")
        with pytest.raises(ValueError):  # noqa: PT011  # raised right there
            fails()
        with store.transaction():
            assert sources.stored_at(store, add(store, "note", "kept")).citekey == "notee"
