"""A whole query in one warm process, embedding apart, at 10 thousand, 100 thousand and a million passages.

    python -m benchmarks.warm 10000 100000 --queries 100

The passages are made from real ones (`benchmarks/made_passages.py` says how): SciFact's abstracts, cut and embedded
here (some minutes) or by `benchmarks.retrieval --cut --home DIR` (--real DIR). Queries are SciFact's claims. Without
SciFact both are made from the examples.

For each size: the whole query, then its parts by meaning and by word as it uses them, lexical mode, two words joined by
AND, two in quotes, a filter that leaves half of the passages, and one exact scan of the vectors by one thread, which
the others are compared with; recall@10 of the index against that scan; time to make the files and to follow one changed
source, memory and bytes on disk. Whatever else runs on the machine shows on the clock, less in processor time. A
million takes 5 GB.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.data import fill, questions, texts
from benchmarks.made_passages import EACH, Made, Matrix, change_a_source, fill_made
from benchmarks.measuring import ROOT, machine, parser
from kb.store import meta
from kb.store.open import DB_NAME, open_reader, open_store
from kb.vectors import index


def real_passages(home: Path) -> tuple[str, list[str], Matrix]:
    """Model, texts and vectors (n, d) of the real passages."""
    from kb.vectors.embed.update import update

    with open_store(home) as store:
        if meta.generation(store) == 0:
            fill(store, texts(), cutting=True)
            update(store)
        rows = store.execute("""SELECT p.text, e.vector FROM passage p JOIN embedding e
            ON e.content_hash = p.content_hash ORDER BY p.rowid""").fetchall()
        model = meta.get(store, meta.MODEL) or ""
    return model, [row[0] for row in rows], np.stack([np.frombuffer(row[1], "<f4") for row in rows])


def embedded_queries(home: Path, model: str, count: int) -> tuple[list[str], Matrix]:
    """So many queries as they are embedded, and their vectors (n, d)."""
    from kb.search.query import parse
    from kb.vectors.embed.query import embed_query

    asked = [parse(text).text for text in questions(count)]
    return asked, np.stack([embed_query(text, home, model) for text in asked])


def measure(home: Path, queries: Path) -> dict[str, Any]:
    """All figures of a store whose index files are made; in a process of its own, for the memory."""
    import faiss

    from kb.model.filters import Filters
    from kb.search import semantic
    from kb.search.query import parse
    from kb.search.search import Mode, search
    from kb.store import fulltext
    from kb.vectors.embed.encoder import vector_alone

    texts, vectors = json.loads((queries / "texts.json").read_text()), np.load(queries / "vectors.npy")
    known = dict(zip(texts, vectors, strict=True))
    parsed = {text: parse(text) for text in texts}
    semantic.read = lambda *given: vector_alone(known.get(given[-1], vectors[0]))  # embedding is measured apart
    faiss.omp_set_num_threads(1)  # on shared cores, threads that wait for each other measure the neighbours
    reader = open_reader(home)
    stored = index.load(reader, "passage")

    def each(action: Callable[[str], Any], most: int | None = None) -> tuple[float, float, float]:
        """Median and 95th percentile on the clock, and median on the processor, in ms."""
        spent, used = [], []
        for text in texts[:most]:
            begin, cpu = time.perf_counter(), time.process_time()
            action(text)
            spent.append(1000 * (time.perf_counter() - begin))
            used.append(1000 * (time.process_time() - cpu))
        return statistics.median(spent), float(np.quantile(spent, 0.95)), statistics.median(used)

    def whole(text: str, mode: Mode = "hybrid", **filters: Any) -> None:
        assert search(reader, text, "passages", mode, Filters(**filters)).hits

    def both(text: str) -> str:
        return " AND ".join(sorted(re.findall(r"\w+", text), key=len)[-2:])

    def quoted(text: str) -> str:
        pair = re.search(r"[^\W\d]{4,} [^\W\d]{4,}", text)
        return f'"{pair[0]}"' if pair else text

    def by_word(text: str, near: Sequence[int]) -> list[tuple[int, float]]:
        query = parsed[text]
        return fulltext.search(
            reader,
            "passage",
            query.match,
            None,
            200,
            phrases=tuple(dict.fromkeys((*query.phrases, *query.words))),
            near=near,
        )

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
    figures["words"] = each(lambda text: by_word(text, close[text]))
    figures["lexical"] = each(lambda text: whole(text, "lexical"), 20)
    figures["AND"] = each(lambda text: whole(both(text)), 20)
    figures["quotes"] = each(lambda text: whole(quoted(text)), 20)
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
            index.load(reader, table)
        spent.append(1000 * (time.perf_counter() - begin))
    figures["follow"] = statistics.median(spent)
    return figures


def _status(name: str) -> int:
    """A line of /proc/self/status, in kB; 0 where there is none."""
    file = Path("/proc/self/status")
    text = file.read_text() if file.exists() else ""
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith(name)), 0)


def main() -> None:
    options = parser(__doc__)
    options.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    options.add_argument("--real", type=Path, help="a home with real passages, kept")
    options.add_argument("--folder", type=Path, help="where the stores are made")
    options.add_argument("--queries", type=int, default=300)
    options.add_argument("--keep", action="store_true", help="leave the stores in --folder")
    options.add_argument("--measure", type=Path, metavar="HOME", help="only this store, with the queries in --folder")
    chosen = options.parse_args()
    if chosen.measure:
        print(json.dumps(measure(chosen.measure, chosen.folder)))
        return
    with tempfile.TemporaryDirectory(dir=chosen.folder) as scratch:
        folder = chosen.folder if chosen.keep else Path(scratch)
        real = chosen.real or folder / "real"
        model, known, vectors = real_passages(real)
        asked, embedded = embedded_queries(real, model, 2 * chosen.queries)
        (folder / "texts.json").write_text(json.dumps(asked))
        np.save(folder / "vectors.npy", embedded)
        print(f"{machine()}; made from {len(known)} passages, {chosen.queries} queries")
        for size in chosen.sizes:
            home = folder / str(size)
            if not home.exists():
                fill_made(home, size, Made(known, vectors), model)
            reader = open_reader(home)
            begin = time.perf_counter()
            for table in ("passage", "statement"):
                index.load(reader, table)
            written = time.perf_counter() - begin
            index.refresh(reader)
            made = time.perf_counter() - begin - written
            reader.close()
            command = [sys.executable, "-m", "benchmarks.warm", "--measure", str(home), "--folder", str(folder)]
            ran = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
            show(size, json.loads(ran.stdout), written, made, home)
            if not chosen.keep:
                shutil.rmtree(home)


def show(size: int, figures: dict[str, Any], written: float, made: float, home: Path) -> None:
    megabytes = {
        name: sum(f.stat().st_size for f in files) / 1e6
        for name, files in {
            "store": [home / DB_NAME],
            "vectors": (home / "index").glob("*.vectors"),
            "approximate": (home / "index").glob("*.near"),
        }.items()
    }
    print(f"{size:,} passages; ms: median, 95th percentile, median of processor time; an exact scan is 1")
    exact = figures["exact"][2]
    for name in ("whole", "meaning", "words", "lexical", "AND", "quotes", "filtered", "exact"):
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
