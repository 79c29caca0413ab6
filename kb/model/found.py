"""What a search gives: passages and statements with everything a person needs to judge and to cite them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.model.context import Context
from kb.model.source import Source
from kb.model.words import SourceKind, Table


@dataclass(frozen=True, slots=True)
class SourceHead:
    """The source of a hit, as far as a citation needs it."""

    id: str
    citekey: str
    kind: SourceKind
    title: str
    authors: tuple[str, ...]
    url: str | None
    published: str | None


def head_of(source: Source) -> SourceHead:
    """A source as a hit, a quotation or a list names it."""
    return SourceHead(
        source.id, source.citekey, source.kind, source.title, source.authors, source.url, source.published
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a hit stands: headings above it, who speaks, its span in the source's text, and the page of a PDF with the
    column in it, where it has several.

    Of a recording `time` is when it is said ("12:34"), and `at` the address at which the video goes on from there.
    """

    heading: tuple[str, ...]
    speaker: str | None
    start: int
    end: int
    page: int | None = field(default=None, metadata={"optional": True})
    column: int | None = field(default=None, metadata={"optional": True})
    time: str | None = field(default=None, metadata={"optional": True})
    at: str | None = field(default=None, metadata={"optional": True})


@dataclass(frozen=True, slots=True)
class SearchUnit:
    """A passage, or a statement at the first place where it is made.

    `place` and `place_id` are the passage's, None where a statement stands in none; `quoted` says that its words are
    set off as somebody else's. `context` is a statement's.
    """

    type: Table
    rowid: int
    id: str
    text: str
    source_rowid: int
    source: SourceHead
    locator: Locator
    place: int | None
    place_id: str | None
    quoted: bool
    context: Context | None = None


@dataclass(frozen=True, slots=True)
class Comparable:
    """What others may be similar to: its text, rows that hold its vectors, and what is itself and not similar to it.

    `table` is that of `rows`; `passages` and `statements` are rowids of what it is or makes, `sources` of where.
    """

    table: Table
    text: str
    rows: tuple[int, ...]
    passages: frozenset[int]
    statements: frozenset[int]
    sources: frozenset[int]
