"""What each text is about: the direction that its statements share, to be taken out before they are compared.

A text that makes too few statements to have a topic of its own is taken to be about what all texts are about, so that
scores of short comments and of long posts can be compared.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from kb.vectors import topic
from kb.vectors.unit import unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Places = NDArray[np.int64]

_ENOUGH = 5  # statements from which on a text has a topic of its own
_MANY = 50  # statements from which on what all of them share says nothing about a single one


class Topics:
    """The topics of statements with the unit vectors `matrix`, shape (n, d), by the text in which each is made."""

    def __init__(self, matrix: Vectors, texts: Sequence[Hashable]) -> None:
        import numpy as np

        self._matrix = matrix
        numbers: dict[Hashable, int] = {}
        self._of = np.array([numbers.setdefault(text, len(numbers)) for text in texts], dtype=np.int64)
        counts = np.bincount(self._of)
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        means = np.add.reduceat(matrix[np.argsort(self._of, kind="stable")], starts, axis=0)
        means[counts < _ENOUGH] = topic.shared(matrix) if len(matrix) >= _MANY else 0.0
        self._means = unit(means)
        self._with = np.linalg.norm(means, axis=1) > 0

    def cosines(self, one: Places, other: Places, plain: Vectors) -> Vectors:
        """Cosines of pairs, given by their places and plain cosines, shape (m,), without the topics of both texts."""
        import numpy as np

        first, second = self._of[one], self._of[other]
        about = unit(self._means[first] + self._means[second])
        a, b = (np.einsum("md,md->m", self._matrix[places], about) for places in (one, other))
        return np.where(self._with[first] & self._with[second], topic.cosines(plain, a, b), plain)
