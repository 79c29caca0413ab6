"""Statements of different sources that are about the same thing: candidates for `related` links.

Near enough is a matter of plain cosine. Which few of those come first is told with the topic of the two sources
projected out (`kb.vectors.topic`), so that not everything about one subject is related to everything else about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kb.store import statements
from kb.store.open import Store
from kb.vectors import index, topic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.index.vectors import Vectors

K = 3
THRESHOLD = 0.6
"""Cosine from which on most pairs are about one subject, read by eye on real texts (docs/search.md)."""

_BATCH = 512
_MARGIN = 32  # neighbours fetched beyond `k`, since some stand in the same source
_CHOICE = 4  # times `k` candidates of which the best are taken
_ENOUGH = 5  # statements from which on a source has a topic of its own


def related_pairs(
    store: Store,
    statement_rowids: Iterable[int],
    k: int = K,
    threshold: float = THRESHOLD,
) -> list[tuple[int, int, float]]:
    """For each statement its nearest `k` in other sources, as (lower rowid, higher rowid, cosine), each pair once.

    Rejected statements and those no longer said anywhere are left out. Best pairs first. The sign of a pair is
    unknown: near means the same subject, not agreement.
    """
    import numpy as np

    vectors = index.load(store, "statement")
    sources = statements.sources_by_rowid(store)
    allowed = np.array(sorted(sources), dtype=np.int64)
    wanted = np.array([r for r in set(statement_rowids) if r in sources], dtype=np.int64)
    pairs: dict[tuple[int, int], float] = {}
    if not len(vectors):
        return []
    found, queries = vectors.of(wanted)
    topics = _Topics(vectors, sources)
    for at in range(0, len(found), _BATCH):
        rowids, batch = found[at : at + _BATCH], queries[at : at + _BATCH]
        depth = k + _MARGIN
        while len(rowids):
            unfinished = []
            for place, neighbours in enumerate(vectors.search(batch, depth, allowed)):
                own = int(rowids[place])
                near = [(r, s) for r, s in neighbours if s >= threshold and sources[own].isdisjoint(sources[r])]
                if len(near) < _CHOICE * k and len(neighbours) == depth and neighbours[-1][1] >= threshold:
                    unfinished.append(place)  # its own source fills the list: look further
                    continue
                for other, cosine in topics.best(own, batch[place], near[: _CHOICE * k])[:k]:
                    pairs[min(own, other), max(own, other)] = cosine
            rowids, batch, depth = rowids[unfinished], batch[unfinished], depth * 4
    return sorted(((a, b, s) for (a, b), s in pairs.items()), key=lambda pair: (-pair[2], pair[:2]))


class _Topics:
    """What each source is about: the mean of its statements' vectors."""

    def __init__(self, vectors: Vectors, sources: dict[int, set[int]]) -> None:
        self.vectors = vectors
        self.sources = sources
        self.made: dict[int, list[int]] = {}
        for statement, places in sources.items():
            for source in places:
                self.made.setdefault(source, []).append(statement)
        self.means: dict[int, NDArray[np.float32] | None] = {}

    def best(self, own: int, query: NDArray[np.float32], near: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
        """The candidates, nearest first once the topic is projected out; with their plain cosines."""
        import numpy as np

        if len(near) < 2:
            return list(near)
        mine = self._mean(min(self.sources[own]))
        rowids, matrix = self.vectors.of(np.array([rowid for rowid, _ in near], dtype=np.int64))
        rows = dict(zip(rowids.tolist(), matrix, strict=True))
        scores = {}
        for rowid, plain in near:
            theirs = self._mean(min(self.sources[rowid]))
            scores[rowid] = plain
            if mine is not None and theirs is not None:
                about = mine + theirs
                about = about / np.linalg.norm(about)
                scores[rowid] = topic.cosine(plain, float(query @ about), float(rows[rowid] @ about))
        return sorted(near, key=lambda one: -scores[one[0]])

    def _mean(self, source: int) -> NDArray[np.float32] | None:
        """Of length 1; None for a source that makes too few statements to have a topic."""
        import numpy as np

        if source not in self.means:
            statements = self.made[source]
            _, matrix = self.vectors.of(np.array(statements, dtype=np.int64))
            if len(matrix) < _ENOUGH:
                self.means[source] = None
            else:
                mean = topic.shared(matrix)
                self.means[source] = mean / np.linalg.norm(mean)
        return self.means[source]
