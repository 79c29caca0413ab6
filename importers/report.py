"""What a person says of targets, and what became of them."""

from __future__ import annotations

import dataclasses
from typing import Any

from kb.errors import KbError
from kb.model.document import Author, Document

Item = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Given:
    """What the person says of a target, above what its text says."""

    importer: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    date: str | None = None
    tags: tuple[str, ...] = ()
    encoding: str | None = None

    def apply(self, document: Document) -> Document:
        """The document with the person's words in place of the importer's."""
        changes: dict[str, Any] = {}
        if self.title:
            changes |= {"title": self.title, "title_given": True}
        if self.authors:
            changes["authors"] = tuple(Author(name) for name in self.authors)
        if self.url:
            changes["url"] = self.url
        if self.date:
            changes["published"] = self.date
        if self.tags:
            changes["tags"] = tuple(dict.fromkeys((*document.tags, *self.tags)))
        return dataclasses.replace(document, **changes) if changes else document

    @property
    def of_one(self) -> bool:
        """Whether it holds for a single source only."""
        return bool(self.title or self.url)


@dataclasses.dataclass
class Report:
    """What an import did: an item for each source, counts, and what a folder held beside texts."""

    items: list[Item] = dataclasses.field(default_factory=list)
    skipped: list[str] = dataclasses.field(default_factory=list)
    problems: list[str] = dataclasses.field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        counts = {"added": 0, "updated": 0, "unchanged": 0, "failed": 0}
        for item in self.items:
            counts[item["status"]] += 1
        return counts

    def fail(self, target: str, error: KbError) -> None:
        problem = {"message": error.message, "hint": error.hint}
        self.items.append({"target": target, "status": "failed", "source": None, "error": problem})

    def took(self, target: str, status: str, source_id: str) -> None:
        """Note a source that went in, or was there."""
        self.items.append({"target": target, "status": status, "source": {"id": source_id}, "error": None})
