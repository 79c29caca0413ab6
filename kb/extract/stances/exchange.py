"""Who speaks to whom: the turns of a talk with their sentences, and the turn that each one answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.extract.model import Block, Span, View

_TO = re.compile(r"@[^\n]{2,60}")
_LONG = 3  # sentences of a turn that is more than a word or two
_SAYS = 5  # words from which on a sentence says something


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
        return any(self.says(span) for span, _ in self.sentences)

    @cached_property
    def asks(self) -> bool:
        """Whether it ends in a question, to which a yes or no is an answer."""
        return bool(self.sentences) and self.words(self.sentences[-1][0]).rstrip(" \"”»)'").endswith("?")

    def says(self, span: Span) -> bool:
        """Whether a sentence asserts anything."""
        words = self.words(span)
        return len(words.split()) >= _SAYS and not words.rstrip(" \"”»)'").endswith("?")


def turns(view: View) -> list[Turn]:
    """The turns of a talk in order; empty where the text is none, or only one person speaks."""
    blocks: dict[int, list[Block]] = {}
    for block in view.prose():
        if block.turn is not None and block.kind != "insertion" and block.speaker and view.own(block):
            blocks.setdefault(block.turn, []).append(block)
    if len({own[0].speaker for own in blocks.values()}) < 2:
        return []
    return [
        Turn(
            order,
            number,
            blocks[number][0].speaker or "",
            blocks[number],
            [(_spoken(view.text, span), block.number) for block in blocks[number] for span in view.sentences(block)],
            view.text,
        )
        for order, number in enumerate(sorted(blocks))
    ]


_TIME = re.compile(r"[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?[ \t]*(?=\S)")


def _spoken(text: str, span: Span) -> Span:
    """A sentence without the time at which it was said."""
    time = _TIME.match(text, *span) if text[span[0]] in "[(0123456789" else None
    return (time.end(), span[1]) if time is not None and time.end() < span[1] else span


def leaders(said: Sequence[Turn]) -> frozenset[str]:
    """Who leads the talk and takes no part in it: every turn of theirs ends in a question, and they ask more than they
    say."""
    found = set()
    for speaker in {one.speaker for one in said}:
        own = [one for one in said if one.speaker == speaker]
        asked = sum(one.words(span).rstrip().endswith("?") for one in own for span, _ in one.sentences)
        size = sum(len(one.sentences) for one in own)
        if len(own) > 1 and all(one.asks for one in own) and 2 * asked >= size:
            found.add(speaker)
    return frozenset(found)


def answered(said: Sequence[Turn], turn: Turn) -> Turn | None:
    """The turn that one answers: the one it hangs under, the last of whom "@Name" speaks to, else of anybody else."""
    above = turn.blocks[0].parent
    if above is not None:
        for one in said[: turn.order]:
            if one.speaker != turn.speaker and any(block.number == above for block in one.blocks):
                return one
    if found := _TO.match(turn.text, turn.blocks[0].start):
        for one in reversed(said[: turn.order]):
            if one.speaker != turn.speaker and found[0].startswith(f"@{one.speaker}"):
                return one
    before = turn.order - 1
    while before >= 0 and said[before].speaker == turn.speaker:
        before -= 1
    return said[before] if before >= 0 else None


def asserted(said: Sequence[Turn], turn: Turn, among: Sequence[Turn]) -> Turn | None:
    """The turn that one speaks of where its words do not tell: the last of these that asserts anything; of what its
    speaker says in a row the first that is more than a word or two."""
    last = next((one for one in reversed(among) if one.asserts and one.order < turn.order), None)
    before = last
    while before and before.order and said[before.order - 1].speaker == before.speaker:
        before = said[before.order - 1]
        if before.asserts and len(before.sentences) >= _LONG:
            last = before
    return last


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
