"""A text as the rules see it, without a store."""

from __future__ import annotations

from typing import Any

from importers import read
from importers.base import Input
from kb.extract.model import View
from kb.model import passages
from kb.model.document import Document


def view_of(document: Document, **more: Any) -> View:
    """A document as the source `s1`, by Ada unless it names somebody; what it refers to is known as `s0x`, `s1x`, ….

    `more` are other fields of the `View`.
    """
    facts = {
        "source_id": "s1",
        "kind": document.kind,
        "title": document.title,
        "authors": tuple(author.name for author in document.authors) or ("Ada",),
        "text": document.text,
        "passages": passages.cut(document.text, document.blocks),
        "reference_ids": [f"s{number}x" for number in range(len(document.references))],
    }
    return View(**(facts | more))


def view(text: str, importer: str | None = "markdown", name: str = "text.md", **more: Any) -> View:
    """The same of a text, read with this importer, or for None with the one that it looks made for."""
    return view_of(read(Input(text, name), importer)[0], **more)
