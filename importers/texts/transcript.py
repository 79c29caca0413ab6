"""A transcript: people's turns, section titles between them, an editor's words in brackets inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from importers.assemble import of_note
from importers.base import Importer, Input
from importers.texts.participants import authors, title_in
from importers.texts.transcript_text import clean, paragraphs
from importers.texts.turns import dialogue, opener, speakers
from importers.titles import name_title, own_title
from kb.model.document import Block, Document, Reference
from kb.text import dates
from kb.text.strings import squash
from notes.markdown import structure as markdown
from notes.markdown.meta import read_note

_EDITOR = r"(?:[Ee]ditor(?:['’]s)?|EDITOR(?:['’]S)?|[Ee]ditorial|[Tt]ranscriber(?:['’]s)?|[Ee]d\.)"
_REMARK = r"(?:comment|note|edit|addition|clarification|remark|correction|response)s?"
_LABEL = re.compile(
    rf"\[(?!\[)(?P<label>{_EDITOR}(?: {_REMARK})?"
    rf"|(?P<who>[^\W\d_a-z][\w.\-]*(?: [^\W\d_a-z][\w.\-]*){{0,3}})(?:['’]s)? {_REMARK}"
    r"|[Nn]ote|NOTE|[Ee]dit(?:ed)?|EDIT|ETA|[Uu]pdate|UPDATE|[Aa]dded|[Cc]larification)"
    r"(?: (?:to add|later|afterwards|by|from|on|in|\([^()\n]{0,40}\))[^:\[\]\n]{0,40})?:[ \t]*"
)
_AFTER = re.compile(r"[\s.,;:!?)\]…]*")  # the punctuation of the sentence that an insertion interrupts


def sniff(source: Input) -> float:
    """How sure it is that people take turns in the text."""
    if source.text.count("\n") < 3:
        return 0.0
    found = dialogue(paragraphs(source.text))
    return round(0.92 * found, 3)


def read(source: Input) -> list[Document]:
    """One document; its text has titles as headings, and neither the page's footer nor copying faults."""
    text, problems = clean(source.text)
    blocks, references = structure(text)
    preamble = _preamble(text, blocks)
    names = list(dict.fromkeys(block.speaker for block in blocks if block.speaker and block.turn is not None))
    note = read_note(text, "")
    title = note.title or title_in(preamble) or name_title(source)
    if not title:
        title = "Transcript: " + ", ".join(names) if names else own_title(source, text)
    found = of_note(source, IMPORTER.name, note, squash(title), text, (blocks, references), "transcript")
    published = note.date or dates.find(preamble)
    problems = source.problems + problems + note.problems
    return [replace(found, authors=authors(names, preamble), published=published, problems=problems)]


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of a transcript: who speaks in which turn, insertions apart from the speaker's words."""
    base, references = markdown.structure(text)
    names = speakers(text[b.start : b.end] for b in base if _may_open(b))
    blocks: list[Block] = []
    index: list[int | None] = []  # of a base block: the first block made of it
    speaker: str | None = None
    turn = -1
    for block in base:
        block = replace(block, parent=None if block.parent is None else index[block.parent])
        if _may_open(block) and (found := opener(text[block.start : block.end])) and found.name in names:
            speaker, turn = found.name, turn + 1
            block = replace(block, start=block.start + found.end, label=found.clock)
        if block.kind in ("heading", "footnote") or speaker is None:
            pieces = [block]
        else:
            pieces = [replace(block, speaker=speaker, turn=turn)]
        if block.kind in ("paragraph", "item"):
            pieces = list(_pieces(text, pieces[0], names, len(blocks)))
        index.append(len(blocks) if pieces else None)
        blocks += pieces
    return tuple(blocks), references


def _may_open(block: Block) -> bool:
    return block.kind == "paragraph" and block.parent is None


def _preamble(text: str, blocks: tuple[Block, ...]) -> str:
    start = blocks[0].start if blocks else 0
    first = next((block.start for block in blocks if block.turn is not None), None)
    return text[start : start + 1000] if first is None else text[start:first].rpartition("\n")[0]


def _pieces(text: str, block: Block, names: frozenset[str], at: int) -> Iterator[Block]:
    """The block without the insertions in it, and these."""
    start = block.start
    count = 0  # pieces given so far
    own: int | None = None  # index of the last piece of the block's own words
    for opening, content, end, label, who in _insertions(text, block.start, block.end):
        if piece := _trimmed(text, block, start, opening, start > block.start):
            yield piece
            own = at + count
            count += 1
        speaker = _speaker(who, names)
        if inserted := _trimmed(text, block, content, end - 1, False):
            yield replace(inserted, kind="insertion", speaker=speaker, turn=None, label=label, parent=own, level=0)
            count += 1
        start = end
    if piece := _trimmed(text, block, start, block.end, start > block.start):
        yield piece


def _trimmed(text: str, block: Block, start: int, end: int, after: bool) -> Block | None:
    if after and (found := _AFTER.match(text, start, end)):
        start = found.end()
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    whole = (start, end) == (block.start, block.end)
    if start >= end or not (whole or any(character.isalnum() for character in part)):
        return None
    return replace(block, start=start, end=end)


def _insertions(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, str, str | None]]:
    """Where insertions stand: opening bracket, first character inside, end, label, who."""
    position = start
    while found := _LABEL.search(text, position, end):
        position = found.end()
        close = _closing(text, found.start(), end)
        # "[note: see](url)" is a link, "[[Note: x]]" a wikilink.
        if close is None or text[close : close + 1] == "(" or text[start : found.start()].endswith("["):
            continue
        yield found.start(), found.end(), close, found["label"], found["who"]
        position = close


def _closing(text: str, start: int, end: int) -> int | None:
    """Behind the bracket that closes the one at `start`."""
    depth = 0
    for found in re.compile(r"[\[\]]").finditer(text, start, end):
        depth += 1 if found[0] == "[" else -1
        if depth == 0:
            return found.end()
    return None


def _speaker(who: str | None, names: frozenset[str]) -> str | None:
    if who is None:
        return None
    same = (name for name in sorted(names) if name.casefold() == who.casefold())
    first = (name for name in sorted(names) if who.casefold() in name.casefold().split())
    return next(same, None) or next(first, None) or who


IMPORTER = Importer(
    name="transcript",
    version="1",
    what="a debate or interview, one `Name: text` a turn",
    recognised_by="at least two names that open several turns each (`Name: …`) and alternate",
    gives="one",
    keeps="each turn under its speaker",
    loses="furniture of the page",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("debate.txt",),
    precedence=61,
    prose=True,
)
