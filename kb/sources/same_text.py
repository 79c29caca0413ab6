"""Sources here that hold the same text, or nearly so.

Texts are compared by their words alone, five at a time. Which texts to compare is told by the smallest hashes of these
(a sketch, as of MinHash), so that not all are compared with all; what many texts share is a template's and tells
nothing. Measured on five public vaults, see docs/guide.md.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.sources.extraction import OWN_CLAIM
from kb.sources.removal import OWN_NOTE
from kb.store import alike, edits
from kb.store.alike import TextOf
from kb.store.open import Store, now
from kb.text.strings import digest

NEAR = 0.8
"""Two texts are nearly the same from this share of their fives of words in common on."""
FEW = 10
"""Words below which not even equal texts are a question: many notes hold the same few."""
TELLING = 40
"""Words below which only equal texts are one."""
_RUN = 5
_SKETCH = 48
_COMMON = 12  # a five of words that more texts share tells nothing
SHARED = 6
"""Hashes that two sketches have in common, from which on texts are compared."""

_WORD = re.compile(r"[\u0e00-\ud7ff\uf900-\ufaff]|[^\W_]+")  # scripts without blanks: each sign by itself
_FRONT = re.compile(r"---\n.*?\n---(?:\n|$)", re.S)
_DIGITS = re.compile(r"\d+")
_OWN = (OWN_NOTE, OWN_CLAIM, "jotting", "remarks")


@dataclass(frozen=True, slots=True)
class Alike:
    """Sources with the same text: the one that should stay first. `share` of the words is common, 1 where all are."""

    sources: tuple[TextOf, ...]
    share: float


def decline(store: Store, source_ids: Sequence[str]) -> None:
    """Note that each of these is another source than the others, so that nobody asks again."""
    at = now()
    with store.transaction():
        for one in source_ids:
            for other in source_ids:
                if one < other:
                    edits.put(store, one, edits.APART + other, "yes", at)


def found(store: Store) -> list[Alike]:
    """Every group of sources with the same text that nobody declined, the most alike first."""
    hashes = _Hashes()
    sketches: dict[int, list[str]] = {}
    equal: dict[str, list[str]] = {}
    for one in alike.texts(store, _OWN):
        words = _words(one.text)
        if len(words) < FEW:
            continue
        equal.setdefault(digest(" ".join(words)), []).append(one.id)
        if len(words) >= TELLING:
            for hash_ in _sketch(words, hashes):
                sketches.setdefault(hash_, []).append(one.id)
    declined = alike.apart(store)
    pairs = {frozenset(pair) for ids in equal.values() for pair in _pairs(ids[:_COMMON])} | _near(sketches)
    pairs -= declined
    texts = alike.texts_of(store, sorted({name for pair in pairs for name in pair}))
    shares: dict[frozenset[str], float] = {}
    for pair in pairs:
        one, other = (texts[name] for name in sorted(pair))
        if _comparable(one, other) and (share := _share(one, other)) >= NEAR:
            shares[pair] = share
    return sorted(_groups(shares, texts), key=lambda group: (-group.share, group.sources[0].id))


def _words(text: str) -> list[str]:
    front = _FRONT.match(text)
    return _WORD.findall((text[front.end() :] if front else text).casefold())


class _Hashes(dict[str, int]):
    def __missing__(self, word: str) -> int:
        self[word] = zlib.crc32(word.encode())
        return self[word]


def _sketch(words: Sequence[str], hashes: _Hashes) -> list[int]:
    """The smallest hashes of the runs of words."""
    import numpy as np

    hashed = np.fromiter(map(hashes.__getitem__, words), np.uint64, len(words))
    runs = np.zeros(len(words) - _RUN + 1, dtype=np.uint64)
    for place in range(_RUN):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + hashed[place : place + len(runs)]
        runs ^= runs >> np.uint64(29)
    runs = np.sort(np.unique(runs * np.uint64(0xBF58476D1CE4E5B9)))
    return [int(hash_) for hash_ in runs[:_SKETCH]]


def sketch(text: str) -> list[int]:
    """By what a text is found among others: the smallest hashes of its runs of words, ascending."""
    return _sketch(_words(text), _Hashes())


def _near(sketches: dict[int, list[str]]) -> set[frozenset[str]]:
    """Pairs whose sketches share enough to compare them."""
    shared: dict[frozenset[str], int] = {}
    for ids in sketches.values():
        if 1 < len(ids) <= _COMMON:
            for pair in _pairs(ids):
                shared[frozenset(pair)] = shared.get(frozenset(pair), 0) + 1
    return {pair for pair, count in shared.items() if count >= SHARED}


def _pairs(ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(ids):
        yield from ((one, other) for other in ids[place + 1 :] if other != one)


def _comparable(one: TextOf, other: TextOf) -> bool:
    """Whether they may be one: not what hangs on the other, nor notes that are numbered or dated differently."""
    if one.parent == other.id or other.parent == one.id:
        return False
    names = [(x.target or x.title).rsplit("/", 1)[-1] for x in (one, other)]
    numbered = all(map(_DIGITS.search, names)) and names[0] != names[1]
    return not (numbered and _DIGITS.sub("0", names[0]) == _DIGITS.sub("0", names[1]))


def _share(one: TextOf, other: TextOf) -> float:
    """The share of their runs of words that two texts have in common, 0 to 1."""
    a, b = (_runs(_words(x.text)) for x in (one, other))
    return len(a & b) / len(a | b) if a or b else 0.0


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}


def _groups(shares: dict[frozenset[str], float], texts: dict[str, TextOf]) -> Iterator[Alike]:
    """Sources each of which is alike to all others of its group."""
    left = dict(sorted(shares.items(), key=lambda item: (-item[1], sorted(item[0]))))
    while left:
        group = set(next(iter(left)))
        for name in sorted({name for pair in left for name in pair} - group):
            if all(frozenset((name, one)) in left for one in group):
                group.add(name)
        share = min(left[frozenset(pair)] for pair in _pairs(sorted(group)))
        left = {pair: value for pair, value in left.items() if not group & pair}
        yield Alike(tuple(sorted((texts[name] for name in group), key=_first)), share)


def _first(one: TextOf) -> tuple[bool, int, str]:
    """What has an address stays, then what is longer."""
    return one.url is None, -len(one.text), one.id
