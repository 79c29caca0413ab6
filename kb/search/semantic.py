"""Finding by meaning: the query's vector against those of the store.

A passage is as near as the nearest of itself and the statements made in it: one sharp sentence is not drowned by
the others around it. Measured in docs/search.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.errors import KbError, notify
from kb.store import conditions, meta, search_rows
from kb.store.conditions import Condition
from kb.store.open import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.embed.encoder import Encoded


def query_vector(store: Store, text: str) -> NDArray[np.float32] | None:
    """The vector alone of what `read` reads, shape (d,)."""
    known = read(store, text)
    return known.vector if known else None


def read(store: Store, text: str) -> Encoded | None:
    """The vector of a text and the states of its tokens, under the model of the store's vectors.

    None where there are no vectors or the model is not to be had; a notice says so.
    """
    fingerprint = meta.get(store, meta.MODEL)
    if not fingerprint:
        notify("nothing is embedded yet, so this finds words, not meanings; `kb index` changes that")
        return None
    from kb.vectors.embed.query import read_query

    try:
        return read_query(text, store.home, fingerprint)
    except (KbError, ImportError) as error:
        notify(f"this finds words, not meanings: {error}")
        return None


def lift(
    store: Store,
    vector: NDArray[np.float32],
    passages: list[tuple[int, float]],
    selection: Condition | None,
    k: int,
) -> list[tuple[int, float]]:
    """The `k` nearest passages as (rowid, cosine), best first, given those that are near as a whole.

    The selection is that of the passages, and holds for the statements' passages before the cut.
    """
    from kb.vectors import index

    allowed = conditions.allowed(store, search_rows.of_passages(selection)) if selection else None
    near = dict(index.load(store, "statement").search(vector[None], k, allowed)[0])
    best = dict(passages)
    for statement, passage in search_rows.made_in(store, near, selection):
        best[passage] = max(best.get(passage, -1.0), near[statement])
    return sorted(best.items(), key=lambda found: (-found[1], found[0]))[:k]
