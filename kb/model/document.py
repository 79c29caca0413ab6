"""The one door between importers and the core: a `Document` of blocks with exact offsets.

Offsets are Unicode code points of `Document.text`, half open. `Document.text` is Markdown, already repaired
(`kb.text.repair.repair`), and never changes afterwards: every offset in the store points into it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kb.model.bibliography import Bibliography
from kb.model.facts import Fact
from kb.model.reading import ReadingMark
from kb.model.words import Basis, Relation, SourceKind, Voice

PIPE = "-"
"""The target of what came through a pipe: no place, where the same thing would be again."""

BlockKind = Literal[
    "heading",  # a section title; span without the leading #s
    "paragraph",
    "item",  # a list item's own text, without its marker and without its children
    "quote",  # somebody else's words, set off (a block quote)
    "insertion",  # an editor's words inside somebody else's text
    "footnote",
    "code",
    "table",
    "math",
    "html",
]

ReferenceKind = Literal["wikilink", "embed", "url", "citation"]


@dataclass(frozen=True, slots=True)
class Block:
    """A contiguous span with one role. Blocks are in text order and never overlap."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # heading: 1..6; item: depth of nesting, 0 = outermost
    heading: tuple[str, ...] = ()  # titles of the enclosing sections, outermost first
    speaker: str | None = None  # who says it, where the text itself names a speaker
    parent: int | None = None  # index of the block this one hangs under (item under item, answer under item)
    about: int | None = None  # index into Document.references: the source this block is commentary on
    label: str | None = None  # the number or name it carries: "10", "^3", a callout type
    turn: int | None = None  # ordinal of the speaker's turn, from 0


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer from the text to another source. `text[start:end] == raw`."""

    kind: ReferenceKind
    raw: str
    start: int
    end: int
    target: str  # wikilink: the name without alias and #fragment; url: the URL; citation: the key or id
    alias: str | None = None  # the text shown for it
    fragment: str | None = None  # heading or ^block inside the target
    source: str | None = None  # id of the source it points to, where an exported vault says so
    sure: bool = True  # False: it is a reference only where there is what it names (`@name` in running text)


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    slug: str | None = None  # the account name on the site the text comes from


@dataclass(frozen=True, slots=True)
class Pointer:
    """A source known only by name so far: the post a comment answers."""

    title: str
    namespace: str = "lw"  # titles are unique only within a site or vault
    url: str | None = None
    id: str | None = None  # its id, where an exported vault says so


@dataclass(frozen=True, slots=True)
class SpanRecord:
    """A quote with its place in a source, as an exported vault has it."""

    source: str
    quote: str
    start: int
    end: int
    speaker: str | None = None
    voice: Voice = "author"


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """An accepted link from what the record is about to `to`: a statement, a source or a link."""

    relation: Relation
    to: str
    basis: Basis
    rule: str = ""
    score: float | None = None
    evidence: SpanRecord | None = None


@dataclass(frozen=True, slots=True)
class CredenceRecord:
    """How likely `who` held a statement to be, from `low` to `high`; `at` is None where a person wrote none."""

    who: str
    low: float
    high: float
    at: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A statement as an exported vault has it."""

    id: str
    kind: str
    text: str
    status: str
    basis: str
    rule: str = ""
    confidence: float | None = None
    mentions: tuple[SpanRecord, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    credences: tuple[CredenceRecord, ...] = ()
    edited: tuple[str, ...] = ()  # of text, kind and speaker those that a person put right
    context: SpanRecord | None = None  # what makes it readable alone


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What a person said about a source and what is in it, as an exported vault has it."""

    id: str
    links: tuple[LinkRecord, ...] = ()
    rejected: tuple[str, ...] = ()  # ids of rejected statements and links: they are not to be proposed again


Records = tuple[StatementRecord | SourceRecord, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One source as an importer found it."""

    kind: SourceKind
    title: str
    text: str
    blocks: tuple[Block, ...] = ()
    references: tuple[Reference, ...] = ()
    authors: tuple[Author, ...] = ()
    url: str | None = None
    url_is_own: bool = True  # False: a note says so; what is found at that address is another source
    published: str | None = None  # ISO 8601 date or time
    external_ids: Mapping[str, str] = field(default_factory=dict)  # lesswrong, arxiv, doi, ...
    bibliography: Bibliography = field(default_factory=Bibliography)  # what else a citation needs
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # other names a wikilink may use for it
    addresses: tuple[str, ...] = ()  # where a site made of the vault has it: permalink, slug
    parent: Pointer | None = None
    namespace: str | None = None  # set where the title itself identifies it within a site ("lw")
    original: bytes = b""  # what was read, before any repair
    importer: str = ""  # name of the importer, so that the same text can be cut the same way again
    target: str = ""  # where it was read from
    path: str | None = None  # path inside a vault, with "/" and without the extension
    problems: tuple[str, ...] = ()  # what was odd about the input, one line each
    id: str | None = None  # an id it had in an exported vault
    citekey: str | None = None
    added: str | None = None  # when it was first added, where an exported vault says so
    records: Records = ()  # what goes in once all sources are there
    attached: bool = False  # what a reader says on the document before it, out of the same file
    summary: bool = False  # the text only tells what is in the work: it takes the place of no other text
    title_given: bool = False  # a person said so: no title that an importer finds replaces it
    reading: ReadingMark | None = None  # how far its reader is with it, where that is said
    facts: tuple[Fact, ...] = ()  # what its place counts or says of it: karma, a rating, whether it is open

    @property
    def is_source(self) -> bool:
        """Whether it is a source; a statement's note in an exported vault is none, it only carries a record."""
        return bool(self.text or self.id or not self.records)


Structure = Callable[[str], tuple[tuple[Block, ...], tuple[Reference, ...]]]
"""Cuts a canonical text into blocks and references. Every importer names one; running it again on the text
it was made for gives the same blocks, so the store and an exported vault need to keep the text only."""
