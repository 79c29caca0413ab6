"""From an input, and what an importer found in it, to the document: blocks, origin, bytes, what was odd.

`dataclasses.replace` adds what else the importer knows: authors, a date, an address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from importers.base import Input
from importers.file_names import day_named
from kb.model.document import Block, Document, Reference
from kb.model.reading import ReadingMark
from kb.model.words import SourceKind
from notes.markdown import properties
from notes.markdown.meta import NoteMeta

Cut = tuple[tuple[Block, ...], tuple[Reference, ...]]
"""What the `structure` of an importer gives for the document's text."""


def whole(source: Input, importer: str, kind: SourceKind, title: str, text: str, cut: Cut) -> Document:
    """The document of an input that is one source."""
    return Document(
        kind=kind,
        title=title,
        text=text,
        blocks=cut[0],
        references=cut[1],
        original=source.original,
        importer=importer,
        target=source.target,
        path=source.path,
        problems=source.problems,
    )


def of_note(
    source: Input, importer: str, note: NoteMeta, title: str, text: str, cut: Cut, kind: SourceKind = "note"
) -> Document:
    """The document of a Markdown note, with what its front matter and tags say."""
    state = properties.reading(note.metadata)
    return replace(
        whole(source, importer, kind, title, text, cut),
        authors=note.authors,
        url=note.url,
        url_is_own=note.url is None,
        published=note.date or day_named(source.name),
        tags=note.tags,
        aliases=note.aliases,
        addresses=note.addresses,
        reading=ReadingMark(state) if state else None,
        problems=(*source.problems, *note.problems),
    )


def original_lines(source: Input) -> Callable[[int, int], bytes]:
    """Gives the bytes behind lines of the text, from one to before another; all where lines do not map."""
    lines = source.original.splitlines(keepends=True)
    # Repair keeps the number of lines; a wide encoding does not split into the same ones.
    if len(lines) not in {len(source.text.splitlines()), source.text.count("\n") + 1}:
        return lambda _first, _last: source.original
    return lambda first, last: b"".join(lines[first:last])
