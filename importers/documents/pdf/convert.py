"""PDF files: the text in reading order as Markdown, what the file says of itself, and what readers marked in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from importers.assemble import whole
from importers.base import Importer, Input
from importers.decode import is_page, is_pdf
from importers.documents.made import plural
from importers.documents.pdf import facts as facts
from importers.documents.pdf.annotations import Mark, PageMarks, lines_of_problems, read_marks
from importers.documents.pdf.contents import without_contents
from importers.documents.pdf.headings import Headings, centred
from importers.documents.pdf.layout import body_size, lay
from importers.documents.pdf.legible import has_words
from importers.documents.pdf.markdown import PAGE_MARK, Hyphens, markdown
from importers.documents.pdf.page_words import read_page
from importers.documents.pdf.paragraphs import pieces_of
from importers.documents.pdf.reader_notes import notes_on
from importers.documents.pdf.words import Page
from importers.file_names import extension
from importers.titles import file_title, name_title
from kb.errors import KbError
from kb.model import identity
from kb.model.document import Author, Block, Document, Reference
from kb.text.repair import repair
from notes.markdown import structure as notes

MAX_PAGES = 3000
_PASSWORD, _FORMAT, _SECURITY = 4, 3, 5  # FPDF_GetLastError
_FEW = 40  # signs a page; a page of text has thousands


@dataclass(frozen=True, slots=True)
class PdfText:
    """A PDF as text. In `markdown` the line `<!-- page N -->` stands where page N begins (not for page 1), and
    `<!-- page N, column C -->` where a column of it does.
    """

    markdown: str
    title: str  # "" where neither the file nor its first page says
    authors: tuple[str, ...]
    date: str | None  # ISO
    pages: int
    external_ids: Mapping[str, str] = field(default_factory=dict)  # arxiv and arxiv_version, else doi
    problems: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()  # what readers marked and noted, in the order of the pages
    left_out: tuple[str, ...] = ()  # lines that say which annotations are not among them


def text_of(data: bytes, name: str) -> PdfText:
    """The text of a PDF; `name` is what an error calls it.

    Raises:
        KbError: it is no PDF, is damaged or protected by a password, or holds pictures and no text.
    """
    pages, marked, metadata, problems = _pages(data, name)
    signs = sum(len(word.text) for page in pages for word in page.words)
    empty = sum(not page.words for page in pages)
    if signs < 20 or (signs < _FEW * len(pages) and empty > 0.5 * len(pages)):
        pictures = any(page.pictures for page in pages)
        what = "is a scan: no text in it" if pictures else "has no text in it"
        raise KbError(f"{name} {what}", "put a text layer into it first, for example: ocrmypdf IN.pdf OUT.pdf")
    unread = [page.number for page in pages if not page.legible]
    if len(unread) > 0.5 * len(pages) or not has_words([word.text for page in pages for word in page.words]):
        what = f"{name} has fonts that do not say which letters they draw: its text is no text"
        raise KbError(what, "have it read from its pictures, for example: ocrmypdf --force-ocr IN.pdf OUT.pdf")
    if unread:
        problems.append(f"{len(unread)} of {len(pages)} pages have fonts that do not say which letters they draw, the"
                        f" first is {unread[0]}")  # fmt: skip
    scanned = [page.number for page in pages if page.pictures]
    if scanned:
        problems.append(f"{len(scanned)} of {len(pages)} pages are pictures without text, the first is {scanned[0]}")
    laid, furniture = lay(pages)
    size = body_size(laid)
    _untyped(pages)
    first = [line for page in laid[:1] for line in page.lines]
    if tables := without_contents(laid, size):
        problems.append(f"left out: {tables} {plural('table of contents', tables)}")
    lines = [line for page in laid for line in page.lines]
    notes_lines = [line for page in laid for line in page.notes]
    ids, day = facts.stamp(pages[0].sideways, first)
    own = [*first, *(line for line in [*furniture, *notes_lines] if line.page == 1)]
    if not ids and (doi := facts.doi(own)):
        ids = dict(identity.of_doi(doi).external_ids)
    heading = facts.title_lines(metadata, first, size)
    title = facts.title(metadata, heading, " ".join(line.text for line in first))
    headings = Headings(lines, size, heading, facts.front(first, heading), centred(laid))
    pieces = pieces_of(laid, headings, size)
    return PdfText(
        markdown=repair(
            markdown(pieces, Hyphens([*lines, *notes_lines]), size, {page.number: page.rules for page in pages})
        ),
        title=repair(title),
        authors=tuple(repair(name) for name in facts.authors(metadata, first, heading)),
        date=day or facts.date(metadata),
        pages=len(pages),
        external_ids=ids,
        problems=tuple(problems),
        marks=tuple(mark for one in marked.values() for mark in one.marks),
        left_out=tuple(lines_of_problems(marked.items())),
    )


def _untyped(pages: Sequence[Page]) -> None:
    """A text that is typed throughout has no letters that tell a program from it."""
    words = [word for page in pages for word in page.words]
    if sum(word.typed for word in words) > 0.7 * len(words):
        for word in words:
            word.typed = False


def _pages(data: bytes, name: str) -> tuple[list[Page], dict[int, PageMarks], dict[str, str], list[str]]:
    import pypdfium2

    if not is_pdf(data):
        raise _no_pdf(data, name)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _closed(error, name) from None
    problems: list[str] = []
    marked: dict[int, PageMarks] = {}
    try:
        if len(document) > MAX_PAGES:
            raise KbError(f"{name} has {len(document):,} pages, over the limit of {MAX_PAGES:,}", "split it")
        metadata = document.get_metadata_dict()
        pages = []
        for number in range(len(document)):
            try:
                page = document[number]
                pages.append(read_page(page, number + 1))
                marked[number + 1] = read_marks(page, number + 1)
                page.close()
            except pypdfium2.PdfiumError:
                problems.append(f"page {number + 1} is damaged and was left out")
                pages.append(Page(number + 1, 0, 0))
    finally:
        document.close()
    if not pages or len(problems) == len(pages):
        raise KbError(f"{name} is damaged: none of its pages can be read", "get the file again")
    return pages, marked, metadata, problems


def _no_pdf(data: bytes, name: str) -> KbError:
    if is_page(data) or re.search(rb"<html|<body|<form", data[:4096], re.I):
        hint = "open its address in a browser, log in if asked, and save the PDF itself"
        return KbError(f"{name} is a web page, not a PDF: a login or notice page stands in the paper's place", hint)
    return KbError(f"{name} is not a PDF", "get the file again")


def _closed(error: Any, name: str) -> KbError:
    code = getattr(error, "err_code", None)
    if code == _PASSWORD:
        return KbError(f"{name} is protected by a password", "save a copy without it: qpdf --decrypt --password=…")
    if code == _SECURITY:
        return KbError(f"{name} is encrypted in a way that cannot be read here", "save a copy without protection")
    return KbError(f"{name} is damaged: it cannot be read as a PDF", "get the file again, or repair it: qpdf IN OUT")


def sniff(source: Input) -> float:
    """Sure by the mark of a PDF, or by the name: what only claims to be one deserves an error that says so."""
    return 1.0 if is_pdf(source.original) or extension(source.name) == "pdf" else 0.0


def read(source: Input) -> list[Document]:
    """The PDF as a document, and a note on it for each reader who marked something in it.

    Raises:
        KbError: there is no text to be had from it.
    """
    found = text_of(source.original, source.called)
    paper = document_of(replace(found, problems=(*found.problems, *found.left_out)), source)
    return [paper, *notes_on(paper, found.marks)]


def document_of(found: PdfText, source: Input) -> Document:
    """A document of a PDF's text; the file's name is its title where it says none."""
    ids = dict(found.external_ids)
    arxiv, doi = ids.get("arxiv"), ids.get("doi")
    known = identity.of_arxiv(arxiv) if arxiv else identity.of_doi(doi) if doi else None
    title = found.title or name_title(source) or file_title(source) or "Untitled"
    return replace(
        whole(source, IMPORTER.name, "paper", title, found.markdown, structure(found.markdown)),
        authors=tuple(Author(name) for name in found.authors),
        url=known.url if known else None,
        published=found.date,
        external_ids=ids,
        problems=(*source.problems, *found.problems),
    )


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of the text, each labelled with the place where it begins: its page ("p. 12"), and the column where
    there are several ("p. 12, col. 2"). Marks of pages are no blocks.
    """
    blocks, references = notes.structure(text)
    kept: list[Block] = []
    place: dict[int, int] = {}
    page = "p. 1"
    for number, block in enumerate(blocks):
        if block.kind == "html" and (mark := PAGE_MARK.fullmatch(text[block.start : block.end].strip())):
            page = f"p. {mark[1]}" + (f", col. {mark[2]}" if mark[2] else "")
            continue
        place[number] = len(kept)
        label = f"{block.label}, {page}" if block.label else page
        parent = place.get(block.parent) if block.parent is not None else None
        kept.append(replace(block, label=label, parent=parent))
    return tuple(kept), references


IMPORTER = Importer(
    name="pdf",
    version="4",
    what="a PDF with text in it, and what readers marked in it",
    recognised_by="the mark of a PDF, or the ending `.pdf`",
    gives="one paper, and a note a reader",
    keeps="reading order, headings, pages, footnotes, code, formulas as TeX where the place of their signs tells it,"
    " your highlights and comments",
    loses="pictures, running heads and page numbers, tables of contents; other formulas are marked, with their signs",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("walked-route.pdf",),
    precedence=30,
)
