"""One search in a fresh process, against the least that could do it and against what people do.

    python -m benchmarks.cold --passages 10000 --rounds 15

Real passages (SciFact's abstracts, cut as an import cuts them; without them the examples) go into a home of `kb` and
into a plain SQLite file with a plain file of vectors. In turns, each in a process of its own on a warm disk: `kb
search`; a bare script with onnxruntime, tokenizers, sqlite3 and a mapped file that ranks the same way; and, where
sentence-transformers is installed, the same question through `SentenceTransformer.encode` and faiss. Then `kb --help`
against a Typer hello world. Medians, and ratios to the floor. With --home the store is kept for the next run.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.data import fill, texts
from benchmarks.measuring import Took, has_torch, in_turns, kb, machine, parser, process
from kb.store import embeddings, meta
from kb.store.open import open_reader, open_store
from kb.vectors.embed.encoder import export_folder
from kb.vectors.embed.model import resolve
from kb.vectors.embed.update import update

PEOPLES = "sentence-transformers and faiss"
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
near = np.argpartition(-cosines, min(200, len(cosines) - 1))[:200]
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


def prepare(home: Path, folder: Path, passages: int) -> int:
    """Fill the home, and the plain files beside it, with the same passages; returns how many there are."""
    with open_store(home) as store:
        if meta.generation(store) == 0:
            fill(store, texts()[: passages * 10 // 24], cutting=True)
        update(store)
    with open_reader(home) as reader:
        model = meta.get(reader, meta.MODEL) or ""
        vectors = {row[0]: row[1] for row in embeddings.vectors(reader, model, "passage")}
        rows = reader.execute(
            "SELECT p.rowid, s.title, p.text FROM passage p JOIN source s ON s.rowid = p.source_rowid"
        )
        known = [row for row in rows if row[0] in vectors]
    (folder / "vectors.f32").write_bytes(b"".join(vectors[row[0]] for row in known))
    plain = sqlite3.connect(folder / "plain.sqlite")
    plain.execute("CREATE TABLE p (rowid INTEGER PRIMARY KEY, title TEXT, text TEXT)")
    plain.execute("CREATE VIRTUAL TABLE f USING fts5(text, title, content='p', tokenize='porter unicode61')")
    plain.executemany("INSERT INTO p VALUES (?, ?, ?)", ((n, row[1], row[2]) for n, row in enumerate(known, 1)))
    plain.execute("INSERT INTO f(f) VALUES ('rebuild')")
    plain.commit()
    plain.close()
    import faiss

    index = faiss.IndexFlatIP(384)
    index.add(np.stack([np.frombuffer(vectors[row[0]], "<f4") for row in known]))
    faiss.write_index(index, str(folder / "people.faiss"))
    return len(known)


def show(found: Mapping[str, Took], floor: str) -> None:
    """A line each, with the ratio to the floor."""
    for name, took in found.items():
        print(f"{name:<32} {took.wall * 1000:6.0f} ms  {took.wall / found[floor].wall:5.2f} × {floor}")


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--passages", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--home", type=Path, help="keep the store here")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home = chosen.home or folder / "home"
        count = prepare(home, folder, chosen.passages)
        leaving = FLOOR + "sys.stdout.flush()\nimport os\nos._exit(0)\n"
        for name, script in (("floor", FLOOR), ("leaving", leaving), ("people", PEOPLE), ("hello", HELLO)):
            (folder / f"{name}.py").write_text(script)
        model = resolve()
        export = str(export_folder(model.fingerprint, home))

        def run(script: str, *arguments: str) -> Callable[[], Took]:
            return partial(process, [sys.executable, str(folder / f"{script}.py"), *arguments])

        asked = [str(folder), QUESTION]
        ways: dict[str, Callable[[], Took]] = {
            "floor": run("floor", export, *asked),
            "floor, left at once as kb does": run("leaving", export, *asked),
            "kb search": partial(process, kb(home, "search", QUESTION)),
            "kb search --mode lexical": partial(process, kb(home, "search", QUESTION, "--mode", "lexical")),
        }
        if has_torch("the search that people write with it is left out"):
            ways[PEOPLES] = run("people", str(model.folder), *asked)
        print(f"{machine()}; {count:,} passages, medians of {chosen.rounds} turns")
        found = in_turns(ways, chosen.rounds, {PEOPLES: 3})
        show(found, "floor")
        if PEOPLES in found:
            print(f"kb search is {found[PEOPLES].wall / found['kb search'].wall:.1f} × faster than the last")
        show(
            in_turns(
                {"hello": run("hello", "--help"), "kb --help": partial(process, kb(home, "--help"))}, chosen.rounds
            ),
            "hello",
        )


if __name__ == "__main__":
    main()
