"""Nouns that are spoken of as known, "the trial", and where they were brought in: "a trial of 400 patients"."""

from __future__ import annotations

import re

from kb.extract.context.antecedents import stem
from kb.extract.context.surroundings import WORD, Surroundings
from kb.extract.model import Block, Draft, Span

_FAR = 1_500  # characters back within which it is looked for
_DEFINITE = re.compile(
    r"\bthe (?P<noun>[a-z][a-z-]{2,})\b(?! (?:of|that|which|who|whom|whose|in|for|to|with|between|behind|from|where|when|how|why|on|at|as|i|we|you|they|he|she|it)\b)(?=\W|\s+(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should|must|may|might|and|or|but|\w+s|\w+ed)\b)",
    re.I,
)
# Known without being introduced.
_UNIQUE = frozenset(
    "world future past present government public internet sun moon earth sky economy market law state rest same "
    "other whole first last second third next best worst most least former latter only main few way time end "
    "beginning middle case point fact truth poor rich young old dead elderly press media police environment "
    "climate universe universal mind brain body west east north south city country home kind sort more better "
    "less real one ones".split()
)


# How a thing is brought in, up to its noun: "a small ", "two ", "the Oslo ".
_INTRODUCES = re.compile(
    r"\b(?:(?:[Aa]n?|[Oo]ne|[Ss]ome|[Tt]wo|[Tt]hree|[Ss]everal|[Aa]nother|following|called)\s+(?:[\w’'-]+\s+){0,3}?"
    r"|(?:[Tt]he|\w+['’]s)\s+(?:[\w’'-]+\s+){0,2}?[A-Z][\w’'-]*\s+)\Z"
)
_PLURAL = re.compile(r"(?:s|es)?\b")


def _ends(text: str, at: int, noun: str) -> bool:
    """Whether the noun that begins there ends the word, but for its plural."""
    return _PLURAL.match(text, at + len(noun)) is not None


def spoken_of(words: str) -> list[str]:
    """The nouns that are spoken of as known ("the trial"), with nothing in the sentence that says which."""
    found = []
    for match in _DEFINITE.finditer(words):
        noun = match["noun"].lower()
        head = {stem(w) for w in WORD.findall(words[: match.start()])}
        if noun not in _UNIQUE and stem(noun) not in head:
            found.append(noun)
    return found[:3]


def introduced(places: Surroundings, draft: Draft, block: Block, words: str) -> Span | None:
    """The sentence, of the same section and not far, in which one of them was brought in."""
    nouns = spoken_of(words)
    if not nouns:
        return None
    under = places.headings.get(block.number)
    start = max(draft.start - _FAR, under.end if under is not None else 0)
    text = places.view.text
    for noun in nouns:
        at = draft.start
        while (at := text.rfind(stem(noun), start, at)) >= 0:
            if _INTRODUCES.search(text, max(start, at - 60), at) and _ends(text, at, stem(noun)):
                return places.sentence_at(at)
    return None
