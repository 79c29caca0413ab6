"""Whose words each span of a text has: the author's, a named other's, somebody's whom nobody names.

A text is read once, before the rules look for statements. A block has the voice of its turn or of the text's author; a
block quote, or a paragraph that the next one answers, has that of whom the text names for it, or of nobody known. Within
a block a long quotation and a reported sentence have their own. What follows another's words answers them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kb.extract import attributions, byline, speech, unmarked
from kb.extract.model import Block, Draft, View
from kb.extract.speech import Said
from kb.text import sentences


_EMPTY_LINE = re.compile(r"\n[ \t]*\n")  # within one quote every line has its mark


@dataclass(frozen=True)
class Voices:
    """The voices of one text.

    `author` is whom its first lines name as its author, if they do; `quoted` who speaks in the blocks that are
    another's, by their numbers; `answered` the block of another's words that a block answers; `places` the source
    answered in which a block's words stand, by the block's number, where a copy has them without a mark.
    """

    view: View
    author: str | None
    quoted: Mapping[int, Said]
    answered: Mapping[int, int]
    places: Mapping[int, str]

    def of_block(self, block: Block) -> Said:
        """Who speaks in a block as a whole."""
        return self.quoted.get(block.number) or Said("author", self.speaker(block))

    def speaker(self, block: Block) -> str | None:
        """Who speaks in a block that is nobody else's: the speaker it names, else the text's author."""
        authors = self.view.authors
        return block.speaker or self.author or (authors[0] if authors else None)

    def of_span(self, block: Block, start: int, end: int) -> Said:
        """Who says what stands in a span of a block: of several sentences the last decides."""
        text = self.view.text
        quoted = _quotations(text, block.start, block.end)
        if quoted and (quotation := speech.within(list(quoted), start, end)):
            return Said("named", quotation.speaker) if quotation.speaker else speech.QUOTED
        spans = sentences.split(text, start, end)
        last = text[slice(*spans[-1])] if spans else text[start:end]
        return speech.reported(text, last) or self.of_block(block)

    def settle(self, draft: Draft) -> Draft:
        """The same draft as said by whoever says it: a rule names the speaker of the block, unless it knows better."""
        block = self.view.blocks.get(draft.block)
        if draft.basis == "authored" or block is None:
            return draft
        said = self.of_span(block, draft.start, draft.end)
        if said.voice == "author":
            if draft.speaker in (said.speaker, None):
                return replace(draft, speaker=said.speaker)
            said = Said("named", draft.speaker)
        return replace(draft, voice=said.voice, speaker=said.speaker)

    def own(self, block: Block) -> bool:
        """Whether a block's words are its speaker's own."""
        return block.number not in self.quoted

    def named(self, block: Block) -> bool:
        """Whether a block has the words of somebody else whom the text names."""
        said = self.quoted.get(block.number)
        return said is not None and said.voice == "named"

    def answers(self, block: Block, other: Block) -> bool:
        """Whether a block is the answer to another, which somebody else says."""
        return self.answered.get(block.number) == other.number


@lru_cache(maxsize=4)
def _quotations(text: str, start: int, end: int) -> tuple[speech.Quotation, ...]:
    return tuple(speech.quotations(text, start, end))


def read(view: View) -> Voices:
    """The voices of a text."""
    blocks = list(view.blocks.values())
    author = byline.author(view)
    there = unmarked.others(view)
    alone = Voices(view, author, {}, {}, {})
    quoted: dict[int, Said] = {}
    for at, block in enumerate(blocks):
        if block.kind == "quote" and block.label is None:
            quoted[block.number] = _of_quote(alone, blocks, at, quoted)
        elif block.number in there:
            name = attributions.announces(view.quote(blocks[at - 1])) if at else None
            quoted[block.number] = Said("named", name) if name else speech.QUOTED
    quoted = {number: said for number, said in quoted.items() if said.voice != "author"}
    places = {number: source for number, source in there.items() if source is not None}
    return Voices(view, author, quoted, _answered(blocks, quoted), places)


def _of_quote(alone: Voices, blocks: Sequence[Block], at: int, quoted: Mapping[int, Said]) -> Said:
    """Who says a block of a quote: whom the text names for the whole of it, else who said the quote just before it."""
    text = alone.view.text
    first = at
    while first and blocks[first - 1].kind == "quote" and not _parted(text, blocks[first - 1], blocks[first]):
        first -= 1
    if first < at:
        return quoted.get(blocks[first].number, speech.QUOTED)
    end = at + 1
    while end < len(blocks) and blocks[end].kind == "quote" and not _parted(text, blocks[end - 1], blocks[end]):
        end += 1
    before = blocks[at - 1] if at else None
    after = blocks[end] if end < len(blocks) else None
    said = attributions.of_quote(alone.view, blocks[at:end], before, after, alone.speaker)
    if said == speech.QUOTED and before is not None and before.number in quoted:
        return quoted[before.number]
    return said


def _parted(text: str, one: Block, other: Block) -> bool:
    return _EMPTY_LINE.search(text, one.end, other.start) is not None


def _answered(blocks: Sequence[Block], quoted: Mapping[int, Said]) -> dict[int, int]:
    """The block of another's words that each block answers: what is said after them, up to the next heading or quote."""
    answered: dict[int, int] = {}
    last: Block | None = None
    for block in blocks:
        if block.number in quoted:
            last = block
        elif block.kind == "heading" or (last is not None and block.speaker != last.speaker):
            last = None
        elif last is not None and block.kind in {"paragraph", "item", "insertion"}:
            answered[block.number] = last.number
    return answered
