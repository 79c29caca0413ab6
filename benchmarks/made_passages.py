"""A store of very many passages, made from real ones: what `benchmarks/warm.py` measures on.

A vector lies between a real one and one of its 16 nearest neighbours, plus noise: the difference of another passage
from its own nearest neighbour, scaled by .5 to 1. Its text is sentences of the passages that it was mixed from. So
words are spread more evenly, and neighbours are closer in rank, than in real texts: both make the search harder. Every
tenth passage makes a statement. Rows are written by executemany, vectors included, past the importers.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.store import fulltext, meta
from kb.store.open import open_store
from kb.text.sentences import split

Matrix = NDArray[np.float32]

EACH = 20  # passages a source
BATCH = 20_000
NEIGHBOURS = 16


class Made:
    """Passages made from real ones."""

    def __init__(self, texts: list[str], vectors: Matrix) -> None:
        import faiss

        self.random = np.random.default_rng(0)
        self.vectors = vectors
        self.sentences = [[text[a:b] for a, b in split(text)] or [text] for text in texts]
        _, near = faiss.knn(vectors, vectors, NEIGHBOURS + 1, metric=faiss.METRIC_INNER_PRODUCT)
        self.near = near[:, 1:]

    def batch(self, count: int) -> tuple[list[str], Matrix]:
        """Texts, and vectors (n, d) of length 1."""
        random, all_ = self.random, len(self.vectors)
        one, other = random.integers(0, all_, count), random.integers(0, all_, count)
        beside = self.near[one, random.integers(0, NEIGHBOURS, count)]
        way = random.uniform(0, 0.5, (count, 1)).astype("f4")
        noise = random.uniform(0.5, 1, (count, 1)).astype("f4")
        x = self.vectors
        mixed = x[one] + way * (x[beside] - x[one]) + noise * (x[other] - x[self.near[other, 0]])
        mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
        picks = random.integers(0, 1 << 30, (count, 4))
        texts = [
            " ".join(s[p % len(s)] for s, p in zip(map(self.sentences.__getitem__, (i, i, j, k)), four, strict=True))
            for i, j, k, four in zip(one, beside, other, picks.tolist(), strict=True)
        ]
        return texts, mixed


def fill_made(home: Path, size: int, made: Made, model: str) -> None:
    """A store with so many passages and a tenth as many statements. Triggers are off meanwhile."""
    store = open_store(home)
    connection = store.connection
    connection.execute("PRAGMA synchronous = OFF")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("BEGIN")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for begin in range(0, size, BATCH):
        _insert(connection, begin, *made.batch(min(BATCH, size - begin)), model)
    fulltext.rebuild(store)
    for _, sql in triggers:
        connection.execute(sql)
    meta.put(store, meta.MODEL, model)
    meta.bump_generation(store)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _insert(connection: sqlite3.Connection, begin: int, texts: list[str], vectors: Matrix, model: str) -> None:
    sources, passages, statements, mentions, hashes = [], [], [], [], []
    for first in range(0, len(texts), EACH):
        group, number, at = texts[first : first + EACH], (begin + first) // EACH + 1, 0
        title = f"Made up {number}"
        whole = "\n\n".join(group)
        sources.append(
            (number, f"s{number}", f"key{number}", ("paper", "post")[number % 2], title, title.lower(), whole)
        )
        for ordinal, text in enumerate(group):
            row = begin + first + ordinal + 1
            passages.append((row, f"p{row}", number, ordinal, ordinal, at, at + len(text), text, title, f"h{row}"))
            hashes.append(f"h{row}")
            if row % 10 == 0:
                said = text.split(". ")[0]
                statements.append((row, f"c{row}", said, f"h{row}"))
                mentions.append((row, number, ordinal, said, at, at + len(said)))
            at += len(text) + 2
    connection.executemany(
        """INSERT INTO source (rowid, id, citekey, kind, title, title_key, title_given, added, updated, external_ids,
        text, importer, importer_version, problems)
        VALUES (?, ?, ?, ?, ?, ?, 0, '2024-01-01', '2024-01-01', '{}', ?, '', '', '[]')""",
        sources,
    )
    connection.executemany(
        """INSERT INTO passage (rowid, id, source_rowid, ordinal, block, kind, start, "end", text, context, heading,
        level, content_hash) VALUES (?, ?, ?, ?, ?, 'paragraph', ?, ?, ?, ?, '[]', 0, ?)""",
        passages,
    )
    connection.executemany(
        """INSERT INTO statement (rowid, id, kind, text, basis, rule, status, created, content_hash)
        VALUES (?, ?, 'claim', ?, 'cue', '', 'suggested', '2024-01-01', ?)""",
        statements,
    )
    connection.executemany(
        """INSERT INTO mention (statement_rowid, source_rowid, passage_ordinal, quote, start, "end", lost)
        VALUES (?, ?, ?, ?, ?, ?, 0)""",
        mentions,
    )
    blobs = zip(hashes, vectors.astype("<f4"), strict=True)
    connection.executemany(
        "INSERT INTO embedding (content_hash, model, vector) VALUES (?, ?, ?)",
        [(h, model, vector.tobytes()) for h, vector in blobs],
    )


def change_a_source(home: Path) -> None:
    """Give one source new passages, as an import with embedding does."""
    store = open_store(home)
    connection = store.connection
    connection.execute("BEGIN IMMEDIATE")
    model = meta.get(store, meta.MODEL)
    rows = connection.execute("SELECT * FROM passage WHERE source_rowid = 7").fetchall()
    connection.execute("DELETE FROM passage WHERE source_rowid = 7")
    vector = np.random.default_rng().normal(size=(len(rows), 384)).astype("f4")
    for row, one in zip(rows, vector / np.linalg.norm(vector, axis=1, keepdims=True), strict=True):
        columns = [name for name in row.keys() if name != "rowid"]  # noqa: SIM118  a Row is no mapping
        fields = dict(row) | {"text": row["text"] + " Changed.", "content_hash": f"n{time.time_ns()}"}
        connection.execute(
            f"""INSERT INTO passage ({", ".join(f'"{name}"' for name in columns)})
            VALUES ({", ".join("?" * len(columns))})""",
            [fields[name] for name in columns],
        )
        connection.execute(
            "INSERT INTO embedding (content_hash, model, vector) VALUES (?, ?, ?)",
            (fields["content_hash"], model, one.tobytes()),
        )
    meta.bump_generation(store)
    connection.execute("COMMIT")
    store.close()
