"""What a statement leaves open: what its pronouns, demonstratives and ellipses mean, where it does not say so itself."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.extract import standing
from kb.extract.context import demonstratives, discourse, pronouns
from kb.extract.context.antecedents import Kind, Open


@lru_cache(maxsize=1024)  # of a sentence it is asked for the statement and for what stands behind it
def left_open(words: str) -> tuple[Open, ...]:
    """What the sentence leaves open, in order. `words` are without marks and leading connectives."""
    found: dict[int, Open] = {}
    words = _first(words)
    told = frozenset(_TOLD.findall(words.lower()))
    for one in (*discourse.find(words, told), *pronouns.find(words, told), *demonstratives.find(words, told)):
        if one.at not in found or (one.strong and not found[one.at].strong):
            found[one.at] = one
    if not any(one.strong for one in found.values()) and standing.leans(words):
        first = min((one for one in found.values() if one.kind is not Kind.OTHER), key=lambda one: one.at, default=None)
        if first is not None and not pronouns.forward(words, first.at):
            found[first.at] = Open(first.kind, first.at, True, first.noun)
    return tuple(sorted(found.values(), key=lambda one: one.at))


_TOLD = re.compile(r"[a-z]+")
_SENTENCE_END = re.compile(r"(?<=[\w)”\"][.!?])\s+(?=[A-Z“\"(])")


def _first(words: str) -> str:
    """The first sentence, and those after it while there are less than four words: the rest may lean on them."""
    for match in _SENTENCE_END.finditer(words):
        if len(words[: match.start()].split()) >= 4:
            return words[: match.start()]
    return words
