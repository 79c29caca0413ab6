"""The approximate index, for more vectors than are worth scanning. Its file is mapped, not read.

From some ten thousands on a sketch of each vector is scanned, a bit a component (faiss RaBitQ, 56 bytes instead of
1,536), and the 2,000 best are compared again by their exact vectors: a quarter of the time of the exact scan, and the
same ten best. Above 200,000 it is an inverted file with a byte a component (IVF4√N,SQ8), of which the 128 nearest lists
are read and the 200 best compared again: at a million 1.2 ms instead of 70, with recall@10 .998 (docs/search.md).
"""

from __future__ import annotations

from math import isqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.text import files

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SKETCHED = 30_000
"""From so many vectors on, which are left, their sketches are scanned."""

EXACT = 200_000
"""Up to so many vectors are scanned, whether the store has no more or a filter leaves no more."""

SHORTLIST = 200
"""Candidates of the inverted file that are compared by their exact vectors, at least."""

_SHORTLIST_OF_SKETCHES = 10  # times as many as are asked for

_PROBES = 128
_SAMPLE = 40  # vectors a list is trained on
_ROUNDS = 6  # of k-means
_BATCH = 50_000


def build(matrix: NDArray[np.float32], path: Path) -> None:
    """Make the index of all rows of the matrix, shape (n, d), in a file; half a minute for a million.

    Raises:
        OSError: the file cannot be written.
    """
    import faiss
    import numpy as np

    index = _lists(matrix) if len(matrix) > EXACT else faiss.IndexRaBitQ(matrix.shape[1], faiss.METRIC_INNER_PRODUCT)
    if not index.is_trained:
        index.train(np.ascontiguousarray(matrix))
    for at in range(0, len(matrix), _BATCH):
        index.add(np.ascontiguousarray(matrix[at : at + _BATCH]))
    try:
        with files.replacing(path) as part:
            faiss.write_index(index, str(part))
    except RuntimeError as error:  # what faiss says of a full disk
        raise OSError(str(error)) from error


def fits(covered: int, count: int) -> bool:
    """Whether the index of so many is of the kind that so many have."""
    return (covered > EXACT) == (count > EXACT)


def _lists(matrix: NDArray[np.float32]) -> Any:
    """The inverted file, trained and empty."""
    import faiss
    import numpy as np

    count, dimension = matrix.shape
    lists = 4 * isqrt(count)
    centres = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFScalarQuantizer(
        centres, dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.niter, index.cp.max_points_per_centroid, index.cp.min_points_per_centroid = _ROUNDS, _SAMPLE, 1
    index.cp.spherical = True
    sample = np.random.default_rng(0).choice(count, min(count, lists * _SAMPLE), replace=False)
    index.train(np.ascontiguousarray(matrix[np.sort(sample)]))
    return index


def open_mapped(path: Path) -> Any:
    """The index in the file; None if faiss can't read it."""
    import faiss

    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError:
        return None


def candidates(index: Any, query: NDArray[np.float32], k: int, chosen: NDArray[np.bool_] | None) -> NDArray[np.int64]:
    """Rows near the query, shape (d,), among the chosen, to be compared again: `k` of them at least, unless there are
    fewer, or the lists that are read hold fewer.
    """
    import faiss
    import numpy as np

    lists = isinstance(index, faiss.IndexIVF)
    settings: dict[str, Any] = {"nprobe": min(_PROBES, index.nlist)} if lists else {"qb": 8}
    if chosen is not None:
        bits = np.packbits(chosen, bitorder="little")  # named, so that it lives as long as the selector
        settings["sel"] = faiss.IDSelectorBitmap(len(chosen), faiss.swig_ptr(bits))
    parameters = (faiss.SearchParametersIVF if lists else faiss.RaBitQSearchParameters)(**settings)
    wanted = max(k, SHORTLIST) if lists else min(_SHORTLIST_OF_SKETCHES * k, index.ntotal)
    _, found = index.search(query[None], wanted, params=parameters)
    rows: NDArray[np.int64] = found[0][found[0] >= 0]
    return rows
