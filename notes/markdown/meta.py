"""What a note says about itself: title, other names, tags, authors, date, from front matter and body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.model.document import Author, Block
from kb.text.strings import unique
from notes.markdown import properties
from notes.markdown.front_matter import Metadata
from notes.markdown.structure import Parsed, parse

_WIKILINK = re.compile(r"!?\[\[([^\[\]|]*)(?:\\?\|{1,2}([^\[\]]*))?\]\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|`+|==|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)")


@dataclass(frozen=True, slots=True)
class NoteMeta:
    """The properties of a note. `url` is what it points at, never what it is."""

    title: str
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    date: str | None = None
    url: str | None = None
    problems: tuple[str, ...] = ()
    metadata: Metadata = field(default_factory=dict)


def read_note(text: str, name: str) -> NoteMeta:
    """Reads the properties of a note whose file is called `name` (without extension); never raises."""
    parsed = parse(text)
    metadata = parsed.metadata
    written = properties.tags(properties.field(metadata, "tags")) + properties.tags(properties.field(metadata, "tag"))
    return NoteMeta(
        title=_title(text, parsed) or name,
        aliases=unique([*properties.aliases(metadata), *properties.page_names(text, parsed.body_start)]),
        addresses=properties.addresses(metadata),
        tags=unique([*written, *(mark.name for mark in parsed.tags)]),
        authors=properties.authors(metadata),
        date=properties.published(metadata),
        url=properties.address(metadata),
        problems=parsed.problems,
        metadata=metadata,
    )


def _title(text: str, parsed: Parsed) -> str:
    """What the front matter says, else the one heading of the first level, where no other heading stands above it."""
    if title := plain(properties.scalar(properties.field(parsed.metadata, "title"))):
        return title
    headings = [block for block in parsed.blocks if block.kind == "heading" and _is_of_note(text, block)]
    if not headings or [block.level for block in headings].count(1) != 1 or headings[0].level != 1:
        return ""
    return plain(text[headings[0].start : headings[0].end])


def _is_of_note(text: str, heading: Block) -> bool:
    """Whether it divides the note, and not an item or a quotation in it."""
    line = text[text.rfind("\n", 0, heading.start) + 1 : heading.start].strip()
    return heading.parent is None and not line.strip("#")


def plain(words: str) -> str:
    """A line of Markdown as it reads: links by what they show, without emphasis."""
    words = _WIKILINK.sub(lambda link: (link.group(2) or link.group(1)).strip(), words)
    words = _LINK.sub(r"\1", words)
    words = _EMPHASIS.sub(r"\2", words)
    return " ".join(words.split())
