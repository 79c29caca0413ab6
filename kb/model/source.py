"""Sources as the store gives them: for lists, with their text for what works on it, and what they point to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from kb.model.bibliography import Bibliography
from kb.model.json_form import JsonObject
from kb.model.words import ReadingState, SourceKind, SourceState

if TYPE_CHECKING:
    from kb.model.document import ReferenceKind


@dataclass(frozen=True, slots=True)
class Source:
    """Anything read, or known only because something read refers to it (a stub). The interface's Source.

    `state`: here, gone (its file is no longer there), or removed (by a person): only what is here is searched.
    `parent` is the id of the source it answers; `passages` and `statements` count what stands in it now. `reading` is
    how far a person is with it, None where they have not said. `facts` are what its place counts or says of it, by
    name (`kb.model.facts`): a number where there is one.
    """

    id: str
    citekey: str
    state: SourceState
    kind: SourceKind
    title: str
    authors: tuple[str, ...] = ()
    url: str | None = None
    published: str | None = None
    added: str = ""
    parent: str | None = None
    external_ids: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    passages: int = 0
    statements: int = 0
    reading: ReadingState | None = None
    facts: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source with its text and what an import has to know of it. `text` is "" for a stub.

    `title_given`: by a person, so that no importer replaces it. `target` is where it was read from last, `path` its
    place inside a vault. `citekey_used`: somebody may have cited with it, so it stays.
    `rowid` is its key in the tables, for functions of the store only.
    """

    rowid: int
    id: str
    citekey: str
    kind: SourceKind
    title: str
    title_given: bool
    url: str | None
    published: str | None
    added: str
    updated: str
    parent: str | None
    external_ids: Mapping[str, str]
    text: str
    original_hash: str | None
    text_hash: str | None
    importer: str
    importer_version: str
    target: str | None
    path: str | None
    problems: tuple[str, ...]
    state: SourceState
    citekey_used: bool
    bibliography: Bibliography


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source that a wikilink may mean; `target` is where it was read from.

    `rank` 0: by its path or title, 1: by an alias, 2: by where it is (a file, an address on a site, a slug of its
    title, a block in it, a citekey), 3: by a path or title that it had before.
    """

    id: str
    kind: SourceKind
    path: str | None
    rank: int
    target: str | None
    state: SourceState = "here"


UNSURE = "maybe:"
"""Begins the key of what is a reference only where there is what it names."""


@dataclass(frozen=True, slots=True)
class StoredReference:
    """A pointer from a text to another source: `text[start:end] == raw`.

    `name` is the target as written, `key` what identifies it ("lesswrong:ID", "url:…", "name:…", "file:…", "cite:…"),
    `target` the id of the source it points to, None where there is none.
    """

    source: str
    ordinal: int
    kind: ReferenceKind
    raw: str
    start: int
    end: int
    name: str
    key: str
    alias: str | None
    fragment: str | None
    target: str | None

    @property
    def url(self) -> str | None:
        """The address, where it is one."""
        return self.name if self.kind in {"url", "embed"} and "://" in self.name else None

    @property
    def is_none(self) -> bool:
        """Whether it only looked like a reference: what it would name is not there."""
        return self.target is None and self.key.startswith(UNSURE)


@dataclass(frozen=True, slots=True)
class Backlink:
    """A place that refers to a source: `raw` at `start:end` of the text of `source`, whose title is `title`."""

    source: str
    title: str
    raw: str
    start: int
    end: int


class SourceFields(TypedDict, total=False):
    """What is to be written of a source, by column. `original` is compressed (zlib)."""

    id: str
    citekey: str
    kind: SourceKind
    title: str
    title_given: bool
    url: str | None
    published: str | None
    added: str
    updated: str
    parent: str | None
    external_ids: Mapping[str, str]
    text: str
    text_hash: str
    original: bytes | None
    original_hash: str | None
    importer: str
    importer_version: str
    target: str
    path: str
    problems: list[str]
    state: SourceState
    citekey_used: bool
    bibliography: JsonObject
