"""One ranking of passages, statements or both, by word, by meaning, or fused.

Passages found by word and by meaning are ranked twice: what comes first says what else the query may mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kb.errors import notify
from kb.model.words import Table
from kb.search import candidates, feedback, fuse, whole
from kb.search.asked import Asked, centred
from kb.search.candidates import Candidates, Said
from kb.search.fuse import Scored
from kb.search.query import Query
from kb.store import fulltext, search_rows
from kb.store.open import Store
from kb.store.selected import Selected

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.vectors.index import Vectors

Ranked = list[tuple[Table, Scored]]

_BY_WORD = 1_000
"""Rows of which BM25 is known: what meaning found has its words counted even where two hundred others have more."""


@dataclass(frozen=True, slots=True)
class _Search:
    """What is searched: the rows that are left of each table, how many of each search are ranked, and the vectors.

    `part` is what the surroundings of a passage count for, `query` None where meaning alone ranks.
    """

    store: Store
    selections: dict[Table, Selected | None]
    depth: int
    query: Query | None
    part: float
    stored: dict[Table, Vectors] = field(default_factory=dict)

    @property
    def passages_only(self) -> bool:
        """Where statements are searched too, they speak for themselves, and the page is theirs too."""
        return self.selections.keys() == {"passage"}


def rank(
    store: Store,
    selections: dict[Table, Selected | None],
    depth: int,
    query: Query | None,
    vector: NDArray[np.float32] | None,
    words: int = 0,
) -> Ranked:
    """Rows of all tables, best first; by word if there is a query, by meaning if there is a vector.

    `words` is the length of what the vector is of, if that is not the query.
    """
    asked_for = _Search(store, selections, depth, query, whole.part(words or (len(query.text.split()) if query else 0)))
    if vector is None:
        _lacking(store, {}, by_words=True)
        return _by_word_alone(asked_for)
    from kb.vectors import index

    for table in selections:
        asked_for.stored[table] = index.load(store, table)
    _lacking(store, asked_for.stored, by_words=query is not None)
    if asked_for.passages_only:
        asked_for.stored["statement"] = index.load(store, "statement")
    if query is None:
        return _by_meaning_alone(asked_for, Asked(vector))
    if not asked_for.passages_only:
        return _fused(asked_for, Asked(vector))
    return _passages(asked_for, vector, query.text)


def _by_word_alone(search: _Search) -> Ranked:
    ranked: Ranked = []
    for table in search.selections:
        words = _by_word(search, table, ())[: search.depth] if search.query else []
        scored = fuse.by_word(words, words[0][1] if words and len(search.selections) > 1 else 1.0)
        ranked += [(table, one) for one in scored]
    return sorted(ranked, key=lambda one: -one[1].score)


def _by_meaning_alone(search: _Search, asked: Asked) -> Ranked:
    if search.passages_only:
        found = _near(search, asked)
        best = _sorted(found, asked)[: search.depth]
        return [("passage", one) for one in fuse.by_meaning(best, found.of_surroundings(asked))]
    ranked = [(table, one) for table in search.selections for one in fuse.by_meaning(_nearest(search, table, asked))]
    return sorted(ranked, key=lambda one: -one[1].score)


def _fused(search: _Search, asked: Asked) -> Ranked:
    near = {table: _nearest(search, table, asked) for table in search.selections}
    best = max((rows[0][1] for rows in near.values() if rows), default=0.0)
    ranked: Ranked = []
    for table, found in near.items():
        words = _by_word(search, table, [rowid for rowid, _ in found])
        known = {rowid for rowid, _ in found}
        rest, vectors = asked.vectors(search.stored[table], {row for row, _ in words[: search.depth]} - known)
        cosines = dict(zip(rest, (vectors @ asked.vector).tolist(), strict=True))
        ranked += [(table, one) for one in fuse.fuse(found, words, cosines, best, most=search.depth)]
    return sorted(ranked, key=lambda one: -one[1].score)


def _passages(search: _Search, vector: NDArray[np.float32], text: str) -> Ranked:
    """Passages alone: what comes first in both searches moves the query, and the candidates are ranked again."""
    import numpy as np

    asked = centred(vector, search.stored["passage"])
    near = _near(search, asked)
    close = [rowid for rowid, _ in _sorted(near, asked)[: search.depth]]
    words = _by_word(search, "passage", close)
    found = near.and_those(_read(search, asked, {row for row, _ in words[: search.depth]}.difference(near.rowids)))
    own = _own(search, text, found.rowids, close, [row for row, _ in words]) if search.part else _NOTHING
    bm25 = dict(words)
    told = np.array([bm25.get(rowid, 0.0) for rowid in found.rowids])
    others = np.array([rowid not in own.rows for rowid in found.rowids], dtype=bool)
    first = found.cosines(asked)
    scores = fuse.shares(first, told, first.max(where=others, initial=-1.0), told.max(where=others, initial=0.0))
    again = feedback.moved(search.store, asked, found, scores, own.sources)
    cosines = found.cosines(again)
    by_rowid = dict(zip(found.rowids, cosines.tolist(), strict=True))
    fused = fuse.fuse(
        sorted(((row, by_rowid[row]) for row in close), key=lambda one: (-one[1], one[0])),
        words,
        by_rowid,
        float(cosines.max(where=others, initial=-1.0)),
        most=search.depth,
        own=own.rows,
        moved=dict(zip(found.rowids, (cosines - first).tolist(), strict=True)),
        around=found.of_surroundings(again),
    )
    return [("passage", one) for one in fused]


@dataclass(frozen=True, slots=True)
class _Own:
    """Sources that a pasted text is from, and those of the candidates that stand in them."""

    sources: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()


_NOTHING = _Own()


def _own(search: _Search, text: str, found: Sequence[int], near: Sequence[int], words: Sequence[int]) -> _Own:
    sources = whole.own_sources(search.store, text, (near, words))
    if not sources:
        return _NOTHING
    of = search_rows.sources_of(search.store, found)
    return _Own(sources, frozenset(rowid for rowid, source in of.items() if source in sources))


def _nearest(search: _Search, table: Table, asked: Asked) -> list[tuple[int, float]]:
    return asked.near(search.stored[table], search.depth, search.selections[table])


def _near(search: _Search, asked: Asked) -> Candidates:
    """The passages that are near, or in which something near is said."""
    store, depth, selection = search.store, search.depth, search.selections["passage"]
    rows = {rowid for rowid, _ in _nearest(search, "passage", asked)}
    said: Said = []
    if not search.part:
        said = candidates.said(store, search.stored["passage"], search.stored["statement"], asked, selection, depth)
    return _read(search, asked, rows.union(passage for _, passage in said), said)


def _read(search: _Search, asked: Asked, rows: Iterable[int], said: Said = ()) -> Candidates:
    passages, statements = search.stored["passage"], search.stored["statement"]
    return candidates.read(search.store, passages, statements, asked, rows, said, search.part)


def _sorted(found: Candidates, asked: Asked) -> list[tuple[int, float]]:
    """(rowid, cosine), the nearest first."""
    cosines = zip(found.rowids, found.cosines(asked).tolist(), strict=True)
    return sorted(cosines, key=lambda one: (-one[1], one[0]))


def _by_word(search: _Search, table: Table, near: Sequence[int]) -> list[tuple[int, float]]:
    query = search.query
    if query is None:
        return []
    phrases = tuple(dict.fromkeys((*query.phrases, *query.words)))
    most, left = max(search.depth, _BY_WORD), search.selections[table]
    return fulltext.search(
        search.store, table, query.match, left, most, phrases=phrases, required=query.required, near=near
    )


def _lacking(store: Store, stored: dict[Table, Vectors], *, by_words: bool) -> None:
    """Say how many texts have no vector. Full-text search has a row for each text and knows how many."""
    parts, lacking = [], 0
    for table, vectors in stored.items():
        texts = fulltext.texts(store, table)
        if texts > len(vectors):
            parts.append(f"{texts - len(vectors):,} of {texts:,} {table}s")
            lacking += texts - len(vectors)
    if parts:
        what = f"{' and '.join(parts)} {'is' if lacking == 1 else 'are'} not embedded yet"
        notify(f"{what}, {'found by words only' if by_words else 'and not found by meaning'}: kb index")
