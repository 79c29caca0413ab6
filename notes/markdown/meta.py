"""What a note says about itself: title, other names, tags, authors, date, from front matter and body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.model.document import Author
from kb.text.strings import unique
from notes.markdown import properties
from notes.markdown.front_matter import Metadata
from notes.markdown.structure import Parsed, parse

_WIKILINK = re.compile(r"!?\[\[([^\[\]|]*)(?:\\?\|{1,2}([^\[\]]*))?\]\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|`+|==|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_URL_KEYS = ("url", "source", "original_url", "lw-page-url", "href", "link")


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
        url=_url(metadata),
        problems=parsed.problems,
        metadata=metadata,
    )


def _title(text: str, parsed: Parsed) -> str:
    title = plain(properties.scalar(properties.field(parsed.metadata, "title")))
    if title or not parsed.blocks:
        return title
    first = parsed.blocks[0]
    if first.kind == "heading" and first.level == 1 and first.parent is None:
        return plain(text[first.start : first.end])
    return ""


def _url(metadata: Metadata) -> str | None:
    for key in _URL_KEYS:
        value = properties.scalar(properties.field(metadata, key))
        if value.startswith(("http://", "https://")):
            return value
    return None


def plain(words: str) -> str:
    """A line of Markdown as it reads: links by what they show, without emphasis."""
    words = _WIKILINK.sub(lambda link: (link.group(2) or link.group(1)).strip(), words)
    words = _LINK.sub(r"\1", words)
    words = _EMPHASIS.sub(r"\2", words)
    return " ".join(words.split())
