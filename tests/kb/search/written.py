"""Stores whose texts and queries have vectors that a test writes down, instead of a model's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.store import embeddings, meta
from kb.store.open import Store, open_store
from kb.text.strings import digest
from tests.small_store import add_source, add_statement

MODEL = "test#1"


def vector(*parts: float) -> NDArray[np.float32]:
    """A vector in that direction, of length 1."""
    made = np.array(parts, np.float32)
    return made / np.float32(np.linalg.norm(made))


def written(home: Path, sources: Sequence[Sequence[tuple[str, NDArray[np.float32]]]]) -> Store:
    """A store with a source for each list of texts with their vectors."""
    store = open_store(home)
    with store.transaction():
        meta.put(store, meta.MODEL, MODEL)
    known: dict[str, NDArray[np.float32]] = {}
    for number, texts in enumerate(sources):
        source = add_source(store, f"Source {number}", [text for text, _ in texts])
        sql = "SELECT content_hash FROM passage WHERE source_rowid = ? ORDER BY ordinal"
        for (key,), (_, made) in zip(store.execute(sql, (source,)), texts, strict=True):
            known[key] = made
    embed(store, known)
    return store


def say(store: Store, source: int, text: str, made: NDArray[np.float32]) -> int:
    """A statement with a vector, made in the first passage of the source."""
    rowid = add_statement(store, source, text)
    embed(store, {digest(text): made})
    return rowid


def embed(store: Store, known: Mapping[str, NDArray[np.float32]]) -> None:
    with store.transaction():
        embeddings.insert(store, MODEL, list(known), np.stack(list(known.values())))
