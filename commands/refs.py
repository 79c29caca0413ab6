"""REFs as they are given to a verb: `-` stands for those on standard input, one a line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.model.named import Named
    from kb.sources.resolve import Agree

STDIN = "-"


def given(refs: Sequence[str]) -> list[str]:
    """The REFs, with what standard input says in the place of `-`. Of a line of `kb list` its id counts.

    Raises:
        UsageError: none is given.
    """
    from kb.errors import UsageError
    from kb.model import ids

    found: list[str] = []
    for ref in refs:
        if ref != STDIN:
            found.append(ref)
            continue
        lines = [line.strip() for line in sys.stdin if line.strip()]
        first = [line.split()[0] for line in lines]
        found += [
            word if ids.ID.fullmatch(word) and len(word) == ids.LENGTHS[word[0]] else line
            for word, line in zip(first, lines, strict=True)
        ]
    if not found:
        raise UsageError("standard input names nothing", "one REF a line")
    return found


def agreeing(*, yes: bool) -> Agree:
    """Asks on a terminal whether words are rightly taken for something; without one they are not, but for `yes`."""
    from commands import progress
    from kb.text.strings import clip

    def agree(text: str, one: Named) -> bool:
        if yes:
            return True
        question = f"{text!r} names nothing. Is {one.kind} {one.id} meant: {clip(one.label, 70)}?"
        return progress.can_ask() and progress.yes_or_no(question, default=False)

    return agree
