"""Who speaks to whom: the turns of a talk with their sentences, and the turn that each one answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.extract.model import Block, Span, View

_SAYS = 5  # words from which on a sentence says something
_BACK = 4  # turns back to the last one that asserts anything, past those that only ask


@dataclass(frozen=True)
class Turn:
    """What one person says in a row. `order` is its place among the turns; `sentences` are spans with their blocks."""

    order: int
    number: int
    speaker: str
    blocks: Sequence[Block]
    sentences: Sequence[tuple[Span, int]]
    text: str

    def words(self, span: Span) -> str:
        return self.text[slice(*span)]

    @cached_property
    def asserts(self) -> bool:
        """Whether it says anything, and does not only ask."""
        return any(self._says(span) for span, _ in self.sentences)

    @cached_property
    def asks(self) -> bool:
        """Whether it ends in a question, to which a yes or no is an answer."""
        return bool(self.sentences) and self.words(self.sentences[-1][0]).rstrip(" \"”»)'").endswith("?")

    def _says(self, span: Span) -> bool:
        words = self.words(span)
        return len(words.split()) >= _SAYS and not words.rstrip(" \"”»)'").endswith("?")


def turns(view: View) -> list[Turn]:
    """The turns of a talk in order; empty where the text is none, or only one person speaks."""
    blocks: dict[int, list[Block]] = {}
    for block in view.prose():
        if block.turn is not None and block.kind != "insertion" and block.speaker:
            blocks.setdefault(block.turn, []).append(block)
    if len({own[0].speaker for own in blocks.values()}) < 2:
        return []
    return [
        Turn(
            order,
            number,
            blocks[number][0].speaker or "",
            blocks[number],
            [(span, block.number) for block in blocks[number] for span in view.sentences(block)],
            view.text,
        )
        for order, number in enumerate(sorted(blocks))
    ]


def answered(said: Sequence[Turn], turn: Turn) -> Turn | None:
    """The turn that one answers: where the last speech of anybody else begins."""
    before = turn.order - 1
    while before >= 0 and said[before].speaker == turn.speaker:
        before -= 1
    if before < 0:
        return None
    while before > 0 and said[before - 1].speaker == said[before].speaker and not said[before].asserts:
        before -= 1
    return said[before]


def asserted(said: Sequence[Turn], turn: Turn, last: Turn) -> Turn:
    """The turn that one speaks of if its words do not tell: the last one, but for one that only asks the one before.

    Whoever leads the talk asks, and asserts nothing; then it is what a third one said before that.
    """
    while last.order and said[last.order - 1].speaker == last.speaker:
        last = said[last.order - 1]  # what was said in a row is one speech
    if last.asserts:
        return last
    others = [one for one in said[: last.order] if one.speaker != turn.speaker and one.asserts]
    return next(iter(reversed(others[-_BACK:])), last)


class Names:
    """Who of those who speak is named in a sentence: "as Ada said", "I disagree with Kofi"."""

    def __init__(self, said: Sequence[Turn]) -> None:
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        for speaker in dict.fromkeys(one.speaker for one in said):
            parts = [word for word in re.findall(r"[^\W\d_]+", speaker) if len(word) > 2]
            if parts:
                self._patterns.append((speaker, re.compile(rf"\b(?:{'|'.join(map(re.escape, parts))})\b")))

    def named(self, sentence: str, but: str) -> frozenset[str]:
        """The speakers who are named, `but` the one who speaks."""
        return frozenset(speaker for speaker, name in self._patterns if speaker != but and name.search(sentence))
