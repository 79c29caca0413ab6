"""REFs as they are given to a verb: `-` stands for those on standard input, one a line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

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
