"""One ranking from two: a convex combination of cosine and BM25.

`ALPHA * (cosine + 1) / (best cosine + 1) + (1 - ALPHA) * BM25 / best BM25`. It beats reciprocal rank fusion on our
pairs and on SciFact (docs/search.md), as Bruch, Gai and Ingber found in general (arXiv 2210.11934).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALPHA = 0.8
WITHOUT_VECTOR = 0.75
"""How far the cosine of a row without a vector is thought to lie between what others with its words have on average
and the best of all, if it has the best BM25 (docs/search.md)."""


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """The part of a score that meaning gives; a rank is None where that search did not find the row.

    `moved` is how much of the cosine is there because the query was moved towards the first hits. For a query that is
    a text of its own `around` is the cosine with what stands around the passage, which `cosine` has in it.
    """

    rank: int | None
    cosine: float
    part: float
    estimated: bool = field(default=False, metadata={"optional": True})
    moved: float | None = field(default=None, metadata={"optional": True})
    around: float | None = field(default=None, metadata={"optional": True})


@dataclass(frozen=True, slots=True)
class ByWords:
    """The part of a score that words give."""

    rank: int | None
    bm25: float
    part: float


@dataclass(frozen=True, slots=True)
class ByEachWord:
    """The part of a score that late interaction gives. `similarity` is the mean over the words of the query."""

    similarity: float
    part: float
    estimated: bool = field(default=False, metadata={"optional": True})


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a score is made of. `alpha` is the weight of meaning where both count.

    `exact` says by what the query names the row ("id", "title", …); `asks_again` by what the score was multiplied
    because the row only asks the same question, `reference` because it only names another text, `sought` because it
    is of the kind that the query asks for. `phrase` was added because it has what the query has in quotes.
    `pointed_from` is the id of the passage that says to look here.
    """

    semantic: ByMeaning | None
    lexical: ByWords | None
    alpha: float | None
    exact: str | None = field(default=None, metadata={"optional": True})
    asks_again: float | None = field(default=None, metadata={"optional": True})
    reference: float | None = field(default=None, metadata={"optional": True})
    sought: float | None = field(default=None, metadata={"optional": True})
    phrase: float | None = field(default=None, metadata={"optional": True})
    pointed_from: str | None = field(default=None, metadata={"optional": True})
    each_word: ByEachWord | None = field(default=None, metadata={"optional": True})


class Scored(NamedTuple):
    """A row with its score and what the score is made of; a rank is None where that search did not find it.

    `meaning` and `words` are the two parts of the score. Without a vector the cosine is `estimated`. A tuple: there
    are hundreds a query, and it is made in a third of the time.
    """

    rowid: int
    score: float
    cosine: float | None = None
    semantic_rank: int | None = None
    bm25: float | None = None
    lexical_rank: int | None = None
    meaning: float = 0.0
    words: float = 0.0
    estimated: bool = False
    each_word: ByEachWord | None = None
    moved: float | None = None
    around: float | None = None

    def explanation(self) -> Explanation:
        """For `--explain`, rounded."""
        semantic = lexical = None
        if self.cosine is not None:
            moved, around = (None if part is None else round(part, 4) for part in (self.moved, self.around))
            cosine, meaning = round(self.cosine, 4), round(self.meaning, 4)
            semantic = ByMeaning(self.semantic_rank, cosine, meaning, self.estimated, moved, around)
        if self.bm25 is not None:
            lexical = ByWords(self.lexical_rank, round(self.bm25, 4), round(self.words, 4))
        alpha = ALPHA if semantic and lexical else None
        return Explanation(semantic, lexical, alpha, each_word=self.each_word)


def shares(
    cosines: NDArray[np.float32], bm25: NDArray[np.float64], best_cosine: float, best_bm25: float
) -> NDArray[np.float64]:
    """The scores that `fuse` gives rows that have a vector, shape (n,); BM25 is 0 where no word of the query is."""
    scores: NDArray[np.float64] = ALPHA * (cosines + 1) / (best_cosine + 1 or 1) + (1 - ALPHA) * bm25 / (best_bm25 or 1)
    return scores


def fuse(
    semantic: list[tuple[int, float]],
    lexical: list[tuple[int, float]],
    cosines: Mapping[int, float],
    best_cosine: float,
    *,
    most: int | None = None,
    own: Collection[int] = (),
    moved: Mapping[int, float] = MappingProxyType({}),
    around: Mapping[int, float] = MappingProxyType({}),
) -> list[Scored]:
    """Rows found by either search, best first.

    Args:
        semantic: (rowid, cosine), best first. lexical: (rowid, BM25), best first.
        cosines: of rows that only the words found; a row in neither has no vector yet, and its cosine is estimated.
        best_cosine: what cosines are measured against; over several tables, the best of all.
        most: so many rows count as found by word; what comes after only adds its words to what meaning found.
        own: rows that the query was taken from, by whose BM25 others are not measured.
        moved, around: what `ByMeaning` tells of a row.
    """
    near = {rowid: (rank, cosine) for rank, (rowid, cosine) in enumerate(semantic, 1)}
    words = {rowid: (rank, bm25) for rank, (rowid, bm25) in enumerate(lexical, 1)}
    best_bm25 = next((bm25 for rowid, bm25 in lexical if rowid not in own), lexical[0][1] if lexical else 0.0)
    known = {**cosines, **dict(semantic)}
    found = [rowid for rowid, _ in lexical[:most]]
    measured = [known[rowid] for rowid in found if rowid in known]
    usual = sum(measured) / len(measured) if measured else 0.0
    scored = []
    for rowid in near | dict.fromkeys(found):
        semantic_rank, cosine = near.get(rowid, (None, cosines.get(rowid)))
        lexical_rank, bm25 = words.get(rowid, (None, None))
        share = bm25 / best_bm25 if bm25 is not None and best_bm25 > 0 else 0.0
        if estimated := cosine is None:
            cosine = usual + WITHOUT_VECTOR * (best_cosine - usual) * share
        by_meaning = ALPHA * (cosine + 1) / (best_cosine + 1 or 1)
        by_words = (1 - ALPHA) * share
        scored.append(
            Scored(
                rowid,
                by_meaning + by_words,
                cosine,
                semantic_rank,
                bm25,
                lexical_rank,
                by_meaning,
                by_words,
                estimated,
                moved=moved.get(rowid),
                around=around.get(rowid),
            )
        )
    return sorted(scored, key=lambda s: (-s.score, s.rowid))


def by_meaning(semantic: list[tuple[int, float]], around: Mapping[int, float] = MappingProxyType({})) -> list[Scored]:
    """Ranked by cosine alone."""
    return [
        Scored(rowid, cosine, cosine, rank, meaning=cosine, around=around.get(rowid))
        for rank, (rowid, cosine) in enumerate(semantic, 1)
    ]


def by_word(lexical: list[tuple[int, float]], scale: float = 1.0) -> list[Scored]:
    """Ranked by BM25 alone. BM25 of two tables is comparable once each is divided by its best, `scale`."""
    return [
        Scored(rowid, bm25 / scale, bm25=bm25, lexical_rank=rank, words=bm25 / scale)
        for rank, (rowid, bm25) in enumerate(lexical, 1)
    ]
