"""One search in a fresh process, against the least that could do it and against what people do.

    python benchmarks/cold.py [--passages 10000] [--rounds 15] [--home DIR]

Real passages (SciFact's abstracts, cut as an import cuts them; `datasets/scifact` under KB_SHARED, else under `shared`
beside the repository) go into a home of `kb` and into a plain SQLite file with a plain file of vectors. In turns, each
in a process of its own on a warm disk: `kb search`; a bare script with onnxruntime, tokenizers, sqlite3 and a mapped
file that ranks the same way; and the same question through `SentenceTransformer.encode` and faiss. Then `kb --help`
against a Typer hello world. Medians, and ratios to the floor. With --home the store is kept for the next run.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from retrieval import dataset, fill, lines

from kb.store import embeddings, meta
from kb.store.open import Store, open_reader
from kb.vectors.embed.model import resolve
from kb.vectors.embed.query import export_folder
from kb.vectors.embed.update import update

QUESTION = "does vitamin D deficiency raise the risk of multiple sclerosis?"

FLOOR = """
import sqlite3, sys
import numpy as np, onnxruntime
from tokenizers import Tokenizer
model, folder, question = sys.argv[1:]
options = onnxruntime.SessionOptions()
options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(model + "/model.onnx", options, providers=["CPUExecutionProvider"])
tokens = Tokenizer.from_file(model + "/tokenizer.json").encode(question)
feed = {"input_ids": tokens.ids, "attention_mask": tokens.attention_mask, "token_type_ids": tokens.type_ids}
names = {i.name for i in session.get_inputs()}
vector = session.run(None, {k: np.array([v], dtype=np.int64) for k, v in feed.items() if k in names})[0][0]
matrix = np.memmap(folder + "/vectors.f32", "<f4", "r").reshape(-1, 384)
cosines = matrix @ vector
near = np.argpartition(-cosines, 200)[:200]
near = near[np.argsort(-cosines[near])]
db = sqlite3.connect(folder + "/plain.sqlite")
words = " OR ".join('"' + w + '"' for w in "vitamin d deficiency raise risk multiple sclerosis".split())
bm25 = dict(db.execute("SELECT rowid, -rank FROM f WHERE f MATCH ? ORDER BY rank LIMIT 200", (words,)).fetchall())
best, most = float(cosines[near[0]]), max(bm25.values())
score = {int(i) + 1: 0.75 * (float(cosines[i]) + 1) / (best + 1) for i in near}
for row, value in bm25.items():
    score[row] = score.get(row, 0.75 * (float(cosines[row - 1]) + 1) / (best + 1)) + 0.25 * value / most
for row in sorted(score, key=score.get, reverse=True)[:10]:
    title, text = db.execute("SELECT title, text FROM p WHERE rowid = ?", (row,)).fetchone()
    print(title, text)
"""

PEOPLE = """
import sqlite3, sys
import faiss, numpy as np
from sentence_transformers import SentenceTransformer
model, folder, question = sys.argv[1:]
vector = SentenceTransformer(model, local_files_only=True).encode([question])
index = faiss.read_index(folder + "/people.faiss")
db = sqlite3.connect(folder + "/plain.sqlite")
for row in index.search(vector, 10)[1][0]:
    print(*db.execute("SELECT title, text FROM p WHERE rowid = ?", (int(row) + 1,)).fetchone())
"""

HELLO = """
import typer
app = typer.Typer()
@app.command()
def hello(name: str = "world") -> None:
    "Say hello."
    print("hello", name)
app()
"""


def prepare(home: Path, folder: Path, passages: int) -> None:
    """Fill the home, and the plain files beside it, with the same passages."""
    store = Store(home)
    if meta.generation(store.reader()) == 0:
        fill(store, lines(dataset() / "corpus.jsonl")[: passages * 10 // 24], True)
    update(store)
    store.close()
    reader = open_reader(home)
    model = meta.get(reader, meta.MODEL) or ""
    vectors = {row[0]: row[1] for row in embeddings.vectors(reader, model, "passage")}
    rows = reader.execute("SELECT p.rowid, s.title, p.text FROM passage p JOIN source s ON s.rowid = p.source_rowid")
    known = [row for row in rows if row[0] in vectors]
    (folder / "vectors.f32").write_bytes(b"".join(vectors[row[0]] for row in known))
    plain = sqlite3.connect(folder / "plain.sqlite")
    plain.execute("CREATE TABLE p (rowid INTEGER PRIMARY KEY, title TEXT, text TEXT)")
    plain.execute("CREATE VIRTUAL TABLE f USING fts5(text, title, content='p', tokenize='porter unicode61')")
    plain.executemany("INSERT INTO p VALUES (?, ?, ?)", ((n, row[1], row[2]) for n, row in enumerate(known, 1)))
    plain.execute("INSERT INTO f(f) VALUES ('rebuild')")
    plain.commit()
    import faiss

    index = faiss.IndexFlatIP(384)
    index.add(np.stack([np.frombuffer(vectors[row[0]], "<f4") for row in known]))
    faiss.write_index(index, str(folder / "people.faiss"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {len(known):,} passages")


def compare(commands: dict[str, tuple[list[str], int]], rounds: int) -> dict[str, float]:
    """Median seconds of each command, run in turns; the number says in every how many-th turn it runs."""
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, (command, every) in commands.items():
            if turn % every:
                continue
            begun = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            if turn:  # the first warms the disk
                spent[name].append(time.perf_counter() - begun)
    return {name: statistics.median(times) for name, times in spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    kb = str(Path(sys.executable).with_name("kb"))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home = options.home or folder / "home"
        prepare(home, folder, options.passages)
        leaving = FLOOR + "sys.stdout.flush()\nimport os\nos._exit(0)\n"
        for name, script in (("floor", FLOOR), ("leaving", leaving), ("people", PEOPLE), ("hello", HELLO)):
            (folder / f"{name}.py").write_text(script)
        model = resolve()
        export = str(export_folder(home, model.fingerprint))
        asked = [str(folder), QUESTION]
        found = compare(
            {
                "floor": ([sys.executable, str(folder / "floor.py"), export, *asked], 1),
                "floor, left at once as kb does": ([sys.executable, str(folder / "leaving.py"), export, *asked], 1),
                "kb search": ([kb, "--home", str(home), "search", QUESTION], 1),
                "kb search --mode lexical": ([kb, "--home", str(home), "search", QUESTION, "--mode", "lexical"], 1),
                "sentence-transformers and faiss": (
                    [sys.executable, str(folder / "people.py"), str(model.folder), *asked],
                    3,
                ),
            },
            options.rounds,
        )
        for name, seconds in found.items():
            print(f"{name:<32} {seconds * 1000:6.0f} ms  {seconds / found['floor']:5.2f} × floor")
        print(
            f"kb search is {found['sentence-transformers and faiss'] / found['kb search']:.1f} × faster than the last"
        )
        helped = compare(
            {"hello": ([sys.executable, str(folder / "hello.py"), "--help"], 1), "kb --help": ([kb, "--help"], 1)},
            options.rounds,
        )
        for name, seconds in helped.items():
            print(f"{name:<32} {seconds * 1000:6.0f} ms  {seconds / helped['hello']:5.2f} × hello")


if __name__ == "__main__":
    main()
