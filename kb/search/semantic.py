"""Finding by meaning: the query's vector against those of the store.

A passage is as near as the nearest of itself and the statements made in it: one sharp sentence is not drowned by
the others around it. Measured in docs/search.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.errors import KbError, notify
from kb.store import meta, search_rows
from kb.store.open import Store
from kb.store.selected import Selected

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.embed.encoder import Encoded

_SPARE = 1.5  # how many times as many statements are looked at as should be enough


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


def _said(
    store: Store, vector: NDArray[np.float32], selection: Selected | None, k: int, floor: float
) -> list[tuple[int, float]]:
    """(passage, cosine) of the `k` nearest statements, nearer than `floor`, made in passages that the selection leaves.

    Where it leaves many, so many statements are looked at that enough of them are made there; else those are listed.
    """
    from kb.vectors import index

    stored, passages = index.load(store, "statement"), index.load(store, "passage")
    only, most = None, k
    if selection is not None:
        most = int(_SPARE * k * len(passages) / max(1, selection.count))
        if most > selection.count:
            only, most = search_rows.of_passages(store, selection), k
    while True:
        near = {statement: cosine for statement, cosine in stored.search(vector[None], most, only)[0] if cosine > floor}
        made = search_rows.made_in(store, near, selection)
        enough = dict.fromkeys(statement for statement, _ in made)
        if selection is None or only is not None or len(enough) >= k or len(near) < most:
            break
        most *= 4
    kept = set(sorted(enough, key=lambda statement: -near[statement])[:k])
    return [(passage, near[statement]) for statement, passage in made if statement in kept]


def lift(
    store: Store,
    vector: NDArray[np.float32],
    passages: list[tuple[int, float]],
    selection: Selected | None,
    k: int,
) -> list[tuple[int, float]]:
    """The `k` nearest passages as (rowid, cosine), best first, given those that are near as a whole.

    The selection is that of the passages, and holds for the statements' passages before the cut.
    """
    best = dict(passages)
    floor = passages[k - 1][1] if len(passages) >= k else -2.0  # what is farther leaves the best as they are
    for passage, cosine in _said(store, vector, selection, k, floor):
        best[passage] = max(best.get(passage, -1.0), cosine)
    return sorted(best.items(), key=lambda found: (-found[1], found[0]))[:k]
