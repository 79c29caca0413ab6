"""Bulk embedding against `SentenceTransformer.encode` at its defaults, on the same texts, in one run.

    python benchmarks/bulk.py [TEXTS.txt] [--words 60] [--count 400] [--rounds 3] [--device cuda] [--model FOLDER]

Texts are pieces of so many words from a file, else from SciFact's abstracts (`datasets/scifact` under KB_SHARED, else
under `shared` beside the repository). The two take turns; medians are printed, with the cosine of their vectors and,
on a CPU, the floor by arithmetic: 21.2 MFLOP and 9.2 kFLOP times the length a token, over the rate of the matrix
products that this machine reaches.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from kb.vectors.embed import bulk, export
from kb.vectors.embed.model import resolve


def texts(file: Path | None, words: int, count: int) -> list[str]:
    """That many pieces of so many words."""
    if file is None:
        shared = Path(os.environ.get("KB_SHARED", Path(__file__).parents[2] / "shared"))
        lines = (shared / "datasets/scifact/corpus.jsonl").read_text(encoding="utf-8").splitlines()
        whole = " ".join(json.loads(line)["text"] for line in lines[: count * words // 100 + 10])
    else:
        whole = file.read_text(encoding="utf-8")
    every = whole.split()
    pieces = [" ".join(every[at : at + words]) for at in range(0, len(every), words)]
    return (pieces * (count // len(pieces) + 1))[:count]


def gemm() -> float:
    """FLOP a second of single-precision matrix products on all cores: the best that torch or onnxruntime reaches.

    The shapes are those of the model's widest layer, 384 by 1,536, over 512 tokens; onnxruntime runs one product a
    core at a time, torch one over all.
    """
    import onnx
    import onnxruntime
    import torch
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

    torch.set_num_threads(cores)
    whole, wide = torch.from_numpy(a), torch.from_numpy(weights)
    best = 0.0
    with ThreadPoolExecutor(cores) as pool:
        for _ in range(40):
            begun = time.perf_counter()
            list(pool.map(products, range(cores)))
            best = max(best, cores * work / (time.perf_counter() - begun))
            begun = time.perf_counter()
            for _ in range(times):
                whole @ wide
            best = max(best, work / (time.perf_counter() - begun))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--model")
    options = parser.parse_args()
    pieces = texts(options.file, options.words, options.count)
    model = resolve(options.model)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        if options.device == "cpu":
            export.ensure(home, model)
        from sentence_transformers import SentenceTransformer

        theirs = SentenceTransformer(str(model.folder), device=options.device, local_files_only=True)
        ways: dict[str, Callable[[], Any]] = {
            "SentenceTransformer.encode": lambda: theirs.encode(pieces, show_progress_bar=False),
            "kb": lambda: bulk.embed_texts(pieces, model, home, device=options.device),
        }
        for way in ways.values():
            way()  # warm
        spent: dict[str, list[float]] = {name: [] for name in ways}
        vectors: dict[str, Any] = {}
        for _ in range(options.rounds):
            for name, way in ways.items():
                begun = time.perf_counter()
                vectors[name] = way()
                spent[name].append(time.perf_counter() - begun)
    report(spent, vectors, pieces, theirs, options.device)


def report(spent: dict[str, list[float]], vectors: dict[str, Any], pieces: list[str], theirs: Any, device: str) -> None:
    """Print the rates, their ratio, the cosines and the share of the floor."""
    read = theirs.tokenizer(pieces, truncation=True, max_length=theirs.max_seq_length)
    tokens = [len(ids) for ids in read.input_ids]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {device}"
    print(f"{machine}; {len(pieces)} texts, {np.mean(tokens):.0f} tokens each")
    median = {name: statistics.median(times) for name, times in spent.items()}
    for name, seconds in median.items():
        print(f"{name:<27} {len(pieces) / seconds:8.0f} texts/s (median of {len(spent[name])})")
    first, second = (np.asarray(matrix, dtype=np.float64) for matrix in vectors.values())
    cosines = (first * second).sum(1) / np.linalg.norm(first, axis=1) / np.linalg.norm(second, axis=1)
    ours, reference = median["kb"], median["SentenceTransformer.encode"]
    print(f"ratio {reference / ours:.2f}; cosine mean {cosines.mean():.7f}, least {cosines.min():.7f}")
    if device == "cpu":
        work = sum(n * (21.2e6 + 9.2e3 * n) for n in tokens)
        rate = gemm()
        floor = work / rate
        print(f"floor {work / 1e9:.0f} GFLOP at {rate / 1e9:.0f} GFLOP/s = {floor:.2f} s; our share {floor / ours:.0%}")


if __name__ == "__main__":
    main()
