"""Bulk embedding in both precisions against `SentenceTransformer.encode` at its defaults, on the same texts in one run.

    python -m benchmarks.bulk --words 60 --count 400 --rounds 3

Texts are pieces of so many words from a file, else from SciFact's abstracts, else from the examples; with --home they
are passages of a home with the statements made in them. The ways take turns; medians are printed, with the cosine of
their vectors to those in single precision and, on a CPU, the floor of these by arithmetic: 21.2 MFLOP and 9.2 kFLOP
times the length a token, over the rate of the matrix products that this machine reaches. Without sentence-transformers
kb is measured against that floor alone.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from benchmarks import data
from benchmarks.measuring import Took, has_torch, in_turns, machine, parser, timed
from kb import config
from kb.model.embedded_text import in_context
from kb.store.open import open_reader
from kb.vectors.embed import bulk, export
from kb.vectors.embed.encoder import TOKENIZER
from kb.vectors.embed.model import resolve
from kb.vectors.embed.precision import Precision

THEIRS = "SentenceTransformer.encode"
OURS: dict[Precision, str] = {"float32": "kb", "int8": "kb, int8"}
LONGEST = 256  # tokens; the default model reads no more


def pieces_of(file: Path | None, words: int, count: int) -> list[str]:
    """That many pieces of so many words."""
    if file is None:
        whole = " ".join(one.text for one in data.texts()[: count * words // 100 + 10])
    else:
        whole = file.read_text(encoding="utf-8")
    every = whole.split()
    pieces = [" ".join(every[at : at + words]) for at in range(0, len(every), words)]
    return (pieces * (count // len(pieces) + 1))[:count]


def passages_of(home: Path, count: int) -> list[str]:
    """What is embedded for so many passages, drawn by lot but each time the same, and for the statements in them."""
    sql = "SELECT source_rowid, start, end, context, text FROM passage WHERE kind <> 'heading' ORDER BY rowid"
    said = """SELECT s.text FROM mention m JOIN statement s ON s.rowid = m.statement_rowid
        WHERE m.source_rowid = ? AND m.start >= ? AND m.start < ? AND NOT m.lost"""
    pieces: list[str] = []
    with open_reader(home) as store:
        rows = store.execute(sql).fetchall()
        for source, start, end, context, text in Random(0).sample(rows, min(count, len(rows))):
            pieces += [in_context(context, text), *(row[0] for row in store.execute(said, (source, start, end)))]
    return pieces


def gemm() -> float:
    """FLOP a second of single-precision matrix products on all cores: the best that onnxruntime, or torch where it is
    installed, reaches.

    The shapes are those of the model's widest layer, 384 by 1,536, over 512 tokens; onnxruntime runs one product a
    core at a time, torch one over all.
    """
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper

    rows, inner, columns, times = 512, 384, 1536, 20
    work = 2 * rows * inner * columns * times
    weights = np.random.default_rng(0).random((inner, columns), dtype=np.float32)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["a", "w"], ["y"])],
        "product",
        [helper.make_tensor_value_info("a", TensorProto.FLOAT, [rows, inner])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [rows, columns])],
        [onnx.numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    a = np.random.default_rng(1).random((rows, inner), dtype=np.float32)
    cores = os.cpu_count() or 1

    def products(_: int) -> None:
        for _ in range(times):
            session.run(None, {"a": a})

    best = torch_products(a, weights, times) if find_spec("torch") else 0.0
    with ThreadPoolExecutor(cores) as pool:
        for _ in range(40):
            begun = time.perf_counter()
            list(pool.map(products, range(cores)))
            best = max(best, cores * work / (time.perf_counter() - begun))
    return best


def torch_products(one: NDArray[np.float32], other: NDArray[np.float32], times: int) -> float:
    """The same by torch, over all cores."""
    import torch

    torch.set_num_threads(os.cpu_count() or 1)
    whole, wide = torch.from_numpy(one), torch.from_numpy(other)
    work, best = 2 * one.size * other.shape[1] * times, 0.0
    for _ in range(40):
        begun = time.perf_counter()
        for _ in range(times):
            whole @ wide
        best = max(best, work / (time.perf_counter() - begun))
    return best


def lengths(pieces: list[str], folder: Path) -> list[int]:
    """Tokens of each text, by the tokeniser of the export."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    return [min(LONGEST, len(tokenizer.encode(text).ids)) for text in pieces]


def main() -> None:
    options = parser(__doc__)
    options.add_argument("file", nargs="?", type=Path)
    options.add_argument("--words", type=int, default=60)
    options.add_argument("--count", type=int, default=400)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    options.add_argument("--home", type=Path, help="with the passages to embed")
    options.add_argument("--model")
    chosen = options.parse_args()
    if chosen.home:
        pieces = passages_of(chosen.home, chosen.count)
    else:
        pieces = pieces_of(chosen.file, chosen.words, chosen.count)
    model = resolve(chosen.model)
    vectors: dict[str, NDArray[np.float32]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = export.ensure(model, Path(temporary), "float32")

        def ours(name: str, home: Path) -> None:
            vectors[name] = bulk.embed_texts(pieces, model, home, device=chosen.device)

        ways: dict[str, Callable[[], Took]] = {}
        for precision, name in OURS.items():
            home = Path(temporary) / precision
            config.set_value(home, "embedding.precision", precision)
            export.ensure(model, home)
            ways[name] = partial(timed, partial(ours, name, home))
        if has_torch("kb is compared with the floor by arithmetic alone"):
            from sentence_transformers import SentenceTransformer

            loaded = SentenceTransformer(str(model.folder), device=chosen.device, local_files_only=True)

            def theirs() -> None:
                vectors[THEIRS] = loaded.encode(pieces, show_progress_bar=False)

            ways[THEIRS] = partial(timed, theirs)
        found = in_turns(ways, chosen.rounds)
        tokens = lengths(pieces, folder) if folder else []
    which = "of passages" if chosen.home else f"of {chosen.words} words"
    print(f"{machine()}, {chosen.device}; {len(pieces)} texts {which}, medians of {chosen.rounds}")
    report(found, vectors, len(pieces))
    if tokens and chosen.device == "cpu":
        work, rate = sum(n * (21.2e6 + 9.2e3 * n) for n in tokens), gemm()
        floor = work / rate
        print(
            f"floor {work / 1e9:.0f} GFLOP, {sum(tokens) / len(tokens):.0f} tokens a text, at {rate / 1e9:.0f} GFLOP/s"
        )
        print(f"      = {floor:.2f} s; kb takes {found['kb'].wall / floor:.2f} × the floor")


def report(found: Mapping[str, Took], vectors: Mapping[str, NDArray[np.float32]], count: int) -> None:
    """Print the rates, and how the two compare."""
    slowest = max(took.cpu for took in found.values())
    for name, took in found.items():
        first, second = (vectors[one].astype(np.float64) for one in (OURS["float32"], name))
        cosines = (first * second).sum(1) / np.linalg.norm(first, axis=1) / np.linalg.norm(second, axis=1)
        print(
            f"{name:<27} {count / took.wall:8.0f} texts/s  {took.cpu:8.1f} s of processor time, "
            f"{slowest / took.cpu:.2f} × the slowest; cosine mean {cosines.mean():.7f}, least {cosines.min():.7f}"
        )


if __name__ == "__main__":
    main()
