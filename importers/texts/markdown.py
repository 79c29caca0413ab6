"""A Markdown note as people keep them in a vault: the text as it is, with the properties of its front matter."""

from __future__ import annotations

import re

from importers.assemble import of_note
from importers.base import Importer, Input
from importers.file_names import extension
from importers.titles import name_title, own_title
from kb.model.document import Block, Document, Reference
from notes.markdown import structure as markdown
from notes.markdown.meta import read_note

_STRONG = re.compile(
    r"^#{1,6} \S|\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]+\]\([^()\s]+\)|^(?:```|~~~)|^> |^\|.+\|$|^\[\^[^\]\s]+\]:", re.M
)
_WEAK = re.compile(r"^[ \t]*(?:[-*+]|\d+\.) \S|\*\*\S|(?<!\w)_\w[^_\n]*_(?!\w)|`[^`\n]+`", re.M)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LOOK = 20_000  # characters that tell


def sniff(source: Input) -> float:
    """How sure it is: by the extension, else by the marks of Markdown in it."""
    if extension(source.name) in ("md", "markdown"):
        return 0.6
    text = source.text[:_LOOK]
    if _FRONT_MATTER.match(text):
        return 0.5
    strong = sum(1 for _ in _STRONG.finditer(text))
    weak = sum(1 for _ in _WEAK.finditer(text))
    return 0.4 if strong else 0.3 if weak >= 2 else 0.0


def read(source: Input) -> list[Document]:
    """The note as one document."""
    text = source.text
    blocks, references = structure(text)
    name = name_title(source)
    note = read_note(text, name or "")
    title = note.title
    if not title:
        headings = (text[block.start : block.end] for block in blocks if block.kind == "heading")
        title = own_title(source, text[blocks[0].start :] if blocks else text, headings)
    return [of_note(source, IMPORTER.name, note, title, text, (blocks, references))]


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks and references of the note."""
    return markdown.structure(text)


IMPORTER = Importer(
    name="markdown",
    version="3",
    what="a Markdown note, alone or in a vault",
    recognised_by="the ending `.md`, front matter, or the marks of Markdown",
    gives="one",
    keeps="front matter, headings, lists, tables, maths, footnotes, links of every kind, tags",
    loses="pictures but for their addresses",
    sniff=sniff,
    read=read,
    structure=structure,
    sample="---\ntags: [ponds]\ndate: 2024-05-01\n---\n\n# Blank squares\n\nI think that a blank square should be kept,"
    " because it says that somebody looked.\n\nSee [[Routes drawn by lot]].\n",
    precedence=80,
    prose=True,
)
