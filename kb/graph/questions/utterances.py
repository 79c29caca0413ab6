"""What is said, in its place: the turn of a talk, or the reply, that it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.graph.questions.items import Item
from kb.graph.questions.parties import Party
from kb.model.passages import Passage


@dataclass(slots=True)
class Utterance:
    """A statement of one party (0 or 1) in its place; a turn of theirs as a whole; or a question that is no statement.

    `around` is the block it stands in; `turn` counts the turns of a talk; `before` is the other's turn that this
    answers, -1 for a whole text of the other (`parent`), None where it answers somebody else. `overall`: it
    speaks of the whole talk. `order` puts all in the order of the texts.
    """

    party: int
    item: Item
    heading: tuple[str, ...] = ()
    block: int = -1
    turn: int | None = None
    before: int | None = None
    parent: str | None = None
    order: tuple[str, str, int] = ("", "", 0)
    weight: float = 0.5
    sure: bool = True
    around: str = ""
    overall: bool = False

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def answers(self) -> bool:
        """Whether it answers the other party."""
        return self.before is not None


@dataclass(slots=True)
class Place:
    """A source that both speak in, or in which one replies to the other: its text, cut as it was imported."""

    text: str
    passages: list[Passage]
    published: str
    ids: dict[int, str]
    authors: list[str]
    parent: str | None

    def at(self, start: int) -> Passage | None:
        index = bisect_right([p.start for p in self.passages], start) - 1
        return self.passages[index] if index >= 0 else None

    def before(self, passage: Passage, party: int, parties: Sequence[Party], source_id: str) -> int | None:
        """The turn of the other party that a passage of this party answers: the last one of anybody else.

        In a reply to what the other wrote, -1; None where it answers nobody, or somebody else.
        """
        other = parties[1 - party]
        if passage.turn is None:
            return -1 if self.parent and self.parent in other.sources else None
        last = None
        for p in self.passages:
            if p.turn is not None and p.turn < passage.turn and p.speaker:
                last = last if parties[party].is_meant(p.speaker, source_id) else p
        return last.turn if last is not None and other.is_meant(last.speaker, source_id) else None

    def party(self, passage: Passage, parties: Sequence[Party], source_id: str) -> int | None:
        """Whose the passage is: 0, 1, or None for somebody else's, as what is quoted is."""
        if passage.kind == "quote":
            return None
        speaker = passage.speaker or (self.authors[0] if self.authors else None)
        return next((n for n, party in enumerate(parties) if party.is_meant(speaker, source_id)), None)

    def blocks(self) -> list[Passage]:
        """Passages of one block joined again: a sentence never runs over the cut, but its neighbour may."""
        whole: dict[int, Passage] = {}
        for passage in self.passages:
            if passage.kind == "heading":
                continue
            there = whole.get(passage.block)
            whole[passage.block] = replace(there, end=max(there.end, passage.end)) if there else passage
        return list(whole.values())
