"""Whose words each span of a text has: the author's, a named other's, somebody's whom nobody names.

A text is read once, before the rules look for statements. A block has the voice of its turn or of the text's author; a
block quote, or a paragraph that the next one answers, has that of whom the text names for it, or of nobody known.
Within a block a long quotation and a reported sentence have their own. What follows another's words answers them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.extract import attributions, byline, entries, restating, short_quotes, signed, speech, unmarked
from kb.extract.model import Block, Draft, Said, View, Voices
from kb.extract.quoting import locate
from kb.text import sentences

_EMPTY_LINE = re.compile(r"\n[ \t]*\n")  # within one quote every line has its mark


def read(view: View) -> View:
    """The same view with its voices."""
    view = view.with_voices(Voices(byline.author(view)))
    blocks = list(view.blocks.values())
    there = unmarked.others(view)
    quoted: dict[int, Said] = {}
    for at, block in enumerate(blocks):
        if block.kind == "quote" and block.label is None:
            quoted[block.number] = _of_quote(view, blocks, at, quoted)
        elif block.number in there:
            name = attributions.announces(view.quote(blocks[at - 1])) if at else None
            quoted[block.number] = Said("named", name) if name else speech.QUOTED
        elif at and (name := attributions.told(view, blocks[at - 1], block)):
            quoted[block.number] = Said("named", name)
    names = signed.blocks(view)
    if not quoted and not names and view.voices.author is None:
        return view
    quoted = {number: said for number, said in quoted.items() if said.voice != "author"}
    places = {number: source for number, source in there.items() if source is not None}
    return view.with_voices(Voices(view.voices.author, quoted, _answered(blocks, quoted), names, places))


def of_span(view: View, block: Block, start: int, end: int) -> Said:
    """Who says what stands in a span of a block: of several sentences the last decides."""
    quoted = speech.quotations(view.text, block.start, block.end)
    if quoted and (quotation := speech.within(quoted, start, end)):
        return Said("named", quotation.speaker) if quotation.speaker else speech.QUOTED
    spans = sentences.split(view.text, start, end)
    last = spans[-1] if spans else (start, end)
    within = view.sentences(block)
    before = bisect_left(within, (last[0],)) - 1
    if before >= 0 and last[0] < within[before][1]:  # a clause: whose it is, its sentence tells
        last = within[before]
    said = short_quotes.said(view.text, block, *last)
    if said == speech.QUOTED:  # unless the text tells whose it is: who is announced, or has the turn
        said = view.voices.quoted.get(block.number) or said
    said = said or entries.said(view, block, *last)
    said = said or speech.reported(view.text, view.text[slice(*last)])
    said = said or restating.said(view, block, *last) or view.voices.signed.get(block.number)
    if said is None and block.speaker and restating.UNKNOWN.fullmatch(block.speaker):
        said = speech.QUOTED
    return said or view.voices.quoted.get(block.number) or Said("author", view.speaker(block))


def settle(view: View, draft: Draft) -> Draft:
    """The same draft as said by whoever says it: a rule names the speaker of the block, unless it knows better.

    What a person marked in a note is said by whom they named.
    """
    block = view.blocks.get(draft.block)
    if draft.basis == "authored" or block is None:
        return draft
    said = of_span(view, block, draft.start, draft.end)
    if said.voice == "author" and draft.speaker not in (said.speaker, None):
        said = Said("named", draft.speaker)
    return replace(draft, voice=said.voice, speaker=said.speaker)


def _of_quote(view: View, blocks: Sequence[Block], at: int, quoted: Mapping[int, Said]) -> Said:
    """Who says a block of a quote: whom the text names for the whole of it, else who said the quote just before it."""
    first = at
    while first and blocks[first - 1].kind == "quote" and not _parted(view.text, blocks[first - 1], blocks[first]):
        first -= 1
    if first < at:
        return quoted.get(blocks[first].number, speech.QUOTED)
    end = at + 1
    while end < len(blocks) and blocks[end].kind == "quote" and not _parted(view.text, blocks[end - 1], blocks[end]):
        end += 1
    before = blocks[at - 1] if at else None
    after = blocks[end] if end < len(blocks) else None
    said = attributions.of_quote(view, blocks[at:end], before, after)
    if said == speech.QUOTED and before is not None and before.number in quoted:
        return quoted[before.number]
    if said == speech.QUOTED and blocks[at].turn is not None:
        return _said_before(view, blocks[:at], blocks[at]) or said
    return said


def _said_before(view: View, earlier: Sequence[Block], quote: Block) -> Said | None:
    """Who of those who speak said in an earlier turn what a quote repeats."""
    words = view.quote(quote)
    for block in reversed(earlier):
        other = block.turn is not None and block.turn != quote.turn and block.kind in {"paragraph", "item"}
        if other and block.speaker and locate(words, view.quote(block)):
            return Said("named", block.speaker)
    return None


def _parted(text: str, one: Block, other: Block) -> bool:
    return _EMPTY_LINE.search(text, one.end, other.start) is not None


def _answered(blocks: Sequence[Block], quoted: Mapping[int, Said]) -> dict[int, int]:
    """The block of another's words that each block answers: what stands after them, up to a heading or the next one."""
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
