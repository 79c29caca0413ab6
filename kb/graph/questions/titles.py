"""A title for what a few statements are about: the shortest of them that can be read alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from kb.extract import standing

_FEWEST = 4  # words of a title
_CONNECTS = re.compile(
    r"\W*(?:and|but|so|yet|though|however|furthermore|moreover|therefore|thus|hence|also|again|indeed|likewise|similarly"
    r"|still|instead|first|firstly|second|secondly|third|finally|in fact|in contrast|for example|for instance|that said"
    r"|as a (?:first|second|third|last|quick|side)|on the other hand|of course|relatedly|additionally)\b(?!-)",
    re.I,
)
_ADDRESSES = re.compile(
    r"\b(?:thank|thanks|I (?:dis)?agree|your? (?:\w+ )?(?:said|say|says|claim|argue|mention|bring|call|point|argument"
    r"|question|post|comment)s?|you(?:'re|’re| are) (?:saying|right|wrong))\b",
    re.I,
)


class Worded(Protocol):
    """What has a kind and words of its own."""

    @property
    def kind(self) -> str: ...

    @property
    def text(self) -> str: ...


Said = TypeVar("Said", bound=Worded)


def telling(said: Sequence[Said], leans: Callable[[Said], bool] = lambda _: False) -> Said:
    """Of some statements the one that names them best: an assertion that stands alone, in few words.

    `leans` tells of more that do not stand alone. One that goes on from what was said before ("But …"), or answers
    somebody ("your point"), only where there is no other.
    """

    def rank(one: Said) -> tuple[bool, bool, bool, int]:
        replies = bool(_CONNECTS.match(one.text) or _ADDRESSES.search(one.text))
        return leans(one) or not stands_alone(one), one.kind == "question", replies, len(one.text)

    return min(said, key=rank)


def stands_alone(one: Worded) -> bool:
    """Whether it says something to one who reads it and nothing else."""
    return len(one.text.split()) >= _FEWEST and not standing.leans(one.text) and not standing.fragment(one.text)
