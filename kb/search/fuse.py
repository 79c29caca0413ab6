"""One ranking from two: a convex combination of cosine and BM25.

`ALPHA * (cosine + 1) / (best cosine + 1) + (1 - ALPHA) * BM25 / best BM25`. It beats reciprocal rank fusion on our
pairs and on SciFact (docs/search.md), as Bruch, Gai and Ingber found in general (arXiv 2210.11934).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ALPHA = 0.8
WITHOUT_VECTOR = 0.75
"""How far the cosine of a row without a vector is thought to lie between what others with its words have on average
and the best of all, if it has the best BM25 (docs/search.md)."""


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """The part of a score that meaning gives; a rank is None where that search did not find the row."""

    rank: int | None
    cosine: float
    part: float
    estimated: bool = field(default=False, metadata={"optional": True})


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


@dataclass(frozen=True, slots=True)
class Scored:
    """A row with its score and what the score is made of; a rank is None where that search did not find it.

    `meaning` and `words` are the two parts of the score. Without a vector the cosine is `estimated`.
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

    def explanation(self) -> Explanation:
        """For `--explain`, rounded."""
        semantic = lexical = None
        if self.cosine is not None:
            semantic = ByMeaning(self.semantic_rank, round(self.cosine, 4), round(self.meaning, 4), self.estimated)
        if self.bm25 is not None:
            lexical = ByWords(self.lexical_rank, round(self.bm25, 4), round(self.words, 4))
        alpha = ALPHA if semantic and lexical else None
        return Explanation(semantic, lexical, alpha, each_word=self.each_word)


def fuse(
    semantic: list[tuple[int, float]],
    lexical: list[tuple[int, float]],
    cosines: Mapping[int, float],
    best_cosine: float,
) -> list[Scored]:
    """Rows found by either search, best first.

    Args:
        semantic: (rowid, cosine), best first. lexical: (rowid, BM25), best first.
        cosines: of rows that only the words found; a row in neither has no vector yet, and its cosine is estimated.
        best_cosine: what cosines are measured against; over several tables, the best of all.
    """
    near = {rowid: (rank, cosine) for rank, (rowid, cosine) in enumerate(semantic, 1)}
    words = {rowid: (rank, bm25) for rank, (rowid, bm25) in enumerate(lexical, 1)}
    best_bm25 = lexical[0][1] if lexical else 0.0
    known = {**cosines, **dict(semantic)}
    measured = [known[rowid] for rowid in words if rowid in known]
    usual = sum(measured) / len(measured) if measured else 0.0
    scored = []
    for rowid in near | words:
        semantic_rank, cosine = near.get(rowid, (None, cosines.get(rowid)))
        lexical_rank, bm25 = words.get(rowid, (None, None))
        share = bm25 / best_bm25 if bm25 is not None and best_bm25 > 0 else 0.0
        if estimated := cosine is None:
            cosine = usual + WITHOUT_VECTOR * (best_cosine - usual) * share
        by_meaning = ALPHA * (cosine + 1) / (best_cosine + 1 or 1)
        by_words = (1 - ALPHA) * share
        scored.append(
            Scored(
                rowid, by_meaning + by_words, cosine, semantic_rank, bm25, lexical_rank, by_meaning, by_words, estimated
            )
        )
    return sorted(scored, key=lambda s: (-s.score, s.rowid))


def by_meaning(semantic: list[tuple[int, float]]) -> list[Scored]:
    """Ranked by cosine alone."""
    return [Scored(rowid, cosine, cosine, rank, meaning=cosine) for rank, (rowid, cosine) in enumerate(semantic, 1)]


def by_word(lexical: list[tuple[int, float]], scale: float = 1.0) -> list[Scored]:
    """Ranked by BM25 alone. BM25 of two tables is comparable once each is divided by its best, `scale`."""
    return [
        Scored(rowid, bm25 / scale, bm25=bm25, lexical_rank=rank, words=bm25 / scale)
        for rank, (rowid, bm25) in enumerate(lexical, 1)
    ]
