"""Many texts to their vectors.

Where the model has its fast form, texts run through it one by one, unpadded, one thread a core; otherwise
sentence-transformers takes them in batches. Figures for both stand in docs/search.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from kb.embedding.model import Model
from kb.embedding.query import encoder, export_folder, facts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]
"""Called with (done, total), both in texts."""


def embed_texts(
    texts: Sequence[str], model: Model, home: Path | None = None, progress: Progress | None = None
) -> NDArray[np.float32]:
    """The vectors of documents in their order: shape (n, d), each of length 1.

    `home` is where the model's fast form lies, if there is one (`kb.embedding.export.ensure` makes it).

    Raises:
        KbError: the model cannot be loaded.
    """
    if not texts:
        import numpy as np

        return np.zeros((0, 0), dtype=np.float32)
    if home is not None and (known := facts(export_folder(home, model.fingerprint))) and known["files"]:
        return _one_by_one(texts, export_folder(home, model.fingerprint), progress)
    return _in_batches(texts, model, progress)


def _one_by_one(texts: Sequence[str], folder: Path, progress: Progress | None) -> NDArray[np.float32]:
    import numpy as np

    ready = encoder(folder)
    order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))  # the long ones first: no core idles at the end
    vectors: dict[int, NDArray[np.float32]] = {}
    pool = ThreadPoolExecutor(_cores())
    try:
        results = pool.map(lambda i: ready.encode_document(_clean(texts[i])), order)
        for i, vector in zip(order, results, strict=True):
            vectors[i] = vector
            if progress:
                progress(len(vectors), len(texts))
    finally:
        pool.shutdown(cancel_futures=True)
    return np.stack([vectors[i] for i in range(len(texts))])


def _in_batches(texts: Sequence[str], model: Model, progress: Progress | None) -> NDArray[np.float32]:
    import numpy as np

    from kb.embedding import torch_model

    loaded = torch_model.load(model)
    prompt = torch_model.prompts(loaded)[1]
    order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
    parts: list[NDArray[np.float32]] = []
    for at in range(0, len(order), 128):
        part = order[at : at + 128]
        with torch_model.silenced():
            batch = [prompt + _clean(texts[i]) for i in part]
            parts.append(loaded.encode(batch, prompt="", normalize_embeddings=True, show_progress_bar=False))
        if progress:
            progress(min(at + 128, len(order)), len(order))
    return np.concatenate(parts)[np.argsort(order)]


def _clean(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8")


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1
