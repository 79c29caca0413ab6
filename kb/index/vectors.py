"""Exact nearest neighbours among vectors in memory or in a mapped file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORTH_FAISS = 100_000  # rows; below, importing faiss (30 ms) costs more than it saves one query


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of passages or of statements: `matrix` (n, d) of unit length, `rowids` (n,) ascending."""

    model: str
    rowids: NDArray[np.int64]
    matrix: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.rowids)

    def search(
        self, queries: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None = None
    ) -> list[list[tuple[int, float]]]:
        """The `k` nearest rows of each query, shape (m, d), as (rowid, cosine), best first.

        `allowed` are the only rowids that count; they are taken before the best are cut off, so that a filter
        never leaves fewer hits than there are.
        """
        import numpy as np

        places = None if allowed is None else self._places(allowed)
        k = min(k, len(self) if places is None else len(places))
        if k <= 0:
            return [[] for _ in queries]
        queries = np.ascontiguousarray(queries, dtype=np.float32)
        if len(queries) > 1 or len(self) > _WORTH_FAISS or "faiss" in sys.modules:
            scores, at = _by_faiss(queries, self.matrix, k, places)
        else:
            scores, at = _by_numpy(queries, self.matrix, k, places)
        return [
            [(int(self.rowids[i]), float(s)) for i, s in zip(a, r, strict=True) if i >= 0]
            for a, r in zip(at, scores, strict=True)
        ]

    def cosines(self, query: NDArray[np.float32], rowids: NDArray[np.int64]) -> dict[int, float]:
        """The cosine of the query, shape (d,), with those of the rows that have a vector."""
        places = self._places(rowids)
        scores = self.matrix[places] @ query
        return {int(self.rowids[i]): float(s) for i, s in zip(places, scores, strict=True)}

    def of(self, rowids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Those of the rows that have a vector: rowids (m,) ascending and vectors (m, d)."""
        places = self._places(rowids)
        return self.rowids[places], self.matrix[places]

    def _places(self, rowids: NDArray[np.int64]) -> NDArray[np.int64]:
        import numpy as np

        wanted = np.unique(np.asarray(rowids, dtype=np.int64))
        places = np.searchsorted(self.rowids, wanted)
        found = places < len(self.rowids)
        found[found] = self.rowids[places[found]] == wanted[found]
        kept: NDArray[np.int64] = places[found]
        return kept


def no_vectors(model: str) -> Vectors:
    """An empty index."""
    import numpy as np

    return Vectors(model, np.zeros(0, np.int64), np.zeros((0, 0), np.float32))


def _by_numpy(
    queries: NDArray[np.float32], matrix: NDArray[np.float32], k: int, places: NDArray[np.int64] | None
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    import numpy as np

    rows = matrix if places is None else matrix[places]
    scores = rows @ queries[0]
    best = np.argpartition(-scores, k - 1)[:k]
    best = best[np.argsort(-scores[best], kind="stable")]
    return scores[best][None], (best if places is None else places[best])[None]


def _by_faiss(
    queries: NDArray[np.float32], matrix: NDArray[np.float32], k: int, places: NDArray[np.int64] | None
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    import faiss
    import numpy as np

    if places is None:
        scores, at = faiss.knn(queries, matrix, k, metric=faiss.METRIC_INNER_PRODUCT)
        return scores, at
    chosen = np.zeros(len(matrix), dtype=bool)
    chosen[places] = True
    bits = np.packbits(chosen, bitorder="little")
    selector = faiss.IDSelectorBitmap(len(matrix), faiss.swig_ptr(bits))
    scores = np.empty((len(queries), k), np.float32)
    at = np.empty((len(queries), k), np.int64)
    faiss.knn_inner_product(
        faiss.swig_ptr(queries),
        faiss.swig_ptr(matrix),
        matrix.shape[1],
        len(queries),
        len(matrix),
        k,
        faiss.swig_ptr(scores),
        faiss.swig_ptr(at),
        selector,
    )
    return scores, at
