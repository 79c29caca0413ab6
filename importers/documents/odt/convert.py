"""Texts of OpenDocument (odt): the text as it reads with changes accepted, and what reviewers said on it."""

from __future__ import annotations

from dataclasses import replace

from importers.assemble import whole
from importers.base import Importer, Input
from importers.decode import is_odt
from importers.documents.made import left_out, to_markdown
from importers.documents.odt.body import notes_of, read_blocks
from importers.documents.odt.comments import comments_of
from importers.documents.odt.package import Package, open_package
from importers.documents.odt.runs import Reading
from importers.documents.office import facts
from importers.documents.office.reviews import notes_on
from importers.file_names import extension
from importers.titles import title_of
from kb.errors import KbError
from kb.model.document import Document
from kb.text.dates import read_loosely
from kb.text.repair import repair
from notes.markdown.structure import structure

_ENDINGS = {"odt", "ott", "fodt"}


def sniff(source: Input) -> float:
    """By the ending, or by what the archive says it is."""
    return 1.0 if extension(source.name) in _ENDINGS or is_odt(source.original) else 0.0


def read(source: Input) -> list[Document]:
    """The text as a document, and a note on it for each reviewer.

    Raises:
        KbError: it is no such file, is damaged, or there is no text in it.
    """
    package = open_package(source.original, source.called)
    reading = Reading(package)
    blocks = read_blocks(package.body, reading)
    notes = notes_of(reading)
    text = to_markdown([*blocks.made, *notes])
    remarks = comments_of(reading)
    if not text.strip():
        raise KbError(f"{source.called} has no text in it", "pictures of pages need a text layer first")
    title = repair(blocks.title) or facts.title(_said(package, "title")) or title_of(source, text)
    document = replace(
        whole(source, IMPORTER.name, "note", title, text, structure(text)),
        authors=facts.people([_said(package, "initial-creator", "creator")]),
        published=read_loosely(_said(package, "creation-date", "date")),
        tags=facts.tags(package.facts.get("keyword", ())),
        problems=(*source.problems, *reading.changes.line(), *left_out(reading.left)),
    )
    return [document, *notes_on(document, remarks, reading.changes)]


def _said(package: Package, *names: str) -> str:
    """The first of some properties that says something."""
    return next((words for name in names for words in package.facts.get(name, ()) if words), "")


IMPORTER = Importer(
    name="odt",
    version="1",
    what="a text of LibreOffice and others (OpenDocument: odt, fodt), with its comments",
    recognised_by="the ending `.odt` or `.fodt`, or an archive that says so",
    gives="one, and a note a reviewer",
    keeps="headings, lists, tables, notes, links, formulas as TeX, comments with answers, what reviewers struck out",
    loses="pictures, embedded objects, hidden words, contents and indexes, page layout",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("ponds.odt",),
    precedence=28,
)
