"""The query's vector moved towards what was found first: what resembles the best hits then comes nearer.

The five best of both searches together, one a source, count by `exp(40 · (score − best score))`, so that what is much
worse than the first counts for next to nothing. Who is a candidate stays as it is: to scan all vectors again for the
moved query finds nothing more that matters (docs/search.md).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kb.search.asked import Asked
from kb.search.candidates import Candidates
from kb.store import search_rows
from kb.store.open import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STEP = 0.4
_HITS = 5
_SHARPNESS = 40.0
_LOOKED_AT = 50  # hits among which five sources are looked for


def moved(
    store: Store, asked: Asked, candidates: Candidates, scores: NDArray[np.float64], own: Collection[int] = ()
) -> Asked:
    """The query moved towards the best of the candidates.

    Args:
        scores: of the candidates, shape (n,). own: rowids of sources that the query is from, which tell nothing new.
    """
    import numpy as np

    best = np.argsort(-scores, kind="stable")[:_LOOKED_AT].tolist()
    sources = search_rows.sources_of(store, (candidates.rowids[place] for place in best))
    first: dict[int, int] = {}
    for place in best:
        source = sources.get(candidates.rowids[place])
        if source is not None and source not in own:
            first.setdefault(source, place)
    places = list(first.values())[:_HITS]
    if not places:
        return asked
    weights = np.exp(_SHARPNESS * (scores[places] - scores[places[0]]))
    return asked.moved(_STEP * (weights / weights.sum()).astype(np.float32) @ candidates.vectors[places])
