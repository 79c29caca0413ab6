"""What the vectors of a store are compared with: a query's vector, with half of what all texts share taken out.

Texts of one store have much in common, and so have their vectors: half of their mean is taken from both sides, and what
is left is compared. In a store of few texts the mean says little, so it comes in with their number (docs/search.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.store.selected import Selected
from kb.vectors.unit import unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.index import Vectors

_SHARE = 0.5
"""How much of the mean is taken out where there are very many texts."""
_HALF_WAY = 200
"""Texts from which on half of that is taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """`vector` (d,), of length 1, is compared with what remains of others without `centre` (d,), or with all of it."""

    vector: NDArray[np.float32]
    centre: NDArray[np.float32] | None = None

    def near(self, stored: Vectors, k: int, selection: Selected | None) -> list[tuple[int, float]]:
        """The `k` nearest rows as (rowid, cosine), best first, by their vectors as they are stored.

        With a centre the number is no cosine, and the order is nearly that of the centred vectors.
        """
        return stored.search(self.vector[None], k, selection)[0]

    def vectors(self, stored: Vectors, rowids: Iterable[int]) -> tuple[list[int], NDArray[np.float32]]:
        """Those of the rows that have a vector: rowids (m,) ascending, and centred vectors (m, d) of length 1."""
        import numpy as np

        wanted = np.fromiter(rowids, np.int64)
        if not len(wanted) or not len(stored):
            return [], np.zeros((0, len(self.vector)), np.float32)
        found, matrix = stored.of(wanted)
        return found.tolist(), matrix if self.centre is None else unit(matrix - self.centre)

    def moved(self, direction: NDArray[np.float32]) -> Asked:
        """The same, moved in a direction, shape (d,)."""
        return replace(self, vector=unit(self.vector + direction))


def centred(vector: NDArray[np.float32], stored: Vectors) -> Asked:
    """A query's vector, shape (d,), to be compared with passages; `stored` are those of the whole store."""
    count = len(stored)
    if not count:
        return Asked(vector)
    centre = _SHARE * count / (count + _HALF_WAY) * stored.mean
    return Asked(unit(vector - centre), centre)
