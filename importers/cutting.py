"""A stored text cut again as it was when it was read, by the importer that it names."""

from __future__ import annotations

from collections.abc import Sequence

import importers
from kb.errors import UsageError
from kb.model.document import Author, Block, Reference
from kb.sources import own_words
from notes.markdown import structure as markdown

Structured = tuple[tuple[Block, ...], tuple[Reference, ...]]


def cut(importer: str, text: str, authors: Sequence[Author]) -> Structured:
    """The blocks and references of a text; by the rules of Markdown where nothing says who read it."""
    if not text:
        return (), ()
    if importer in own_words.OWN:
        return own_words.structure(text, authors)
    try:
        return importers.importer(importer or "markdown").structure(text)
    except UsageError:  # an importer this version does not have
        return markdown.structure(text)
