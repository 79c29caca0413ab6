"""Nearest neighbours among vectors in memory or in mapped files: exact while they are few, else by a shortlist."""

from __future__ import annotations

import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.store.selected import Selected
from kb.vectors.index import approximate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORTH_FAISS = 100_000  # rows; below, importing faiss (30 ms) costs more than it saves one query …
_SCANNED = 300_000  # … but not once a process has scanned so many
_AT_ONCE = 1_000  # vectors compared in one product: of more, numpy makes threads, which on busy cores cost milliseconds
_FEW_LEFT = 4_000  # rows that are copied to be compared: of more, faiss passes over those that are left out
_FEW = 200  # slots that are not shown
_SAMPLE = 2_048  # vectors that the mean is taken of, at least, where there are more


class Vectors:
    """The vectors of passages or of statements.

    `matrix` (n, d) holds vectors of unit length, `slots` (n,) the rowid of each: negative where the row is kept out
    unless asked for by its rowid, 0 where it is gone. The file `approximate` covers the first `covered` of them.
    """

    def __init__(
        self,
        model: str,
        slots: NDArray[np.int64],
        matrix: NDArray[np.float32],
        approximate: Path | None = None,
        covered: int = 0,
    ) -> None:
        self.model = model
        self.slots = slots
        self.matrix = matrix
        self._approximate = approximate
        self._covered = covered
        self._scanned = 0  # rows, by this process, without faiss
        self._last: tuple[Selected, NDArray[np.bool_], int] | None = None

    def __len__(self) -> int:
        return len(self.rowids)

    @cached_property
    def rowids(self) -> NDArray[np.int64]:
        """Rowids of all that have a vector, ascending."""
        rowids: NDArray[np.int64] = abs(self.slots[self._by_rowid])
        return rowids

    @cached_property
    def mean(self) -> NDArray[np.float32]:
        """The mean of all vectors, shape (d,), or where they are many of some thousand evenly spread among them."""
        import numpy as np

        there = np.flatnonzero(self.slots)
        mean: NDArray[np.float32] = self.matrix[there[:: max(1, len(there) // _SAMPLE)]].mean(axis=0)
        return mean

    def search(
        self, queries: NDArray[np.float32], k: int, allowed: Selected | None = None
    ) -> list[list[tuple[int, float]]]:
        """The `k` nearest rows of each query, shape (m, d), as (rowid, cosine), best first.

        `allowed` are the only rows that count; they are taken before the best are cut off, so that a filter
        never leaves fewer hits than there are. Without it all count but those kept out.
        """
        import numpy as np

        if allowed is not None and allowed.count <= _FEW_LEFT and 4 * allowed.count < len(self.slots):
            return self._among_few(np.ascontiguousarray(queries, dtype=np.float32), k, allowed)
        chosen, count = self._shown if allowed is None else self._chosen(allowed)
        k = wanted = min(k, count)
        if k <= 0:
            return [[] for _ in queries]
        if allowed is None and len(self.slots) - count <= _FEW:
            chosen, k = None, k + len(self.slots) - count  # quicker to drop a few afterwards than to ask for each row
        queries = np.ascontiguousarray(queries, dtype=np.float32)
        scan = _by_faiss if self._faiss_pays(len(queries)) else _by_numpy
        if scan is _by_faiss and self._shortened(len(queries), count) and self.index is not None:
            found = [self._by_shortlist(query, k, chosen) for query in queries]
        else:
            found = list(zip(*scan(queries, self.matrix, k, chosen), strict=True))
        return [self._rows(scores, at, allowed is None)[:wanted] for scores, at in found]

    def _among_few(self, queries: NDArray[np.float32], k: int, allowed: Selected) -> list[list[tuple[int, float]]]:
        """What `search` gives where a few rows are left: these are looked up, and nothing else is."""
        import numpy as np

        places = self.places(np.array(allowed.rowids(), dtype=np.int64))
        scores = _products(self.matrix, places, queries.T)
        best = np.argsort(-scores, axis=0, kind="stable")[:k].T
        return [self._rows(scores[at, number], places[at], shown=False) for number, at in enumerate(best)]

    def _rows(self, scores: NDArray[np.float32], at: NDArray[np.int64], shown: bool) -> list[tuple[int, float]]:
        """(rowid, cosine) of what stands in the slots `at`; of that which is shown, if so."""
        real = at >= 0  # faiss fills up with -1 where a score is no number
        pairs = zip(self.slots[at[real]].tolist(), scores[real].tolist(), strict=True)
        return [(abs(rowid), score) for rowid, score in pairs if not shown or rowid > 0]

    def cosines(self, query: NDArray[np.float32], rowids: NDArray[np.int64]) -> dict[int, float]:
        """The cosine of the query, shape (d,), with those of the rows that have a vector."""
        places = self.places(rowids)
        scores = self.matrix[places] @ query
        return {abs(int(self.slots[i])): float(s) for i, s in zip(places, scores, strict=True)}

    def of(self, rowids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Those of the rows that have a vector: rowids (m,) ascending and vectors (m, d)."""
        places = self.places(rowids)
        return abs(self.slots[places]), self.matrix[places]

    def places(self, rowids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The slots of those of the rows that have a vector, in order of rowids."""
        import numpy as np

        wanted = np.array(sorted(set(rowids.tolist())), dtype=np.int64)  # np.unique would import numpy's masked arrays
        at = np.searchsorted(self.rowids, wanted)
        found = at < len(self.rowids)
        found[found] = self.rowids[at[found]] == wanted[found]
        kept: NDArray[np.int64] = self._by_rowid[at[found]]
        return kept

    @cached_property
    def _by_rowid(self) -> NDArray[np.int64]:
        import numpy as np

        order = np.argsort(abs(self.slots), kind="stable")  # quick, since they are nearly sorted
        return order[np.count_nonzero(self.slots == 0) :]

    @cached_property
    def _shown(self) -> tuple[NDArray[np.bool_] | None, int]:
        """Which slots count where nothing is asked for (None if all do), and how many."""
        import numpy as np

        shown = self.slots > 0
        count = int(np.count_nonzero(shown))
        return (None if count == len(shown) else shown), count

    def _chosen(self, allowed: Selected) -> tuple[NDArray[np.bool_], int]:
        """Which slots are of rows that are allowed, and how many. That of the last selection is kept."""
        import numpy as np

        if self._last is None or self._last[0] is not allowed:
            chosen = allowed.among(abs(self.slots))
            self._last = allowed, chosen, int(np.count_nonzero(chosen))
        return self._last[1:]

    def _faiss_pays(self, queries: int) -> bool:
        """Whether to import faiss for so many queries, if nobody has."""
        if queries > 1 or len(self.slots) > _WORTH_FAISS or "faiss" in sys.modules or self._scanned > _SCANNED:
            return True
        self._scanned += len(self.slots)
        return False

    def _shortened(self, queries: int, count: int) -> bool:
        """Whether the approximate index is quicker where so many rows count; many queries share a scan."""
        if self._covered > approximate.EXACT:
            return count > approximate.EXACT
        return queries == 1 and count > approximate.SKETCHED

    @cached_property
    def index(self) -> Any:
        """The approximate index (`approximate`), opened when it is first asked for; None if there is none."""
        return approximate.open_mapped(self._approximate) if self._approximate else None

    def _by_shortlist(
        self, query: NDArray[np.float32], k: int, chosen: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Candidates of the approximate index and of an exact scan of what it lacks, compared by their vectors."""
        import numpy as np

        covered, rest = (None, None) if chosen is None else (chosen[: self._covered], chosen[self._covered :])
        known = approximate.candidates(self.index, query, k, covered)
        if len(known) < min(k, self._covered if covered is None else int(np.count_nonzero(covered))):
            scores, at = _by_faiss(query[None], self.matrix, k, chosen)  # too few in the lists that were read
            return scores[0], at[0]
        newer = len(self.slots) - self._covered if rest is None else int(np.count_nonzero(rest))
        if newer:
            _, at = _by_faiss(query[None], self.matrix[self._covered :], min(k, newer), rest)
            known = np.concatenate([known, at[0] + self._covered])
        scores = _products(self.matrix, known, query)
        best = np.argsort(-scores, kind="stable")[:k]
        return scores[best], known[best]


def no_vectors(model: str) -> Vectors:
    """An empty index."""
    import numpy as np

    return Vectors(model, np.zeros(0, np.int64), np.zeros((0, 0), np.float32))


def _products(matrix: NDArray[np.float32], rows: NDArray[np.int64], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """The products of these rows, shape (m, d), with a vector (d,) or several (d, q): shape (m,) or (m, q)."""
    import numpy as np

    parts = [matrix[rows[at : at + _AT_ONCE]] @ others for at in range(0, max(1, len(rows)), _AT_ONCE)]
    return np.concatenate(parts)


def _by_numpy(
    queries: NDArray[np.float32], matrix: NDArray[np.float32], k: int, chosen: NDArray[np.bool_] | None
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The `k` best of the chosen rows for one query, exactly: scores and rows, each of shape (1, k)."""
    import numpy as np

    rows = None
    if chosen is not None and 4 * np.count_nonzero(chosen) < len(chosen):
        rows = np.flatnonzero(chosen)
    scores = (matrix if rows is None else matrix[rows]) @ queries[0]
    if chosen is not None and rows is None:
        scores[~chosen] = -np.inf
    best = np.argpartition(-scores, k - 1)[:k]
    best = best[np.argsort(-scores[best], kind="stable")]
    return scores[best][None], (best if rows is None else rows[best])[None]


def _by_faiss(
    queries: NDArray[np.float32], matrix: NDArray[np.float32], k: int, chosen: NDArray[np.bool_] | None
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The same for any number of queries, each of shape (m, k)."""
    import faiss
    import numpy as np

    if chosen is None:
        scores, at = faiss.knn(queries, matrix, k, metric=faiss.METRIC_INNER_PRODUCT)
        return scores, at
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
