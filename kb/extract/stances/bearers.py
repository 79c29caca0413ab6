"""Which statement takes a stance: the one in which its words stand, or the one that they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.extract import wording
from kb.extract.model import Draft, Extraction, Span
from kb.extract.stances import markers
from kb.extract.stances.markers import Marker
from kb.model.rules import STANCE
from kb.model.words import StatementKind

_SHORT = 8  # words of a sentence that says little itself: "I don't agree."
AHEAD = 3  # sentences after it in which its point may come
_CONFIDENCE = 0.45


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with a stance: all sentences of its turn or text with their blocks, and its number among them."""

    text: str
    sentences: Sequence[tuple[Span, int]]
    number: int
    speaker: str | None

    @property
    def takes_up_before(self) -> bool:
        return markers.takes_up(self.words(self.number - 1))

    def words(self, number: int) -> str:
        return self.text[slice(*self.sentences[number][0])]


def bearer(found: Extraction, said: Said, marker: Marker) -> int | None:
    """The index of the statement that takes the stance, made where there is none; None where too little is said."""
    within = over(found, said, said.number)
    size = len(said.words(said.number).split())
    little, against = size <= _SHORT or marker.back, marker.relation == "attacks"
    announced = markers.announces(said.words(said.number))
    if within is not None and not announced and not (marker.back and size <= _SHORT):
        return within
    reach = AHEAD if little else 1
    for number in range(said.number + 1, min(said.number + 1 + reach, len(said.sentences)) if against else 0):
        if markers.find(said.words(number), before=said.words(number - 1)) is not None:
            break  # what takes a stance itself takes its own
        if (there := over(found, said, number)) is not None:
            return there
    if within is not None:
        return within
    (start, end), block = said.sentences[said.number]
    if little and said.number and said.sentences[said.number - 1][1] == block and said.takes_up_before:
        start = said.sentences[said.number - 1][0][0]  # "You say that …. I agree."
    elif size < wording.MIN_WORDS:
        return None
    kind: StatementKind = "critique" if against else "claim"
    return found.add(Draft(kind, start, end, STANCE, "cue", _CONFIDENCE, said.speaker, block))


def over(found: Extraction, said: Said, number: int) -> int | None:
    """The statement at a sentence, questions and what another says left out."""
    (start, end), block = said.sentences[number]
    for index in found.in_block(block):
        draft = found.statements[index]
        if draft.kind != "question" and draft.voice == "author" and draft.start < end and start < draft.end:
            return index
    return None
