"""What can be done with a document before the store is asked, and so in another process: it is cut and the rules read
it.

What the rules find hangs on the store only where they ask what a reference means, what a text answers, or for a
statement of another text. Such a text is read when it is stored; of any other the result is the same, whenever it was
made, as long as the store has it under the same title and authors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn, cast

from kb.extract import extract
from kb.extract.model import Draft, Extraction, LinkDraft, Pointer, View
from kb.model import passages as cutting
from kb.model.document import Block, Document, Reference
from kb.model.passages import Passage
from kb.model.source import StoredSource
from kb.sources.clean import cleaned

_SELF = "\0self"
"""Stands for the id of the source, which the store gives."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules find in a text that has this title, and so on. Links have `_SELF` where they mean the text."""

    kind: str
    title: str
    authors: tuple[str, ...]
    relations: Mapping[str, str]
    statements: tuple[Draft, ...]
    links: tuple[LinkDraft, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The passages of a document, and what the rules find in it; None where that is for the store to say."""

    blocks: Sequence[Block]
    passages: Sequence[Passage]
    found: Found | None

    def cuts(self, document: Document, text: str) -> bool:
        """Whether the passages are those of the text that the store has from the document."""
        return document.text == text and document.blocks is self.blocks

    def extraction(
        self, source: StoredSource, authors: tuple[str, ...], relations: Mapping[str, str]
    ) -> Extraction | None:
        """What the rules find in the stored source, if it is as it was taken to be."""
        found = self.found
        if found is None or (found.kind, found.title, found.authors) != (source.kind, source.title, authors):
            return None
        if found.relations != relations:
            return None
        links = [_of(source.id, link) for link in found.links]
        return Extraction(statements=list(found.statements), links=links)


def read(document: Document, relations: Mapping[str, str]) -> Ahead:
    """Cut a document and have the rules read it; `relations` are those of the settings."""
    document = cleaned(document)
    cut = cutting.cut(document.text, document.blocks)
    authors = tuple(author.name for author in document.authors)
    view = View(
        source_id=_SELF,
        kind=document.kind,
        title=document.title,
        authors=authors,
        text=document.text,
        passages=cut,
        reference_ids=cast("Sequence[str | None]", _Unknown()),
        parent_id=cast("str | None", _Unknown()),
        pointers=[cast("Pointer", _Pointer(reference)) for reference in document.references],
        worded=_ask,
        placed=_ask,
        relations=relations,
    )
    try:
        found = extract(view) if document.text else None
    except _AskedError:
        found = None
    if found is None:
        return Ahead(document.blocks, cut, None)
    told = Found(document.kind, document.title, authors, relations, tuple(found.statements), tuple(found.links))
    return Ahead(document.blocks, cut, told)


def _of(source_id: str, link: LinkDraft) -> LinkDraft:
    """The link with the id of its source where it stands for it."""
    target = _of(source_id, link.target) if isinstance(link.target, LinkDraft) else link.target
    ends = (source_id if link.source == _SELF else link.source, source_id if target == _SELF else target)
    return link if ends == (link.source, link.target) else replace(link, source=ends[0], target=ends[1])


class _AskedError(Exception):
    """A rule asked what only the store knows."""


def _ask(*_: object) -> NoReturn:
    raise _AskedError


class _Unknown:
    """What only the store knows, whatever is asked of it."""

    __bool__ = __len__ = __iter__ = __getitem__ = __contains__ = __eq__ = __hash__ = __str__ = _ask


@dataclass(frozen=True, slots=True)
class _Pointer:
    """A reference as a rule sees it; what it points to only the store knows, and of an unsure one whether it is one."""

    of: Reference

    @property
    def start(self) -> int:
        return self.of.start if self.of.sure else _ask()

    @property
    def end(self) -> int:
        return self.of.end

    @property
    def name(self) -> str:
        return self.of.alias or self.of.target

    @property
    def fragment(self) -> str | None:
        return self.of.fragment

    @property
    def target(self) -> NoReturn:
        _ask()

    @property
    def title(self) -> NoReturn:
        _ask()
