"""Groups of statements that make one point or dispute it, across texts and across the speakers of one text.

Nearness cannot tell which: "not" hardly moves a vector. So a group is what is said on one point, for or against it, and
nothing in it is merged but the copies of one sentence by one speaker.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.store.open import Store
from kb.suggest import contrast, linkage
from kb.vectors import index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kb.suggest.nearness import Near, Nearness

MOST = 12
"""Statements in a group: more are no single point."""

_COSINE = 0.57  # below it two statements are hardly on one subject; read by hand, as the next three (docs/search.md)
_NEAR = 0.7  # from here on they may be so in other words
_SHARED = 2  # words that nearer ones need not share
_PAIR = 0.5  # least score of two along which a group may grow
_MEAN = 0.5  # least mean score between two groups that become one
_COPY = 0.95  # cosine from which on one speaker says the same once more

Pair = frozenset[int]
"""Two statements by their rowids."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement by its rowid: the text it is made in first, who makes it, and all its places, as (text, speaker)."""

    rowid: int
    words: str
    text: str
    speakers: frozenset[str | None]
    places: frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Group:
    """Rowids of the statements of a group, the oldest first; of the `copies` of some of them; how near they are."""

    members: tuple[int, ...]
    copies: tuple[int, ...] = ()
    score: float = 0.0


def groups(
    store: Store, said: Sequence[Said], together: Collection[Pair] = (), apart: Collection[Pair] = ()
) -> list[Group]:
    """The groups among these statements, by their oldest ones.

    Pairs of `together` are in one group, those of `apart` in none. Where nothing is embedded that is all there is.
    """
    said, kept = _worded_once(sorted(said, key=lambda one: one.rowid))
    place = {one.rowid: at for at, one in enumerate(said)}
    nearness = _nearness(store, said)
    near = list(nearness.pairs(range(len(said)), _COSINE)) if nearness else []
    again = _said_once(said, near)
    kept = {rowid: again.get(first, first) for rowid, first in kept.items()}

    def ends(pairs: Collection[Pair]) -> set[tuple[int, int]]:
        known = (sorted({place[kept[rowid]] for rowid in pair if rowid in kept}) for pair in pairs)
        return {(pair[0], pair[1]) for pair in known if len(pair) == 2}

    along = [
        (one.one, one.other)
        for one in near
        if one.one < one.other and one.score >= _PAIR and (one.shared >= _SHARED or one.cosine >= _NEAR)
        if all(kept[said[end].rowid] == said[end].rowid for end in (one.one, one.other))
    ]
    joined, parted = sorted(ends(together)), {frozenset(pair) for pair in ends(apart)}
    found = linkage.grouped(
        along, nearness.scores if nearness else _nothing, _MEAN, MOST, together=joined, apart=parted
    )
    copies: dict[int, list[int]] = {}
    for rowid, first in kept.items():
        if rowid != first:
            copies.setdefault(first, []).append(rowid)
    return [
        Group(members, tuple(copy for rowid in members for copy in copies.get(rowid, ())), _score(nearness, places))
        for places in found
        if (members := tuple(said[at].rowid for at in places))
    ]


def _nearness(store: Store, said: Sequence[Said]) -> Nearness | None:
    """None where there are no vectors. What has none itself is near to nothing."""
    import numpy as np

    from kb.suggest.nearness import Nearness
    from kb.suggest.shared_words import SharedWords
    from kb.suggest.topics import Topics

    vectors = index.load(store, "statement")
    rowids = np.array([one.rowid for one in said], dtype=np.int64)
    known, found = vectors.of(rowids) if len(vectors) else (rowids[:0], None)
    if found is None or not len(known):
        return None
    matrix = np.zeros((len(said), found.shape[1]), dtype=np.float32)
    matrix[np.searchsorted(rowids, known)] = found
    topics = Topics(matrix, [one.text for one in said])
    return Nearness(matrix, topics, SharedWords([one.words for one in said]), [one.places for one in said])


def _worded_once(said: Sequence[Said]) -> tuple[list[Said], dict[int, int]]:
    """What is said without what one speaker says again in the same words; by each rowid that of the first."""
    first: dict[tuple[frozenset[str | None], str], int] = {}
    kept = {
        one.rowid: first.setdefault((one.speakers, "".join(filter(str.isalnum, one.words.casefold()))), one.rowid)
        for one in said
    }
    return [one for one in said if kept[one.rowid] == one.rowid], kept


def _said_once(said: Sequence[Said], near: Sequence[Near]) -> dict[int, int]:
    """By the rowid of what one speaker says again in nearly the same words that of what was said first."""
    first: dict[int, int] = {}
    for pair in sorted(near, key=lambda pair: (min(pair.one, pair.other), max(pair.one, pair.other))):
        one, other = said[min(pair.one, pair.other)], said[max(pair.one, pair.other)]
        same = pair.cosine >= _COPY and one.speakers == other.speakers and other.rowid not in first
        if same and contrast.suspect(one.words, other.words) is None:
            first[other.rowid] = first.get(one.rowid, one.rowid)
    return first


def _score(nearness: Nearness | None, members: Sequence[int]) -> float:
    """The mean of all pairs."""
    if nearness is None:
        return 0.0
    scores = nearness.scores(members, members)
    return float((scores.sum() - scores.trace()) / (len(members) * (len(members) - 1)))


def _nothing(some: Sequence[int], others: Sequence[int]) -> NDArray[np.float32]:
    import numpy as np

    return np.zeros((len(some), len(others)), dtype=np.float32)
