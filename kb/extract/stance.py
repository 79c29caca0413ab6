"""Where a speaker stands towards what is answered, in the sentences that open the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.extract import cues

_BUT = re.compile(r"\W*(?:but|however|though|still|yet|that said)\b", re.I)
_BUT_WITHIN = re.compile(r"[,;] (?:but|though|yet) ", re.I)


def of(sentences: Sequence[str]) -> tuple[str, int] | None:
    """("supports" or "attacks", number of the sentence that marks it), or None.

    The first marker decides. Agreement that is only granted before a "but" is none, and questions mark nothing.
    """
    for number, sentence in enumerate(sentences):
        if sentence.rstrip().endswith("?"):
            continue
        if cues.DISAGREES.search(sentence):
            return "attacks", number
        if cues.AGREES.search(sentence):
            granted = _BUT_WITHIN.search(sentence) or any(_BUT.match(s) for s in sentences[number + 1 : number + 2])
            return None if granted else ("supports", number)
    return None
