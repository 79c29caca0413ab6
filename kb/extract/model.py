"""What the rules look at, and what they give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kb.extract.places import Places
from kb.model.passages import Passage
from kb.model.words import Basis, Relation, StatementKind, Voice
from kb.text import sentences

Span = tuple[int, int]


@dataclass(frozen=True)
class Block:
    """A block of the text again, whole, though passages may have cut it."""

    number: int
    kind: str
    start: int
    end: int
    heading: tuple[str, ...]
    level: int
    speaker: str | None
    parent: int | None
    about: int | None
    label: str | None
    turn: int | None


@dataclass(frozen=True, slots=True)
class Quotable:
    """A source that a reply may quote: its text, and its statements as (id, start, end).

    `reasons` gives, of a statement that is there to support another, the link by which it does.
    """

    source_id: str
    text: str
    statements: tuple[tuple[str, int, int], ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference as it stands in the text. `target` is the source it points to, if known, `title` that one's."""

    start: int
    end: int
    name: str  # as written: what is shown for it, else the name or address
    target: str | None = None
    title: str = ""
    fragment: str | None = None  # heading or ^block inside the target


_CHECKBOX = re.compile(r"(?:[-*+]|\d+[.)])[ \t]+\[[^\]\n]\][ \t]*$")
_TO_DO = re.compile(r"(?:TODO|DOING|DONE|NOW|LATER|WAIT(?:ING)?|IN-PROGRESS|CANCELL?ED)\s")  # as Logseq marks them


_PROSE = frozenset({"paragraph", "item", "footnote", "insertion"})
_OF_TEXT = ("blocks", "children", "introductions", "turns", "speakers", "_split")  # kept, whoever is found to speak


