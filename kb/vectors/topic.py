"""Meaning with the shared topic taken out: what is left tells whether two sentences make the same point.

Sentences about one subject are all near each other, whatever they say of it. Where candidates share a topic (a
document, a tag, a query), the direction of that topic is projected out of their vectors first: x − (x·t)t, scaled to
length 1 again. Needs no training. Measured by `benchmarks/same_point.py` on ArgKP: mean average precision of the best
key point of each argument, strict and relaxed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NOTHING = 1e-6  # a shorter vector is rounding error


def project_out(vectors: NDArray[np.float32], topic: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors, shape (n, d), without the direction of `topic`, shape (d,), each of length 1.

    One that was nothing but the topic is zero, so that it is near to none. A topic of zeros takes nothing away.
    """
    import numpy as np

    length = float(np.linalg.norm(topic))
    if length < _NOTHING:
        return vectors
    unit = topic / length
    left = vectors - (vectors @ unit)[:, None] * unit
    norms = np.linalg.norm(left, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = np.where(norms < _NOTHING, 0.0, left / np.maximum(norms, _NOTHING)).astype(np.float32)
    return scaled


def cosines(plain: NDArray[np.float32], one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    """The cosines of pairs, shape (m,), without the topic, from their own and those that each has with the topic."""
    import numpy as np

    left = (1.0 - one * one) * (1.0 - other * other)
    without = (plain - one * other) / np.sqrt(np.maximum(left, _NOTHING))
    kept: NDArray[np.float32] = np.where(left > _NOTHING, without, 0.0).astype(np.float32)
    return kept


def shared(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The topic of a group that has no vector of its own: the mean of its vectors, shape (d,)."""
    mean: NDArray[np.float32] = vectors.mean(axis=0)
    return mean
