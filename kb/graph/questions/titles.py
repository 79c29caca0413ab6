"""A title for what a few statements are about: the shortest of them that can be read alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from kb.extract import standing

_FEWEST = 4  # words of a title
_CONNECTS = re.compile(
    r"\W*(?:and|but|so|yet|though|however|furthermore|moreover|therefore|thus|hence|also|again|indeed|likewise|similarly"
    r"|still|instead|first|firstly|second|secondly|third|finally|in fact|in contrast|for example|for instance|that said"
    r"|as a (?:first|second|third|last|quick|side)|on the other hand|of course|relatedly|additionally)\b",
    re.I,
)


class Worded(Protocol):
    """What has a kind and words of its own."""

    @property
    def kind(self) -> str: ...

    @property
    def text(self) -> str: ...


Said = TypeVar("Said", bound=Worded)


def telling(said: Sequence[Said]) -> Said:
    """Of some statements the one that names them best: an assertion that stands alone, in few words.

    One that goes on from what was said before ("But …") only where there is no other.
    """
    return min(
        said,
        key=lambda one: (
            not stands_alone(one), one.kind == "question", bool(_CONNECTS.match(one.text)), len(one.text),
        ),
    )  # fmt: skip


def stands_alone(one: Worded) -> bool:
    """Whether it says something to one who reads it and nothing else."""
    return len(one.text.split()) >= _FEWEST and not standing.leans(one.text) and not standing.fragment(one.text)
