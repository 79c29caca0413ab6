"""What a language model is fed: texts with their turns and sections, and the statements where they stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.model.passages import Passage
from kb.model.source import Source
from kb.model.statement import Statement
from kb.store import passages, sources, statements
from kb.store.open import Store
from kb.suggest.judges import Side

_HEADING = "heading"
_ENOUGH = 20  # characters: a name before a turn, or a mark, says nothing
WHOLE = "whole"
"""Kind of a side that is a turn or a text, not a statement."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement at its first place in a text, with the passage that it stands in."""

    statement: Statement
    side: Side
    end: int
    passage: Passage | None


@dataclass(frozen=True)
class Text:
    """A source with its passages and the statements that are listed, in the order of the text.

    `parent` is the text that it answers, where that is here; `ids` are those of the passages, by their ordinals.
    """

    source: Source
    text: str
    passages: Sequence[Passage]
    said: Sequence[Placed]
    ids: Mapping[int, str]
    parent: Text | None = None

    @cached_property
    def turns(self) -> bool:
        """Whether several people talk in it, turn by turn."""
        return len({one.speaker for one in self.passages if one.turn is not None}) > 1

    def whole(self, placed: Placed, longest: int) -> str:
        """The passage that a statement stands in, or as much of it as there is room for."""
        here = placed.passage
        if here is None:
            return placed.side.quote[:longest]
        start = max(here.start, min(placed.side.start - longest // 2, here.end - longest))
        return self.text[start : min(here.end, start + longest)]

    def turn(self, number: int, longest: int) -> Side:
        """A turn as a whole, which a link may end at: by the passage that it begins with."""
        own = [one for one in self.passages if one.turn == number]
        words = self.text[own[0].start : min(own[-1].end, own[0].start + longest)]
        speaker = next((one.speaker for one in own if one.speaker), None)
        return self._whole(self.ids[own[0].ordinal], words, own[0].start, speaker)

    def itself(self, longest: int) -> Side:
        """The text as a whole."""
        return self._whole(self.source.id, f"{self.source.title}\n{self.text[:longest]}", 0, None)

    def _whole(self, name: str, words: str, start: int, speaker: str | None) -> Side:
        source = self.source
        said = speaker or ", ".join(source.authors)
        return Side(name, WHOLE, words, words, source.id, start, source.title, said, source.published or "")

    def heading(self, placed: Placed) -> str | None:
        """The heading that a statement is; None where it is none."""
        here = placed.passage
        return self.text[here.start : here.end] if here is not None and here.kind == _HEADING else None

    def before(self, placed: Placed, longest: int) -> str:
        """What stands before a statement, from the beginning of a word; of its section, where that has said enough."""
        start = placed.side.start
        heads = [one.end for one in self.passages if one.kind == _HEADING and one.end <= start]
        words = self.text[heads[-1] if heads else 0 : start].strip()
        if len(words) < _ENOUGH:
            words = self.text[:start].strip()
        return words if len(words) <= longest else words[-longest:].partition(" ")[2]


def texts(store: Store, about: str | None, least: float) -> Iterator[Text]:
    """The texts that say something: one source, those that make a statement, or all; who answers somebody first.

    Args:
        about: id of a source or statement; None for all.
        least: only statements that are accepted, or of this confidence.
    """
    if about is None:
        named = [source.id for source in sources.listed(store) if source.statements]
    else:
        named = statements.sources_of(store, about) or [about]
    found = [source for source in sources.read(store, named).values() if source.state == "here"]
    for source in sorted(found, key=lambda one: one.parent is None):
        if (text := _text(store, source, least, with_parent=True)) is not None:
            yield text


def _text(store: Store, source: Source, least: float, *, with_parent: bool) -> Text | None:
    stored = sources.stored(store, source.id)
    if stored is None or not stored.text:
        return None
    cut = passages.as_known(store, passages.of_source(store, stored.rowid))
    said = [
        placed
        for one in statements.of_source(store, source.id)
        if one.status == "accepted" or (one.status == "suggested" and _sure(one) >= least)
        if (placed := _placed(one, source, cut)) is not None
    ]
    said.sort(key=lambda placed: placed.side.start)
    parent = None
    if with_parent and source.parent and (above := sources.read(store, [source.parent]).get(source.parent)):
        parent = _text(store, above, least, with_parent=False) if above.state == "here" else None
    return Text(source, stored.text, cut, said, passages.ids_of(store, stored.rowid), parent)


def _sure(statement: Statement) -> float:
    return 1.0 if statement.confidence is None else statement.confidence


def _placed(statement: Statement, source: Source, cut: Sequence[Passage]) -> Placed | None:
    mention = next((one for one in statement.mentions if one.source == source.id), None)
    if mention is None:
        return None
    here = next((one for one in cut if one.start <= mention.start < one.end), None)
    authors = "" if mention.voice == "quoted" else ", ".join(source.authors)
    side = Side(
        statement.id, statement.kind, statement.text, mention.quote, source.id, mention.start,
        source.title, mention.speaker or authors, source.published or "",
    )  # fmt: skip
    return Placed(statement, side, mention.end, here)
