"""Reading notes: dated headings, entries that are links to sources, and commentary on each entry below it."""

from __future__ import annotations

import re
from dataclasses import replace

from importers.assemble import of_note
from importers.base import Importer, Input
from importers.titles import name_title
from kb.model.document import Block, Document, Reference
from kb.text.dates import MONTH_WORD
from kb.text.strings import clip, squash
from notes.markdown import structure as markdown
from notes.markdown.meta import read_note

_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<!\d){_YEAR}(?:[-/._]?(?:0[1-9]|1[0-2])(?:[-/._]?(?:0[1-9]|[12]\d|3[01]))?)?(?!\d)"
    rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH_WORD}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{_YEAR}\b"
    rf"|\b\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR}\b|\b{_YEAR}-?W\d\d\b",
    re.I,
)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<title>.+?)[ \t#]*$")
_LINK = r"(?:\[\[[^\[\]\n]+\]\]|\[[^\n]*?\]\(<?https?://[^\s]*\)|<https?://[^\s>]+>|https?://\S+)"
_ENTRY_LINE = re.compile(
    rf"^(?P<mark>[ \t]*[-*+][ \t]+)?(?:\*\*|__|\*)?(?P<link>{_LINK})(?:\*\*|__|\*)?(?P<rest>[^\n]*)$"
)
_BULLET = re.compile(r"^(?P<indent>[ \t]*)[-*+][ \t]+\S")
_REST_WORDS, _REST_LENGTH = 3, 25  # what may stand beside the link of an entry: "(pdf)", "2023"
_CODE = re.compile(r"(?P<ticks>`+)(?P<inner>[^`].*?)(?P=ticks)", re.S)
_DATED_MAX = 60  # a longer heading that names a year is a title


def sniff(source: Input) -> float:
    """How sure it is: dated headings, and below them links with bullets of commentary."""
    text = source.text
    if "#" not in text or ("[[" not in text and "http" not in text):
        return 0.0
    dated = discussed = 0
    entries: list[str] = []
    lines = [line for line in text.split("\n") if line.strip()]
    under_date = False
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if heading := _HEADING.match(line):
            under_date = _is_dated(heading["title"])
            dated += under_date
        elif under_date and (found := _ENTRY_LINE.match(line)) and _is_slight(found["rest"]):
            entries.append(found["link"])
            discussed += bool((bullet := _BULLET.match(below)) and _is_under(found["mark"], bullet["indent"]))
    # In a log the same few links come again under each date.
    distinct = len(set(entries)) >= max(2, 0.6 * len(entries))
    return 0.85 if dated and distinct and discussed else 0.0


def read(source: Input) -> list[Document]:
    """The notes as one document."""
    text = _parted(source.text)
    note = read_note(text, "")
    blocks, references = structure(text)
    title = note.title or name_title(source) or _span_title(text, blocks)
    return [of_note(source, IMPORTER.name, note, title, text, (blocks, references))]


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of the notes; commentary says by `about` which reference it is on."""
    base, references = markdown.structure(text)
    first = _leading_references(base, references)
    blocks: list[Block] = []
    subject: list[int | None] = []  # what the blocks under this one are about
    above: int | None = None  # the entry that is a paragraph, while its bullets go on
    for number, block in enumerate(base):
        own = first[number] if block.kind in ("paragraph", "item") else None
        entry = own is not None and _is_entry(text, block, references[own])
        if block.kind == "heading" or (block.kind == "paragraph" and block.parent is None):
            above = own if entry else None
        inherited = above if block.parent is None else subject[block.parent]
        about = own if own is not None else inherited
        subject.append(about)
        is_top = block.kind == "heading" or (entry and inherited in (None, own))
        blocks.append(_quoted(text, replace(block, about=None if is_top else about)))
    return tuple(blocks), references


def _leading_references(blocks: tuple[Block, ...], references: tuple[Reference, ...]) -> list[int | None]:
    """For each block the reference with which it begins."""
    starts = {
        reference.start: number
        for number, reference in enumerate(references)
        if reference.kind != "embed" and reference.target and reference.sure
    }
    found: list[int | None] = []
    for block in blocks:
        near = (starts.get(at) for at in range(block.start, min(block.start + 4, block.end)))
        found.append(next((number for number in near if number is not None), None))
    return found


def _is_entry(text: str, block: Block, reference: Reference) -> bool:
    beside = text[block.start : reference.start] + text[reference.end : block.end]
    return _is_slight(beside)


def _is_slight(words: str) -> bool:
    return len(squash(words)) <= _REST_LENGTH and len(re.findall(r"\w+", words)) <= _REST_WORDS


def _quoted(text: str, block: Block) -> Block:
    """Inline code alone in an item is how these notes quote."""
    found = _CODE.fullmatch(text, block.start, block.end) if block.kind in ("paragraph", "item") else None
    if not found:
        return block
    inner = found["inner"]
    start = found.start("inner") + len(inner) - len(inner.lstrip())
    end = found.end("inner") - (len(inner) - len(inner.rstrip()))
    return replace(block, kind="quote", start=start, end=end) if start < end else block


def _parted(text: str) -> str:
    """A blank line between one entry and the next, which Markdown else takes for the end of the last bullet."""
    out: list[str] = []
    runs_on = False  # whether Markdown would add the next line to an entry or its bullets
    for line in text.split("\n"):
        found = None if line[:1].isspace() else _ENTRY_LINE.match(line)
        entry = found is not None and found["mark"] is None and _is_slight(found["rest"])
        if entry and runs_on:
            out.append("")
        blank = not line.strip() or _HEADING.match(line) is not None
        runs_on = not blank and (entry or runs_on or _BULLET.match(line) is not None)
        out.append(line)
    return "\n".join(out)


def _is_dated(title: str) -> bool:
    return len(title) <= _DATED_MAX and _DATE.search(title) is not None


def _is_under(mark: str | None, indent: str) -> bool:
    if mark is None:
        return True
    above = mark[: len(mark) - len(mark.lstrip())]
    return len(indent.expandtabs(4)) > len(above.expandtabs(4))


def _span_title(text: str, blocks: tuple[Block, ...]) -> str:
    headings = [text[block.start : block.end] for block in blocks if block.kind == "heading"]
    dated = list(dict.fromkeys(squash(title) for title in headings if _is_dated(title)))
    span = dated if len(dated) < 2 else [dated[0], dated[-1]]
    return clip(" … ".join([f"Reading notes {span[0]}", *span[1:]]), 100) if span else "Reading notes"


IMPORTER = Importer(
    name="readingnotes",
    version="2",
    what="reading notes: links to sources under dated headings, commentary below each link",
    recognised_by="headings with a date; below them links or wikilinks as entries, with bullets",
    gives="one note, a stub for each entry",
    keeps="entries under their day, your bullets on each, links",
    loses="nothing",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("reading-notes.md",),
    precedence=62,
    prose=True,
)
