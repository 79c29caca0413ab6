"""A whole query in one warm process, embedding apart, at 10 thousand, 100 thousand and a million passages.

    python benchmarks/warm.py [SIZE…] [--real DIR] [--folder DIR] [--queries N]

The passages are made from real ones: SciFact's abstracts, cut and embedded by `benchmarks/retrieval.py --cut --home
DIR` (--real; else done here, some minutes). A vector lies between a real one and one of its 16 nearest neighbours,
plus noise: the difference of another passage from its own nearest neighbour, scaled by .5 to 1. Its text is sentences
of the passages that it was mixed from. So words are spread more evenly, and neighbours are closer in rank, than in
real texts: both make the search harder. Every tenth passage makes a statement. Queries are SciFact's claims. Rows
are written by executemany, vectors included, so that nothing but search and index are measured.

For each size: the whole query, then its parts by meaning and by word as it uses them, the same words with every row
scored, a filter that leaves half of the passages, and one exact scan of the vectors by one thread, which the others
are compared with; recall@10 of the index against that scan; time to make the files and to follow one changed source,
memory and bytes on disk. Whatever else runs on the machine shows on the clock, less in processor time. A million takes
5 GB.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from retrieval import dataset, fill, lines

from kb.store import meta, open
from kb.text.sentences import split
from kb.vectors import index

EACH = 20  # passages a source
BATCH = 20_000
NEIGHBOURS = 16


def real_passages(home: Path) -> tuple[str, list[str], np.ndarray]:
    """Model, texts and vectors (n, d) of the real passages."""
    from kb.vectors.embed.update import update

    store = open.Store(home)
    reader = store.reader()
    if meta.generation(reader) == 0:
        fill(store, lines(dataset() / "corpus.jsonl"), cutting=True)
        update(store)
    rows = reader.execute("""SELECT p.text, e.vector FROM passage p JOIN embedding e ON e.content_hash = p.content_hash
        ORDER BY p.rowid""").fetchall()
    model = meta.get(reader, meta.MODEL) or ""
    store.close()
    return model, [row[0] for row in rows], np.stack([np.frombuffer(row[1], "<f4") for row in rows])


def embedded_queries(home: Path, model: str, count: int) -> tuple[list[str], np.ndarray]:
    from kb.search.query import parse
    from kb.vectors.embed.query import embed_query

    texts = [parse(query["text"]).text for query in lines(dataset() / "queries.jsonl")][:count]
    return texts, np.stack([embed_query(text, home, model) for text in texts])


class Made:
    """Passages made from real ones."""

    def __init__(self, texts: list[str], vectors: np.ndarray) -> None:
        import faiss

        self.random = np.random.default_rng(0)
        self.vectors = vectors
        self.sentences = [[text[a:b] for a, b in split(text)] or [text] for text in texts]
        _, near = faiss.knn(vectors, vectors, NEIGHBOURS + 1, metric=faiss.METRIC_INNER_PRODUCT)
        self.near = near[:, 1:]

    def batch(self, count: int) -> tuple[list[str], np.ndarray]:
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
    open.Store(home).close()
    connection = sqlite3.connect(home / open.DB_NAME, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("BEGIN")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for begin in range(0, size, BATCH):
        _insert(connection, begin, *made.batch(min(BATCH, size - begin)), model)
    for table in ("passage_fts", "statement_fts"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    for _, sql in triggers:
        connection.execute(sql)
    meta.put(connection, meta.MODEL, model)
    meta.bump_generation(connection)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _insert(connection: sqlite3.Connection, begin: int, texts: list[str], vectors: np.ndarray, model: str) -> None:
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
    connection = open._connect(home / open.DB_NAME)
    connection.execute("BEGIN IMMEDIATE")
    model = meta.get(connection, meta.MODEL)
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
    meta.bump_generation(connection)
    connection.execute("COMMIT")
    connection.close()


def measure(home: Path, queries: Path) -> dict[str, Any]:
    """All figures of a store whose index files are made; in a process of its own, for the memory."""
    import faiss

    from kb.search import lexical, semantic
    from kb.search.filters import Filters
    from kb.search.query import parse
    from kb.search.search import search

    texts, vectors = json.loads((queries / "texts.json").read_text()), np.load(queries / "vectors.npy")
    known = dict(zip(texts, vectors, strict=True))
    parsed = {text: parse(text) for text in texts}
    semantic.query_vector = lambda *given: known[given[-1]]
    faiss.omp_set_num_threads(1)  # on shared cores, threads that wait for each other measure the neighbours
    reader = open.open_reader(home)
    stored = index.load(reader, home, "passage")

    def each(action: Callable[[str], Any], most: int | None = None) -> tuple[float, float, float]:
        """Median and 95th percentile on the clock, and median on the processor, in ms."""
        spent, used = [], []
        for text in texts[:most]:
            begin, cpu = time.perf_counter(), time.process_time()
            action(text)
            spent.append(1000 * (time.perf_counter() - begin))
            used.append(1000 * (time.process_time() - cpu))
        return statistics.median(spent), float(np.quantile(spent, 0.95)), statistics.median(used)

    def whole(text: str, **filters: Any) -> None:
        assert search(reader, home, text, "passages", "hybrid", Filters(**filters)).hits

    half = len(texts) // 2
    for text in texts[half:]:  # others, so that no answer is known before it is asked for
        whole(text)
    texts = texts[:half]
    figures: dict[str, Any] = {"whole": each(whole)}
    figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["anonymous"] = _status("RssAnon") / 1024
    figures["meaning"] = each(lambda text: stored.search(known[text][None], 200))
    near = {text: stored.search(known[text][None], 200)[0] for text in texts}
    close = {text: [rowid for rowid, _ in rows] for text, rows in near.items()}
    figures["words"] = each(lambda text: lexical.search(reader, "passage", parsed[text], None, 200, close[text]))
    figures["words alone"] = each(lambda text: lexical.search(reader, "passage", parsed[text], None, 200), 20)
    figures["filtered"] = each(lambda text: whole(text, kind=("paper",)), 20)
    figures["exact"] = each(
        lambda text: faiss.knn(known[text][None], stored.matrix, 200, metric=faiss.METRIC_INNER_PRODUCT)
    )
    right = []
    for text in texts:
        _, best = faiss.knn(known[text][None], stored.matrix, 200, metric=faiss.METRIC_INNER_PRODUCT)
        there = [rowid for rowid in stored.slots[best[0]].tolist() if rowid > 0][:10]  # not of a source changed since
        right.append(len(set(there) & {rowid for rowid, _ in near[text][:10]}) / 10)
    figures["recall"] = statistics.mean(right)
    spent = []
    for _ in range(5):
        change_a_source(home)
        begin = time.perf_counter()
        for table in ("passage", "statement"):
            index.load(reader, home, table)
        spent.append(1000 * (time.perf_counter() - begin))
    figures["follow"] = statistics.median(spent)
    return figures


def _status(name: str) -> int:
    """A line of /proc/self/status, in kB; 0 where there is none."""
    file = Path("/proc/self/status")
    text = file.read_text() if file.exists() else ""
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith(name)), 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--real", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--keep", action="store_true", help="leave the stores in --folder")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.folder)))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        folder = options.folder if options.keep else Path(scratch)
        real = options.real or folder / "real"
        model, texts, vectors = real_passages(real)
        asked, embedded = embedded_queries(real, model, 2 * options.queries)
        (folder / "texts.json").write_text(json.dumps(asked))
        np.save(folder / "vectors.npy", embedded)
        print(
            f"{platform.machine()}, {os.cpu_count()} cores; made from {len(texts)} passages, {options.queries} queries"
        )
        for size in options.sizes:
            home = folder / str(size)
            if not home.exists():
                fill_made(home, size, Made(texts, vectors), model)
            reader = open.open_reader(home)
            begin = time.perf_counter()
            for table in ("passage", "statement"):
                index.load(reader, home, table)
            written = time.perf_counter() - begin
            index.refresh(reader, home)
            made = time.perf_counter() - begin - written
            reader.close()
            command = [sys.executable, __file__, "--measure", str(home), "--folder", str(folder)]
            figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            show(size, figures, written, made, home)
            if not options.keep:
                shutil.rmtree(home)


def show(size: int, figures: dict[str, Any], written: float, made: float, home: Path) -> None:
    megabytes = {
        name: sum(f.stat().st_size for f in files) / 1e6
        for name, files in {
            "store": [home / open.DB_NAME],
            "vectors": (home / "index").glob("*.vectors"),
            "approximate": (home / "index").glob("*.near"),
        }.items()
    }
    print(f"{size:,} passages; ms: median, 95th percentile, median of processor time; an exact scan is 1")
    exact = figures["exact"][2]
    for name in ("whole", "meaning", "words", "words alone", "filtered", "exact"):
        median, high, used = figures[name]
        print(f"  {name:12} {median:8.1f} {high:8.1f} {used:8.1f}  × {used / exact:.2f}")
    print(
        f"  recall@10 {figures['recall']:.4f}; memory {figures['memory']:.0f} MB, of it {figures['anonymous']:.0f} "
        f"not mapped; on disk MB: " + ", ".join(f"{k} {v:.0f}" for k, v in megabytes.items())
    )
    print(
        f"  files written in {written:.1f} s, approximate index in {made:.1f} s; "
        f"one source of {EACH} passages changed: followed in {figures['follow']:.0f} ms",
        flush=True,
    )


if __name__ == "__main__":
    main()
