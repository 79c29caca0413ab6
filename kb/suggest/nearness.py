"""Which statements are nearest to each other across texts or speakers, whatever stands in the middle of everything.

Nearness is the cosine with the topics of both texts taken out (`kb.suggest.topics`). A statement that is near to all
others ("interpretability matters") tells nothing about any of them; so its mean nearness to its own neighbours is taken
off: csls(x, y) = 2 cos(x, y) − r(x) − r(y) (A. Conneau et al., "Word Translation Without Parallel Data", ICLR 2018).
Neighbours that are not there, in a store of few statements, count as nothing. What telling words two share is added
(`kb.suggest.shared_words`).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.suggest.shared_words import SharedWords
    from kb.suggest.topics import Topics

K = 10
"""Neighbours that tell how much a statement is in the middle, and among which a mutual pair has each other."""

_WORDS = 2.0  # what sharing all telling words adds to the corrected score
_CANDIDATES = 32  # by plain cosine, of which the nearest are found once the topics are out
_MARGIN = 64  # fetched beyond, since some are of the same place
_BATCH = 1024


@dataclass(frozen=True, slots=True)
class Near:
    """Two statements by their places, with the plain cosine and the score: corrected for the middle, with the words.

    `shared` counts the words that both have.
    """

    one: int
    other: int
    cosine: float
    score: float
    shared: int


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """The nearest of one statement, nearest first: their places, plain cosines, nearness; and the mean of the last."""

    places: tuple[int, ...]
    cosines: tuple[float, ...]
    nearness: tuple[float, ...]
    mean: float


class Nearness:
    """The nearness of n statements: unit vectors `matrix` (n, d), topics, words, and where each is said (`own`).

    Two whose `own` have something in common are never neighbours.
    """

    def __init__(
        self,
        matrix: NDArray[np.float32],
        topics: Topics,
        words: SharedWords,
        own: Sequence[Collection[Hashable]],
    ) -> None:
        self._matrix = matrix
        self._topics = topics
        self._words = words
        self._own = [frozenset(places) for places in own]
        self._found: dict[int, _Neighbours] = {}

    def pairs(self, places: Iterable[int], least: float, *, mutual: bool = True) -> Iterator[Near]:
        """Each of these with its neighbours, from this plain cosine on; `mutual`: only where it is one of theirs too.

        A pair of two of these comes twice, once from each end.
        """
        wanted = list(dict.fromkeys(places))
        self._find(wanted)
        self._find([other for one in wanted for other in self._found[one].places])
        for one in wanted:
            near = self._found[one]
            for other, cosine, nearness in zip(near.places, near.cosines, near.nearness, strict=True):
                theirs = self._found[other]
                if cosine >= least and (not mutual or one in theirs.places):
                    score = 2 * nearness - near.mean - theirs.mean + _WORDS * self._words.cosine(one, other)
                    yield Near(one, other, cosine, score, self._words.count(one, other))

    def scores(self, some: Sequence[int], others: Sequence[int]) -> NDArray[np.float32]:
        """The scores of some with others, shape (a, b), wherever they are said."""
        import numpy as np

        self._find([*some, *others])
        one, other = np.repeat(some, len(others)), np.tile(others, len(some))
        plain = np.einsum("md,md->m", self._matrix[one], self._matrix[other])
        means = [np.array([self._found[place].mean for place in ends], dtype=np.float32) for ends in (some, others)]
        without = self._topics.cosines(one, other, plain).reshape(len(some), len(others))
        shared = np.array([[self._words.cosine(a, b) for b in others] for a in some], dtype=np.float32)
        scores: NDArray[np.float32] = 2 * without - means[0][:, None] - means[1][None, :] + _WORDS * shared
        return scores

    def _find(self, places: Iterable[int]) -> None:
        """The neighbours of these, where they are not known yet."""
        missing = sorted({place for place in places if place not in self._found})
        for at in range(0, len(missing), _BATCH):
            left, depth = missing[at : at + _BATCH], _CANDIDATES + _MARGIN
            while left:
                left = self._look(left, depth)
                depth *= 4

    def _look(self, places: Sequence[int], depth: int) -> list[int]:
        """The neighbours of these among the `depth` nearest; returns those of which that is not deep enough."""
        import faiss
        import numpy as np

        depth = min(depth, len(self._matrix))
        queries = np.ascontiguousarray(self._matrix[list(places)])
        cosines, at = faiss.knn(queries, self._matrix, depth, metric=faiss.METRIC_INNER_PRODUCT)
        near: list[list[tuple[int, float]]] = []
        unfinished, done = [], []
        for place, row, scores in zip(places, at.tolist(), cosines.tolist(), strict=True):
            own = self._own[place]
            others = [(n, score) for n, score in zip(row, scores, strict=True) if own.isdisjoint(self._own[n])]
            if len(others) < _CANDIDATES and depth < len(self._matrix):
                unfinished.append(place)  # what is said in the same place fills the list
            else:
                done.append(place)
                near.append(others[:_CANDIDATES])
        self._keep(done, near)
        return unfinished

    def _keep(self, places: Sequence[int], near: Sequence[Sequence[tuple[int, float]]]) -> None:
        import numpy as np

        one = np.repeat(np.asarray(places, dtype=np.int64), [len(others) for others in near])
        other = np.array([n for others in near for n, _ in others], dtype=np.int64)
        plain = np.array([cosine for others in near for _, cosine in others], dtype=np.float32)
        without = self._topics.cosines(one, other, plain).tolist() if len(one) else []
        start = 0
        for place, others in zip(places, near, strict=True):
            nearness = without[start : start + len(others)]
            start += len(others)
            order = sorted(range(len(others)), key=lambda n: -nearness[n])[:K]
            kept = tuple(nearness[n] for n in order)
            self._found[place] = _Neighbours(
                tuple(others[n][0] for n in order), tuple(others[n][1] for n in order), kept,
                sum(kept) / K,
            )  # fmt: skip
