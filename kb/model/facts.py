"""What the place of a text counts or says of it: karma, votes, ratings of a review, whether an issue is open.

A fact is kept as it was seen last and can be asked for (`karma:>50`, `state:open`). It is never news about a source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb.errors import UsageError
from kb.text.spelling import one_of
from kb.text.strings import fold, squash

NUMBERS = (
    "karma", "agreement", "votes", "points", "likes", "reactions", "rating", "confidence", "soundness", "presentation",
    "contribution",
)  # fmt: skip
"""Facts that are compared as numbers."""
WORDS = {
    "state": ("open", "closed", "merged", "draft", "completed", "not planned", "answered", "archived"),
    "decision": ("accept", "reject", "withdrawn", "desk rejected", "poster", "spotlight", "oral", "notable", "invite"),
}
"""Facts in words, each with what may be asked of it; they say more ("Accept (poster)")."""
NAMES = (*NUMBERS, *WORDS)

_MOST = 30  # kinds of reaction that are told
_LEADING = re.compile(r"\s*(?P<number>[-+−]?\d{1,15}(?:\.\d{1,15})?)(?=$|[\s:/,;(])")
_ASKED = re.compile(r"\s*(?P<how>>=|<=|≥|≤|=|>|<|)\s*(?P<number>[-+−]?\d{1,15}(?:\.\d{1,15})?)\s*")
_SPELT = {"≥": ">=", "≤": "<=", "": "="}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its number, where it has one, and its words where they say more ("6: marginally above")."""

    name: str
    number: float | None = None
    said: str = ""

    @property
    def value(self) -> float | str:
        """The number, whole where it is; else the words."""
        if self.number is None:
            return self.said
        return int(self.number) if self.number.is_integer() else self.number

    @property
    def in_words(self) -> str:
        """What is shown: "karma 12", "rating 6: marginally above"."""
        return f"{self.name} {self.said or self.value}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a fact: to stand in this way to a number, or to have these words, spelt plainly (`plain`)."""

    name: str
    how: str = ""  # one of > >= < <= =; "" for words
    number: float = 0.0
    words: str = ""


def fact(name: str, value: object) -> tuple[Fact, ...]:
    """The fact that a value of JSON means: a number, words, or words that lead with a number; none for anything else.

    Numbers that no store can hold are words.
    """
    if isinstance(value, bool) or value is None:
        return ()
    if isinstance(value, int | float):
        exact = abs(value) < 1e15  # also of nan, and of thousands of digits
        return (Fact(name, float(value)),) if exact else ()
    words = squash(value) if isinstance(value, str) else ""
    if not words:
        return ()
    found = _LEADING.match(words)
    if found is None:
        return (Fact(name, None, words),) if name in WORDS else ()
    return (Fact(name, _number(found["number"]), "" if found.end() == len(words) else words),)


def reactions(told: Mapping[str, int]) -> tuple[Fact, ...]:
    """Reactions by name as one fact: how many there are, and of which kinds; none where there are none."""
    if not told:
        return ()
    first = sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
    words = ", ".join(f"{name} {number}" for name, number in first)
    return (Fact("reactions", float(sum(told.values())), f"{sum(told.values())}: {words}"),)


def asked(text: str) -> Asked:
    """What `karma:>50` or `state:open` asks.

    Raises:
        UsageError: there is no such fact, or the value makes no sense for it.
    """
    name, _, value = text.partition(":")
    name = name.strip().lower()
    if name not in NAMES:
        raise UsageError(f"there is no fact {name!r}", one_of(name, NAMES))
    if name in WORDS:
        words = plain(value)
        if not any(words == known or (known.startswith(words) and len(words) > 3) for known in _forms(name)):
            raise UsageError(f"{value!r} is no {name}", f"one of {', '.join(WORDS[name])}")
        return Asked(name, words=words.removesuffix("ed") if words in {"accepted", "rejected"} else words)
    found = _ASKED.fullmatch(value)
    if found is None:
        raise UsageError(f"{value!r} is no number to compare {name} with", f"write {name}:>50, {name}:<=3 or {name}:7")
    return Asked(name, _SPELT.get(found["how"], found["how"]), _number(found["number"]))


def plain(words: str) -> str:
    """Words without what spelling differs in: "Desk-Rejected" and "desk rejected" are the same."""
    return squash(re.sub(r"[-_]", " ", fold(words)))


def _forms(name: str) -> tuple[str, ...]:
    return (*WORDS[name], "accepted", "rejected") if name == "decision" else WORDS[name]


def _number(digits: str) -> float:
    return float(digits.replace("−", "-"))
