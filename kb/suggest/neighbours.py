"""Statements of different sources that are about the same thing: candidates for `related` links.

Near enough is a matter of plain cosine. Which of those come first, and which are no more than two statements in the
middle of everything, is told by their nearness among all that is listed (`kb.suggest.nearness`).
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.store import statements
from kb.store.open import Store
from kb.vectors import index

K = 3
THRESHOLD = 0.6
"""Cosine from which on most pairs are about one subject, read by eye on real texts (docs/search.md)."""

_LEAST = 0.3  # score from which on two are nearer to each other than to what is near to both; read by hand


def related_pairs(
    store: Store,
    statement_rowids: Iterable[int],
    k: int = K,
    threshold: float = THRESHOLD,
    listed: float = 0.0,
    *,
    mutual: bool = True,
) -> list[tuple[int, int, float]]:
    """For each statement its nearest `k` in other sources, as (lower rowid, higher rowid, cosine), each pair once.

    Only accepted statements and those of the confidence `listed` or more, that are said somewhere, take part. `mutual`:
    only pairs of which each is near to the other, and nearer than what is near to both; those too in which another one
    chooses one of these. Best pairs first. The sign of a pair is unknown: near means the same subject, not agreement.
    """
    import numpy as np

    from kb.suggest.nearness import Nearness
    from kb.suggest.shared_words import SharedWords
    from kb.suggest.topics import Topics

    vectors = index.load(store, "statement")
    if not len(vectors):
        return []
    sources = statements.sources_by_rowid(store, listed)
    known, matrix = vectors.of(np.array(sorted(sources), dtype=np.int64))
    rowids = known.tolist()
    place = {rowid: at for at, rowid in enumerate(rowids)}
    wanted = [place[rowid] for rowid in sorted(set(statement_rowids)) if rowid in place]
    if not wanted:
        return []
    matrix = np.ascontiguousarray(matrix)
    own = [sources[rowid] for rowid in rowids]
    texts = statements.texts(store, rowids)
    words = SharedWords([texts[rowid] for rowid in rowids])
    nearness = Nearness(matrix, Topics(matrix, [min(made) for made in own]), words, own)
    found: dict[int, list[tuple[float, int, float]]] = {}
    chosen = set(wanted)
    ends = chosen | {near.other for near in nearness.pairs(wanted, threshold, mutual=mutual)} if mutual else chosen
    for near in nearness.pairs(sorted(ends), threshold, mutual=mutual):
        if near.score >= _LEAST or not mutual:
            found.setdefault(near.one, []).append((-near.score, near.other, near.cosine))
    pairs = {}
    for one, others in found.items():
        for _, other, cosine in sorted(others)[:k]:
            if one not in chosen and other not in chosen:
                continue  # it is only asked whether it would choose one of these
            pairs[rowids[min(one, other)], rowids[max(one, other)]] = cosine
    return sorted(((a, b, s) for (a, b), s in pairs.items()), key=lambda pair: (-pair[2], pair[:2]))
