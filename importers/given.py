"""What a person says of targets, above what their texts say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.model.document import Author, Document


@dataclass(frozen=True, slots=True)
class Given:
    """The words of one `kb add`. `title` and `url` are of a single source; `encoding` is for files not in UTF-8."""

    importer: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    date: str | None = None
    tags: tuple[str, ...] = ()
    encoding: str | None = None

    def apply(self, document: Document) -> Document:
        """The document with the person's words in place of the importer's."""
        if self.title:
            document = replace(document, title=self.title, title_given=True)
        if self.authors:
            document = replace(document, authors=tuple(Author(name) for name in self.authors))
        if self.url:
            document = replace(document, url=self.url, url_is_own=True)
        if self.date:
            document = replace(document, published=self.date)
        if self.tags:
            document = replace(document, tags=tuple(dict.fromkeys((*document.tags, *self.tags))))
        return document

    @property
    def of_one(self) -> bool:
        """Whether it holds for a single source only."""
        return bool(self.title or self.url)
