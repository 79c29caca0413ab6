"""Where a quote stands in the text it was taken from, though copying changed its marks, case or a word or two."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kb.extract.model import Span
from kb.text.strings import fold

LEAST_EXACT = 3  # words: fewer stand everywhere
LEAST_NEAR = 8
NEAR = 0.9  # share of a quote's words that must stand there, in order
_LONGEST = 400  # words of a quote that are compared one by one

_LINK = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|\[\^[^\]\s]+\]|<?https?://[^\s<>]+>?")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_GAP = re.compile(r"\[?(?:\.\.\.|…)\]?")


@dataclass(frozen=True)
class _Words:
    """A text as words without marks, each with its place."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    line: str  # all words, a blank around each
    starts: tuple[int, ...]  # where each begins in `line`
    runs: dict[tuple[str, ...], list[int]]  # three words in a row → where


def locate(quote: str, text: str) -> Span | None:
    """The span of `text` that `quote` repeats, or None.

    Word for word, whatever marks, blanks and case; or, from eight words up, nine of ten of them in order. A quote with
    something left out ("…") counts where its first part that is long enough stands.
    """
    if not quote.strip() or not text:
        return None
    there = _read(text)
    for part in [quote, *(_GAP.split(quote) if _GAP.search(quote) else ())]:
        words = [word for word, _ in _tokens(part)]
        if len(words) >= LEAST_EXACT and (found := _exact(words, there) or _near(words, there)):
            first, last = found
            return there.spans[first][0], there.spans[last][1]
    return None


def _tokens(text: str) -> list[tuple[str, Span]]:
    # Addresses of links are no words; blanked, so that places stay.
    bare = _LINK.sub(lambda match: " " * len(match[0]), text)
    return [(fold(m[0]), m.span()) for m in _WORD.finditer(bare.replace("*", " ").replace("_", " "))]


@lru_cache(maxsize=16)  # a post is quoted by many of its comments
def _read(text: str) -> _Words:
    tokens = _tokens(text)
    words = tuple(word for word, _ in tokens)
    starts, at = [], 1
    runs: dict[tuple[str, ...], list[int]] = {}
    for number, word in enumerate(words):
        starts.append(at)
        at += len(word) + 1
        if number >= 2:
            runs.setdefault(words[number - 2 : number + 1], []).append(number - 2)
    return _Words(words, tuple(span for _, span in tokens), f" {' '.join(words)} ", tuple(starts), runs)


def _exact(words: list[str], there: _Words) -> tuple[int, int] | None:
    at = there.line.find(f" {' '.join(words)} ")
    if at < 0:
        return None
    first = bisect_right(there.starts, at + 1) - 1
    return first, first + len(words) - 1


def _near(words: list[str], there: _Words) -> tuple[int, int] | None:
    if not LEAST_NEAR <= len(words) <= _LONGEST:
        return None
    # Where would the quote have to begin for three of its words to stand where they do? Most say the same.
    votes: Counter[int] = Counter()
    for at in range(len(words) - 2):
        for place in there.runs.get(tuple(words[at : at + 3]), ())[:50]:
            votes[(place - at) // 8] += 1
    if not votes:
        return None
    slack = 8 + len(words) // 8
    begin = max(0, votes.most_common(1)[0][0] * 8 - slack)
    window = there.words[begin : begin + len(words) + 2 * slack + 8]
    matches = SequenceMatcher(None, words, window, autojunk=False).get_matching_blocks()
    kept = [match for match in matches if match.size]
    if not kept or sum(match.size for match in kept) < NEAR * len(words):
        return None
    return begin + kept[0].b, begin + kept[-1].b + kept[-1].size - 1
