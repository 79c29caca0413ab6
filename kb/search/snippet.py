"""The part of a text to show for a query: where its words stand, and which they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from kb.store import fulltext
from kb.store.fulltext import JOINERS, Span
from kb.text import sentences

LENGTH = 240
"""Characters of a snippet at most: three lines. A text only a little longer is shown whole."""
_WHOLE = 300
_BEFORE = 60  # characters shown before the first mark in a sentence that is too long

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5  # letters two words must share to be akin, where the stemmer finds nothing


@dataclass(frozen=True, slots=True)
class Snippet:
    """`text[start:end]` is shown; `marks` are half-open spans of the query's words, all in offsets of the text."""

    start: int
    end: int
    marks: tuple[Span, ...] = ()


def snippets(texts: Mapping[int, str], match: str, asked: str) -> dict[int, Snippet]:
    """A snippet of each text.

    Args:
        match: MATCH expression of the words to mark. asked: the query's text; a text that has none of its words
            shows the sentence with the most words akin to them, else its beginning.
    """
    marked = fulltext.found(texts, match)
    roots = {word[:_STEM] for word in _WORD.findall(asked.casefold()) if len(word) >= _STEM}
    return {key: _snippet(text, marked.get(key, []), roots) for key, text in texts.items()}


def _snippet(text: str, marks: list[Span], roots: set[str]) -> Snippet:
    if len(text) <= _WHOLE:
        return Snippet(0, len(text), tuple(marks))
    telling = marks or [m.span() for m in _WORD.finditer(text) if m[0].casefold()[:_STEM] in roots]
    start, end = _window(text, telling)
    return Snippet(start, end, tuple((max(a, start), min(b, end)) for a, b in marks if a < end and b > start))


def _window(text: str, telling: list[Span]) -> Span:
    """The run of sentences with most different words of the query, the first such; at most LENGTH characters."""
    told = [(a, b, text[a:b].casefold()[:_STEM]) for a, b in telling]
    spans = sentences.split(text) or [(0, len(text))]
    best, most = spans[0], -1
    for first, (start, end) in enumerate(spans):
        for _, further in spans[first + 1 :]:
            if further - start > LENGTH:
                break
            end = further
        part = _narrowed(text, start, end, telling)
        different = len({stem for a, b, stem in told if part[0] <= a and b <= part[1]})
        if different > most:
            best, most = part, different
    return best


def _narrowed(text: str, start: int, end: int, telling: list[Span]) -> Span:
    """At most LENGTH characters of a long sentence, from a little before its first telling word."""
    if end - start <= LENGTH:
        return start, end
    first = next((a for a, _ in telling if start <= a < end), start)
    begin = max(start, min(first - _BEFORE, end - LENGTH))
    if begin > start:
        begin = _boundary(text, begin, first)
    stop = min(end, begin + LENGTH)
    while stop < end and stop > begin + LENGTH - _BEFORE and not text[stop].isspace():
        stop -= 1
    return begin, _whole_letter(text, stop, end)


def _boundary(text: str, at: int, limit: int) -> int:
    """The beginning of a word from `at` on, at `limit` at the latest."""
    for place in range(at, limit):
        if text[place - 1].isspace():
            return place
    return _whole_letter(text, at, limit)


def _whole_letter(text: str, at: int, limit: int) -> int:
    """The place moved on so that it parts no letter from its combining marks."""
    while at < limit and (unicodedata.category(text[at])[0] == "M" or text[at] in JOINERS or text[at - 1] == "\u200d"):
        at += 1
    return at
