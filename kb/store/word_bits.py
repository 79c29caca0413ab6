"""Table `word_bits`: the words of embedded passages as vectors of one bit a component, packed.

A row goes with the row of `embedding` that it belongs to. Statements have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.store import access
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """How many passages have such vectors, and the bytes that these take."""

    passages: int
    bytes: int


def of_passages(store: Store, hashes: Iterable[str]) -> frozenset[str]:
    """Those of these content hashes that are a passage's."""
    sql = "SELECT DISTINCT content_hash FROM passage WHERE kind <> 'heading' AND content_hash IN ({})"
    return frozenset(row[0] for row in access.in_chunks(store, sql, hashes))


def missing(store: Store, model: str) -> list[str]:
    """Content hashes of passages that have a vector under the model and no words, in order of their rows."""
    sql = """SELECT p.content_hash FROM passage p JOIN embedding e ON e.content_hash = p.content_hash AND e.model = ?
        WHERE p.kind <> 'heading' AND NOT EXISTS (SELECT 1 FROM word_bits b WHERE b.embedding_rowid = e.rowid)
        ORDER BY p.rowid"""
    return list(dict.fromkeys(row[0] for row in store.execute(sql, (model,))))


def of(store: Store, model: str, passages: Sequence[int]) -> dict[int, bytes]:
    """The packed words of those of these passages, by rowid, that have them."""
    sql = """SELECT p.rowid, b.bits FROM passage p JOIN embedding e ON e.content_hash = p.content_hash AND e.model = ?
        JOIN word_bits b ON b.embedding_rowid = e.rowid WHERE p.rowid IN ({})"""
    return {row[0]: row[1] for row in access.in_chunks(store, sql, passages, before=(model,))}


def kept(store: Store) -> Kept:
    """How much there is, under any model."""
    row = store.execute("SELECT count(*), coalesce(sum(length(bits)), 0) FROM word_bits").fetchone()
    return Kept(int(row[0]), int(row[1]))


def insert(store: Store, model: str, packed: Mapping[str, bytes]) -> None:
    """Store the words of texts, by content hash, whose vectors are there. What is there already stays."""
    store.execute_many(
        """INSERT INTO word_bits (embedding_rowid, bits)
        SELECT rowid, ? FROM embedding WHERE content_hash = ? AND model = ? ON CONFLICT DO NOTHING""",
        [(bits, name, model) for name, bits in packed.items()],
    )
