"""A stored text cut again as it was when it was read, by the importer that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import importers
from kb.errors import UsageError
from kb.model.document import Author, Block, Reference
from notes.markdown import structure as markdown

OWN = {"note", "claim"}
"""What a person wrote with `kb note` and `kb claim`."""

_ABOUT = re.compile(r"(\[\[([^\[\]|]+)\]\])\n\n(?=\S)")

Structured = tuple[tuple[Block, ...], tuple[Reference, ...]]


def cut(importer: str, text: str, authors: Sequence[Author]) -> Structured:
    """The blocks and references of a text; by the rules of Markdown where nothing says who read it."""
    if not text:
        return (), ()
    if importer in OWN:
        return _own(text, authors)
    try:
        return importers.importer(importer or "markdown").structure(text)
    except UsageError:  # an importer this version does not have
        return markdown.structure(text)


def _own(text: str, authors: Sequence[Author]) -> Structured:
    """A person's own note: one paragraph, after the name of what it is about."""
    me = authors[0].name if authors else None
    about = _ABOUT.match(text)
    if about is None:
        return (Block("paragraph", 0, len(text), speaker=me),), ()
    mark, name = about.groups()
    blocks = (Block("paragraph", 0, len(mark)), Block("paragraph", about.end(), len(text), about=0, speaker=me))
    return blocks, (Reference("wikilink", mark, 0, len(mark), name),)
