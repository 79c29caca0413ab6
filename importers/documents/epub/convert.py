"""Books as EPUB: one source with all its chapters, its notes, and what the package says of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from importers.assemble import whole
from importers.base import Importer, Input
from importers.decode import is_epub
from importers.documents.epub.chapters import read_chapters
from importers.documents.epub.notes import tie_notes
from importers.documents.epub.package import open_book
from importers.documents.made import left_out, to_markdown
from importers.documents.office import facts
from importers.documents.zipped import open_zip
from importers.file_names import extension
from importers.titles import title_of
from kb.errors import KbError
from kb.model import identity
from kb.model.document import Document
from kb.text.dates import read_loosely
from kb.text.repair import repair
from kb.text.strings import squash
from notes.markdown.structure import structure


def sniff(source: Input) -> float:
    """By the ending, or by what the archive says it is."""
    return 1.0 if extension(source.name) == "epub" or is_epub(source.original) else 0.0


def read(source: Input) -> list[Document]:
    """The book as a document.

    Raises:
        KbError: it is no EPUB, is damaged or locked, or there is no text in it.
    """
    zipped = open_zip(source.original, source.called)
    book = open_book(zipped)
    left: Counter[str] = Counter()
    chapters = read_chapters(zipped, book, left)
    tie_notes(chapters)
    text = to_markdown([chapters])
    if not text.strip():
        raise KbError(f"{source.called} has no text in it", "a book of pictures needs a text layer first")
    named = identity.of_doi(book.doi) if book.doi else identity.of_isbn(book.isbn) if book.isbn else None
    document = replace(
        whole(source, IMPORTER.name, "paper", "", text, structure(text)),
        title=facts.title(squash(repair(book.title))) or title_of(source, text),
        authors=facts.people(map(repair, book.authors)),
        published=read_loosely(book.published),
        url=named.url if named else None,
        external_ids=named.external_ids if named else {},
        tags=facts.tags([repair(one) for one in book.subjects]),
        problems=(*source.problems, *left_out(left)),
    )
    return [document]


IMPORTER = Importer(
    name="epub",
    version="2",
    what="a book as EPUB",
    recognised_by="the ending `.epub`, or an archive that says so",
    gives="one book",
    keeps="chapters as its contents head them, notes where they belong, tables, quotes, formulas, ISBN, author, day",
    loses="pictures, cover, title page, contents and index, layout",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("ponds.epub",),
    precedence=28,
)
