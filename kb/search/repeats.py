"""The same words in several places: quotes, quotes of quotes, reposts. A page of hits shows them once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from kb.model.found import SearchUnit
from kb.model.words import Table

_WORD = re.compile(r"[^\W_]+")
_RUN = 5  # words
SAME = 0.8
"""Share of the shorter text's runs of words that the other must have: one word in thirty may differ."""
_FEWEST = 8  # words; shorter texts must be equal
_NEGATIONS = frozenset({"not", "no", "never", "none", "nor", "cannot", "without", "t"})  # "t" of "isn't"


@dataclass(frozen=True, slots=True)
class Words:
    """A text's runs of five words, or all of fewer, the number of its words, and those that deny something."""

    type: Table
    runs: frozenset[tuple[str, ...]]
    length: int
    denying: frozenset[str]


def words(item: SearchUnit) -> Words:
    """The words of an item, whatever marks stand between them."""
    found = _WORD.findall(item.text.casefold())
    return Words(item.type, runs(item.text), len(found), _NEGATIONS.intersection(found))


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """A text's runs of five words, or all of fewer."""
    found = _WORD.findall(text.casefold())
    return frozenset(zip(*(found[at:] for at in range(_RUN)), strict=False) if len(found) > _RUN else [tuple(found)])


class Shown:
    """The texts of a page by their words, each with the number of its hit."""

    def __init__(self) -> None:
        self._texts: list[Words] = []
        self._runs: set[tuple[str, ...]] = set()  # of all texts

    def repeats(self, text: Words) -> int | None:
        """The number of a hit of the same type that has the words of the text, or whose words the text has."""
        if self._runs.isdisjoint(text.runs):
            return None
        shared = Counter({number: len(text.runs & one.runs) for number, one in enumerate(self._texts)})
        return next(
            (number for number, count in shared.most_common() if count and _same(text, self._texts[number], count)),
            None,
        )

    def add(self, text: Words) -> None:
        """Note the text of the next hit."""
        self._runs |= text.runs
        self._texts.append(text)


def _same(one: Words, other: Words, shared: int) -> bool:
    """Whether one has the other's words, but for one in thirty that is no negation."""
    fewer = min(len(one.runs), len(other.runs))
    if one.type != other.type or (one.length != other.length and min(one.length, other.length) < _FEWEST):
        return False
    return shared == fewer or (shared >= SAME * fewer and one.denying == other.denying)


def original(first: SearchUnit, second: SearchUnit) -> SearchUnit:
    """Which of two texts with the same words to show: not the quote, then the earlier one, else the first."""
    return min(first, second, key=lambda item: (item.quoted, *_day(item, first, second)))


def _day(item: SearchUnit, *both: SearchUnit) -> tuple[Any, ...]:
    days = [one.source.published for one in both]
    return (item.source.published,) if all(days) else ()
