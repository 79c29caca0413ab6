"""Queries that are a text of their own: a paragraph that argues is compared with what stands around a passage too.

For such a query a passage is too small a unit, and a single sentence in it says nothing: statements do not lift it.
What surrounds the passage is its source where that is short, so that short texts are compared as a whole. The part that
it has in the cosine grows with the length of the query, from nothing at 60 words on.

A pasted text may be from a source that is here. Then its passages are found, but what they have in common with the
query is no measure for others, nor anything to look for more of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kb.search import repeats
from kb.search.asked import Asked
from kb.store import search_rows
from kb.store.open import Store
from kb.vectors.unit import unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.index import Vectors

_FROM = 60
LONG = 120
"""Words between which the part grows."""
_MOST = 0.7
REACH = 3
"""Passages on either side of one that are its surroundings."""
_LOOKED_AT = 10  # hits of either search among which the query's own source is looked for


def part(words: int) -> float:
    """How much the surroundings of a passage count for a query of so many words."""
    return _MOST * min(1.0, max(0.0, (words - _FROM) / (LONG - _FROM)))


def around(store: Store, stored: Vectors, asked: Asked, rowids: Sequence[int]) -> NDArray[np.float32]:
    """The mean of each of the passages and its surroundings, centred as the query is: shape (n, d), of length 1.

    All of them have a vector, and their rowids ascend.
    """
    import numpy as np

    near = search_rows.around(store, rowids, REACH)
    found, vectors = asked.vectors(stored, {*rowids, *(other for others in near.values() for other in others)})
    at = {rowid: place for place, rowid in enumerate(found)}
    means = np.zeros((len(rowids), vectors.shape[1]), np.float32)
    for place, rowid in enumerate(rowids):
        means[place] = vectors[[at[other] for other in {rowid, *near.get(rowid, ())} if other in at]].mean(axis=0)
    return unit(means)


def own_sources(store: Store, text: str, ranked: Iterable[Iterable[int]]) -> frozenset[int]:
    """The sources that a long query is from: one of their passages, among the first of these rankings, stands in it."""
    first = {rowid for rows in ranked for rowid in list(rows)[:_LOOKED_AT]}
    asked = repeats.runs(text)
    return frozenset(
        unit.source_rowid
        for unit in search_rows.units(store, "passage", first).values()
        if len(said := repeats.words(unit).runs) > 1 and len(said & asked) >= repeats.SAME * len(said)
    )