def _nowhere(*_: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Said:
    """Who says something; `speaker` is None where nobody is named."""

    voice: Voice
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose words the blocks of a text have, as `kb.extract.voice` reads them; all are the author's where it did not.

    `author` is whom its first lines name as its author, if they do; `quoted` who speaks in the blocks that are
    another's, by their numbers; `signed` who says those that begin with a name; `answered` the block of another's words
    that a block answers; `places` the source answered in which a block's words stand, where a copy has them without a
    mark.
    """

    author: str | None = None
    quoted: Mapping[int, Said] = field(default_factory=dict)
    answered: Mapping[int, int] = field(default_factory=dict)
    signed: Mapping[int, Said] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class View:
    """One source as the rules see it.

    `reference_ids` gives the source each reference points to, if known; `quotable` what it answers, nearest first.
    `worded` finds a statement of any source by its exact words, `placed` one by its source and a fragment of it (a
    heading, a ^block, or its words); both give its id, or None. `relations` are names of relations that a person
    added in the settings, and what they mean.
    """

    source_id: str
    kind: str
    title: str
    authors: tuple[str, ...]
    text: str
    passages: Sequence[Passage]
    reference_ids: Sequence[str | None] = ()
    parent_id: str | None = None
    quotable: tuple[Quotable, ...] = ()
    pointers: Sequence[Pointer] = ()
    worded: Callable[[str], str | None] = _nowhere
    placed: Callable[[str, str], str | None] = _nowhere
    relations: Mapping[str, str] = field(default_factory=dict)
    voices: Voices = field(default_factory=Voices)

    @cached_property
    def blocks(self) -> dict[int, Block]:
        """Blocks by number, in text order."""
        blocks: dict[int, Block] = {}
        for p in self.passages:
            there = blocks.get(p.block)
            start = min(p.start, there.start) if there else p.start
            end = max(p.end, there.end) if there else p.end
            blocks[p.block] = Block(
                p.block, p.kind, start, end, p.heading, p.level, p.speaker, p.parent, p.about, p.label, p.turn
            )
        return blocks

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Numbers of the blocks directly under a block."""
        found: dict[int, list[int]] = {}
        for block in self.blocks.values():
            if block.parent is not None:
                found.setdefault(block.parent, []).append(block.number)
        return found

    @cached_property
    def introductions(self) -> dict[int, Block | None]:
        """Of each block, by number, the paragraph before the list that it is in, if one stands there."""
        found: dict[int, Block | None] = {}
        before: Block | None = None
        for block in self.blocks.values():
            found[block.number] = before if before is not None and before.kind == "paragraph" else None
            if block.kind != "item" and block.parent is None:
                before = block
        return found

    def with_voices(self, voices: Voices) -> View:
        """The same view with its voices; its blocks and sentences, which are the same, are not read again."""
        view = replace(self, voices=voices)
        view.__dict__.update((name, self.__dict__[name]) for name in _OF_TEXT if name in self.__dict__)
        return view

    def quote(self, block: Block) -> str:
        return self.text[block.start : block.end]

    def in_task(self, block: Block) -> bool:
        """Whether a block is a task, or goes on with one: what is noted there is about doing something."""
        if block.kind == "item":
            line = self.text[self.text.rfind("\n", 0, block.start) + 1 : block.start]
            return bool(_CHECKBOX.search(line) or _TO_DO.match(self.text, block.start, block.end))
        above = self.blocks.get(block.parent) if block.parent is not None else None
        return above is not None and above.kind == "item" and self.in_task(above)

    def sentences(self, block: Block) -> list[Span]:
        if block.number not in self._split:  # many rules ask
            self._split[block.number] = sentences.split(self.text, block.start, block.end)
        return self._split[block.number]

    @cached_property
    def _split(self) -> dict[int, list[Span]]:
        return {}

    def prose(self) -> Iterator[Block]:
        """Blocks in which the text's own speakers speak in sentences."""
        return (b for b in self.blocks.values() if b.kind in _PROSE)

    def said(self) -> Iterator[Block]:
        """The same, and the block quotes of which the text tells whose words they are."""
        for block in self.blocks.values():
            said = self.voices.quoted.get(block.number) if block.kind == "quote" else None
            if block.kind in _PROSE or (said is not None and said.voice == "named"):
                yield block

    def speaker(self, block: Block) -> str | None:
        """Who speaks in a block that is nobody else's: the speaker it names, else whom the text names as its author,
        else its first author. What a statement reports or quotes is put right when it is added."""
        return block.speaker or self.voices.author or (self.authors[0] if self.authors else None)

    @cached_property
    def turns(self) -> dict[int, str]:
        """Who speaks in each turn of a talk."""
        return {block.turn: block.speaker for block in self.blocks.values() if block.turn is not None and block.speaker}

    @cached_property
    def speakers(self) -> frozenset[str]:
        return frozenset(self.turns.values())

    def own(self, block: Block) -> bool:
        """Whether a block's words are its speaker's own: no quote, nor a paragraph that the next one answers."""
        return block.number not in self.voices.quoted

    def answered(self, block: Block) -> Block | None:
        """The block of another's words that a block answers, where it stands after some."""
        number = self.voices.answered.get(block.number)
        return None if number is None else self.blocks[number]


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement found: a verbatim span with a kind. Further spans are mentions of the same statement."""

    kind: StatementKind
    start: int
    end: int
    rule: str
    basis: Basis
    confidence: float
    speaker: str | None
    block: int
    also: tuple[Span, ...] = ()
    words: str | None = None  # where the span holds marks that are no part of what is said
    voice: Voice = "author"
    context: Span | None = None  # what makes it readable alone


@dataclass(frozen=True, slots=True)
class Whole:
    """A turn as a whole, where it is not clear which of its statements is meant: its first block, by number."""

    block: int


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """A link found. Its ends are indexes of drafts, or ids of statements, sources and links already there.

    The target may be a turn as a whole, and that of one that undercuts another draft of a link.
    """

    source: int | str
    target: int | str | LinkDraft | Whole
    relation: Relation
    rule: str
    basis: Basis
    score: float
    evidence: Span | None = None


@dataclass
class Extraction:
    """Statements and links found so far. `settle` tells who says a statement that a rule has found.

    A statement may be replaced by one with other words, kind or voice; its span and block stay.
    """

    settle: Callable[[Draft], Draft] = lambda draft: draft
    statements: list[Draft] = field(default_factory=list)
    links: list[LinkDraft] = field(default_factory=list)
    _places: Places = field(default_factory=Places, repr=False, compare=False)

    def add(self, draft: Draft) -> int:
        """Add a statement, or find the one with the same span. Returns its index."""
        if (there := self._known().exact.get((draft.start, draft.end))) is not None:
            return there
        self.statements.append(self.settle(draft))
        return len(self.statements) - 1

    def mention(self, index: int, span: Span) -> None:
        """Add a span that says a statement once more."""
        there = self.statements[index]
        self._known().put(index, *span)
        self.statements[index] = replace(there, also=(*there.also, span))

    def overlapping(self, start: int, end: int) -> list[int]:
        """Indexes of statements with a span that overlaps this one, in order."""
        return self._known().overlapping(start, end)

    def in_block(self, number: int) -> list[int]:
        return list(self._known().of_block.get(number, ()))

    def _known(self) -> Places:
        for draft in self.statements[self._places.known :]:
            self._places.add(draft.block, (draft.start, draft.end), draft.also)
        return self._places
