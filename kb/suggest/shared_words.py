"""The telling words that statements share: what tells two of one point from two that only speak alike.

"I think this is promising" is near to whatever else somebody thinks promising. That both speak of reverse engineering,
and few others do, is what makes them meet. The cosine of the sets of words, rare words counting more, is added to
nearness in meaning; read by hand on 85 pairs, it tells more of the right ones from the wrong ones than either alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

from kb.text.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDING = re.compile(r"(?:ations?|ings?|ities|ity|ness|ments?|ives?|ables?|ible|als?|ed|ly|ies|es|s|e|y)$")
_STEM = 4  # letters that are left at least


class SharedWords:
    """How much of what is rare in all these texts two of them, by their places, have in common."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._stems = [stems(text) for text in texts]
        counts = Counter(stem for some in self._stems for stem in some)
        self._worth = {stem: log(1 + len(texts) / count) ** 2 for stem, count in counts.items()}
        self._length = [sum(self._worth[stem] for stem in some) for some in self._stems]

    def count(self, one: int, other: int) -> int:
        """How many they are, rare or not."""
        return len(self._stems[one] & self._stems[other])

    def cosine(self, one: int, other: int) -> float:
        """0 for two that share nothing, 1 for the same words."""
        both = self._stems[one] & self._stems[other]
        if not both:
            return 0.0
        return sum(self._worth[stem] for stem in both) / sqrt(self._length[one] * self._length[other])


def stems(text: str) -> frozenset[str]:
    """The words of a text but for stop words, without what English puts at their ends."""
    return frozenset(_stem(word) for word in _WORD.findall(text.casefold()) if word not in STOP_WORDS)


def _stem(word: str) -> str:
    bare = _ENDING.sub("", word)
    return bare if len(bare) >= _STEM else word
