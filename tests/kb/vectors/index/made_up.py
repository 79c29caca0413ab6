"""Stores whose texts have made-up vectors, and what the index holds of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.model.words import TABLES, Table
from kb.store import embeddings, meta
from kb.store.open import Store, open_reader, open_store
from kb.vectors import index
from kb.vectors.index.opening import path_of
from kb.vectors.index.slots import DamagedError, read_slots
from kb.vectors.index.vectors import Vectors
from tests.small_store import add_source

MODEL = "test#1"
D = 8


def filled(home: Path, count: int) -> Store:
    store = open_store(home)
    with store.transaction():
        meta.put(store, meta.MODEL, MODEL)
    add_source(store, "Made up", [f"Text {n}" for n in range(count)])
    embed(store)
    return store


def embed(store: Store) -> None:
    """A vector for every text without one, the same in every store."""
    hashes = embeddings.missing(store, MODEL)
    rows = [np.random.default_rng(int(h[:8], 16)).normal(size=D) for h in hashes]
    matrix = np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32).reshape(len(rows), D)
    with store.transaction():
        embeddings.insert(store, MODEL, hashes, matrix)


def load(store: Store, table: Table = "passage") -> Vectors:
    with open_reader(store.home) as reader:
        return index.load(reader, table)


def refresh(store: Store) -> None:
    with open_reader(store.home) as reader:
        index.refresh(reader)


def expected(store: Store) -> dict[int, bytes]:
    return {rowid: vector for rowid, vector, _ in embeddings.vectors(store, MODEL, "passage")}


def held(vectors: Vectors) -> dict[int, bytes]:
    rowids, matrix = vectors.of(vectors.rowids)
    return {int(rowid): row.tobytes() for rowid, row in zip(rowids, matrix, strict=True)}


def execute(store: Store, sql: str, *values: object) -> None:
    with store.transaction():
        store.execute(sql, values)


def part(store: Store, suffix: str = ".vectors") -> Path:
    (found,) = (store.home / "index").glob(f"passage-*{suffix}")
    return found


def best(store: Store, vector: bytes, table: Table = "passage") -> tuple[int, float]:
    return load(store, table).search(np.frombuffer(vector, "<f4")[None], 1)[0][0]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a file: slots, how many of them are empty or in the approximate index."""

    count: int
    gone: int
    approximate: int


def figures(home: Path) -> dict[Table, Figures]:
    """The figures of each file that is there."""
    known: dict[Table, Figures] = {}
    for table in TABLES:
        with suppress(OSError, DamagedError):
            header, slots = read_slots(path_of(home, table))
            known[table] = Figures(
                header.count,
                int((slots == 0).sum()),
                header.covered,
            )
    return known
