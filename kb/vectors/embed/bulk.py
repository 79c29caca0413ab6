"""Many texts to their vectors.

Where there is a GPU, many texts go through sentence-transformers on it. Else, where the model has its fast form, texts
run through that one by one, unpadded, one thread a core; else sentence-transformers takes them in batches. All three
give the same vectors, to 1e-5 or, in int8, to a cosine of .997, so that it does not matter which made one. Figures
stand in docs/models.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import KbError, notify
from kb.text.strings import without_surrogates
from kb.vectors.embed import word_bits
from kb.vectors.embed.encoder import Encoder
from kb.vectors.embed.model import Model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.embed.torch_model import Device

Progress = Callable[[int, int], None]
"""Called with (done, total), both in tokens, as the lengths of the texts tell: so the rate is even."""

WORTH_A_GPU = 2_000
"""Texts from which on a GPU saves more time than loading torch costs."""
GPU_CHUNK = 8_192
"""Texts that a GPU embeds at one time."""
_CPU_CHUNK = 1_500  # tokens for each core: a third of a second, in single precision
_LETTERS, _LIMIT = 4, 256  # to a token, and tokens that the default model reads at most
_CPU_BATCH, _GPU_BATCH = 32, 512


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of texts, shape (n, d), and of some, by their number, the words, packed (`word_bits`)."""

    vectors: NDArray[np.float32]
    words: dict[int, bytes] = field(default_factory=dict)


def device(texts: int) -> Device:
    """Where so many texts are best embedded."""
    from kb.vectors.embed import torch_model

    return "cuda" if texts >= WORTH_A_GPU and torch_model.cuda() else "cpu"


def work(letters: int) -> int:
    """About how many tokens are read of a text of so many letters."""
    return min(2 + letters // _LETTERS, _LIMIT)


def chunks(tokens: Sequence[int], device: Device) -> Iterator[range]:
    """The numbers of the texts, of so many tokens each, to embed and store at one time, in their order.

    That is what an interruption loses at most: less than a second of work.
    """
    begun, held = 0, 0
    for number, some in enumerate(tokens):
        full = number - begun >= GPU_CHUNK if device == "cuda" else held + some > _CPU_CHUNK * _cores()
        if full and number > begun:
            yield range(begun, number)
            begun, held = number, 0
        held += some
    if begun < len(tokens):
        yield range(begun, len(tokens))


def embed_texts(
    texts: Sequence[str],
    model: Model,
    home: Path | None = None,
    progress: Progress | None = None,
    device: Device = "cpu",
) -> NDArray[np.float32]:
    """The vectors of documents in their order: shape (n, d), each of length 1.

    Raises:
        KbError: the model cannot be loaded.
    """
    return embed(texts, model, home, progress, device).vectors


def embed(
    texts: Sequence[str],
    model: Model,
    home: Path | None = None,
    progress: Progress | None = None,
    device: Device = "cpu",
    words_of: Collection[int] = (),
) -> Embedded:
    """The vectors of documents, and the words of those whose numbers are in `words_of`, in one pass.

    On a CPU the model's fast form does it, and is made if it is missing: in the user's cache or, if that cannot be
    written, in `home`. A GPU does without, and without that form there are no words.

    Raises:
        KbError: the model cannot be loaded.
    """
    if not texts:
        import numpy as np

        return Embedded(np.zeros((0, 0), dtype=np.float32))
    if device == "cuda":
        try:
            return Embedded(_in_batches(texts, model, progress, device))
        except (RuntimeError, AssertionError, KbError) as error:  # out of memory, or a driver that does not fit
            _tell_once(f"the GPU cannot be used ({str(error).splitlines()[0]}); going on without it")
    from kb.vectors.embed import export

    if ready := export.ready(model, home):
        return _one_by_one(texts, ready, progress, words_of)
    return Embedded(_in_batches(texts, model, progress, "cpu"))


def _one_by_one(texts: Sequence[str], ready: Encoder, progress: Progress | None, words_of: Collection[int]) -> Embedded:
    import numpy as np

    order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))  # the long ones first: no core idles at the end
    done, total = 0, sum(work(len(text)) for text in texts)
    vectors: dict[int, NDArray[np.float32]] = {}
    words: dict[int, bytes] = {}

    def read(number: int) -> NDArray[np.float32]:
        text = without_surrogates(texts[number])
        if number not in words_of or not ready.gives_tokens:
            return ready.encode_document(text)
        found = ready.read_document(text)
        words[number] = word_bits.pack(word_bits.words(text, found).vectors)
        return found.vector

    pool = ThreadPoolExecutor(_cores())
    try:
        for i, vector in zip(order, pool.map(read, order), strict=True):
            vectors[i] = vector
            if progress:
                done += work(len(texts[i]))
                progress(done, total)
    finally:
        pool.shutdown(cancel_futures=True)
    return Embedded(np.stack([vectors[i] for i in range(len(texts))]), words)


def _in_batches(texts: Sequence[str], model: Model, progress: Progress | None, device: Device) -> NDArray[np.float32]:
    import numpy as np

    from kb.vectors.embed import torch_model

    loaded = torch_model.load(model, device)
    prompt = torch_model.prompts(loaded)[1]
    order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
    done, total = 0, sum(work(len(text)) for text in texts)
    parts: list[NDArray[np.float32]] = []
    size = _GPU_BATCH if device == "cuda" else _CPU_BATCH
    for at in range(0, len(order), size):
        part = order[at : at + size]
        with torch_model.silenced():
            batch = [prompt + without_surrogates(texts[i]) for i in part]
            parts.append(
                loaded.encode(batch, prompt="", batch_size=size, normalize_embeddings=True, show_progress_bar=False)
            )
        if progress:
            done += sum(work(len(texts[i])) for i in part)
            progress(done, total)
    return np.concatenate(parts)[np.argsort(order)]


@cache
def _tell_once(line: str) -> None:
    notify(line)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1
