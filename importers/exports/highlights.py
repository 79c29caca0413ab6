"""The importer of the notes that `importers.highlights` writes: it reads none by itself, but cuts them again."""

from __future__ import annotations

from importers import highlights
from importers.assemble import whole
from importers.base import Importer, Input
from kb.errors import KbError
from kb.model.document import Document
from notes.markdown.meta import plain


def sniff(_: Input) -> float:
    """Never: these texts are made by other importers, and come back from a vault that names this one."""
    return 0.0


def read(source: Input) -> list[Document]:
    """The note as one document.

    Raises:
        KbError: it does not begin with a link to the work.
    """
    blocks, references = highlights.structure(source.text)
    if not references or not blocks or references[0].start >= blocks[0].end:
        raise KbError(f"{source.name} does not begin with a link to what it is about", "try --as markdown")
    name = references[0].alias or references[0].target
    title = f"Highlights from {plain(name)}"
    return [whole(source, IMPORTER.name, "note", title, source.text, (blocks, references))]


IMPORTER = Importer(
    name=highlights.NAME,
    version="1",
    what="highlights from one work with the reader's comments (written by importers of exports and PDFs)",
    recognised_by="never by itself: it cuts the notes that importers of exports and PDFs write",
    gives="one note",
    keeps="the quotes and what stands under them",
    loses="nothing",
    sniff=sniff,
    read=read,
    structure=highlights.structure,
    precedence=28,
)
