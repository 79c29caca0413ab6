"""Documents of Word (docx): the text as it reads with changes accepted, and what reviewers said on it."""

from __future__ import annotations

from dataclasses import replace

from importers.assemble import whole
from importers.base import Importer, Input
from importers.decode import is_docx
from importers.documents.docx.body import notes_of, read_blocks
from importers.documents.docx.comments import comments_of
from importers.documents.docx.package import open_package
from importers.documents.docx.runs import Reading
from importers.documents.made import left_out, to_markdown
from importers.documents.office import facts as facts
from importers.documents.office.reviews import notes_on
from importers.documents.zipped import local, open_zip
from importers.file_names import extension
from importers.titles import title_of
from kb.errors import KbError
from kb.model.document import Document
from kb.text.dates import read_loosely
from kb.text.repair import repair
from notes.markdown.structure import structure

_ENDINGS = {"docx", "docm", "dotx"}


def sniff(source: Input) -> float:
    """By the ending, or by the part that only such files have."""
    return 1.0 if extension(source.name) in _ENDINGS or is_docx(source.original) else 0.0


def read(source: Input) -> list[Document]:
    """The text as a document, and a note on it for each reviewer.

    Raises:
        KbError: it is no such file, is damaged, or there is no text in it.
    """
    if source.original.startswith(b"\xd0\xcf\x11\xe0"):
        raise KbError(f"{source.called} is protected by a password, or an old file of Word", "save it as plain docx")
    zipped = open_zip(source.original, source.called)
    package = open_package(zipped)
    root = zipped.xml(package.place)
    reading = Reading(package)
    blocks = read_blocks(root if root is not None else (), reading)
    notes = notes_of(reading)
    text = to_markdown([*blocks.made, *notes])
    remarks = comments_of(reading)
    if not text.strip():
        raise KbError(f"{source.called} has no text in it", "pictures of pages need a text layer first")
    about = _properties(reading)
    title = repair(blocks.title) or facts.title(about.get("title", "")) or title_of(source, text)
    document = replace(
        whole(source, IMPORTER.name, "note", title, text, structure(text)),
        authors=facts.people([about.get("creator", "")]),
        published=read_loosely(about.get("created", "")),
        tags=facts.tags([about.get("keywords", "")]),
        problems=(*source.problems, *reading.changes.line(), *left_out(reading.left)),
    )
    return [document, *notes_on(document, remarks, reading.changes)]


def _properties(reading: Reading) -> dict[str, str]:
    try:
        root = reading.package.part("core-properties")
    except KbError:
        reading.left["damaged list of properties"] += 1
        return {}
    return {local(one): (one.text or "").strip() for one in root} if root is not None else {}


IMPORTER = Importer(
    name="docx",
    version="1",
    what="a document of Word (docx), with its comments",
    recognised_by="the ending `.docx`, or a ZIP archive with `word/document.xml`",
    gives="one, and a note a reviewer",
    keeps="headings, lists, tables, notes, links, formulas as TeX, comments with answers, what reviewers struck out",
    loses="pictures, charts, hidden words, page layout",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("ponds.docx",),
    precedence=28,
)
