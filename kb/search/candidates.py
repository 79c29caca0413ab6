"""The passages that are worth a closer look, with all vectors that say how near they are, read once.

A passage is as near as the nearest of itself and the statements made in it: one sharp sentence is not drowned by the
others around it. But of many sentences one is near by chance, so one that is not worth listing counts for little of
what it is nearer than its passage. For a query that is a text of its own what stands around the passage takes part
instead (`kb.search.whole`). Measured in docs/search.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb import config
from kb.search import whole
from kb.search.asked import Asked
from kb.store import search_rows
from kb.store.open import Store
from kb.store.selected import Selected

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.index import Vectors

_SPARE = 1.5  # how many times as many statements are looked at as should be enough

_UNLISTED = 0.3
"""The share of what it is nearer than its passage for which a statement counts that is not listed."""

Said = Sequence[tuple[int, int]]
"""(statement, passage) rowids: where statements near to the query are made."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Passages with vectors, shape (n, d), of the `rowids` (n,): centred as the query is, and of length 1.

    `said` (m, d) are statements made in the candidates at the places `made_in` (m,); of what they are nearer, their
    `shares` (m,) count. `around` (n, d) are the means of the passages and their surroundings, which have a `part` in
    the cosine.
    """

    rowids: list[int]
    vectors: NDArray[np.float32]
    said: NDArray[np.float32]
    made_in: list[int]
    shares: list[float]
    around: NDArray[np.float32] | None = None
    part: float = 0.0

    def cosines(self, asked: Asked) -> NDArray[np.float32]:
        """How near each is to the query, shape (n,)."""
        import numpy as np

        found: NDArray[np.float32] = self.vectors @ asked.vector
        if len(self.said):
            alone, shares = found[self.made_in], np.array(self.shares, np.float32)
            np.maximum.at(found, self.made_in, alone + shares * (self.said @ asked.vector - alone))
        if self.around is not None:
            found = (1 - self.part) * found + self.part * (self.around @ asked.vector)
        return found

    def of_surroundings(self, asked: Asked) -> dict[int, float]:
        """The cosine of the query with what stands around each, by rowid, where that takes part."""
        if self.around is None:
            return {}
        return dict(zip(self.rowids, (self.around @ asked.vector).tolist(), strict=True))

    def and_those(self, others: Candidates) -> Candidates:
        """These and others, which are none of these."""
        import numpy as np

        made_in = [*self.made_in, *(len(self.rowids) + place for place in others.made_in)]
        around = None
        if self.around is not None and others.around is not None:
            around = np.concatenate([self.around, others.around])
        vectors, said = np.concatenate([self.vectors, others.vectors]), np.concatenate([self.said, others.said])
        shares = [*self.shares, *others.shares]
        return Candidates([*self.rowids, *others.rowids], vectors, said, made_in, shares, around, self.part)


def read(
    store: Store,
    passages: Vectors,
    statements: Vectors | None,
    asked: Asked,
    rows: Iterable[int],
    said: Said,
    part: float,
) -> Candidates:
    """Those of the passages that have a vector, with the statements made in them; `part` is that of surroundings."""
    rowids, vectors = asked.vectors(passages, rows)
    at = {rowid: place for place, rowid in enumerate(rowids)}
    pairs = [(statement, at[passage]) for statement, passage in said if passage in at]
    known, made = asked.vectors(statements, {one for one, _ in pairs}) if statements else ([], vectors[:0])
    row = {rowid: place for place, rowid in enumerate(known)}
    pairs = [(statement, place) for statement, place in pairs if statement in row]
    least = config.current(store.home).statement_threshold
    worth = search_rows.worth_listing(store, row, least) if row else set()
    return Candidates(
        rowids,
        vectors,
        made[[row[statement] for statement, _ in pairs]],
        [place for _, place in pairs],
        [1.0 if statement in worth else _UNLISTED for statement, _ in pairs],
        whole.around(store, passages, asked, rowids) if part else None,
        part,
    )


def said(
    store: Store, passages: Vectors, statements: Vectors, asked: Asked, selection: Selected | None, k: int
) -> Said:
    """Where the `k` nearest statements are made that are made in passages which the selection leaves.

    Where it leaves many, so many statements are looked at that enough of them are made there; else those are listed.
    """
    only, most = None, k
    if selection is not None:
        most = max(k, int(_SPARE * k * len(passages) / max(1, selection.count)))
        if most > selection.count:
            only, most = search_rows.of_passages(store, selection), k
    while True:
        near = [rowid for rowid, _ in asked.near(statements, most, only)]
        made = search_rows.made_in(store, near, selection)
        enough = {statement for statement, _ in made}
        if selection is None or only is not None or len(enough) >= k or len(near) < most:
            break
        most *= 4
    kept = set([statement for statement in near if statement in enough][:k])
    return [(statement, passage) for statement, passage in made if statement in kept]
