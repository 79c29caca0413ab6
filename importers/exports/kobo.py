"""Kobo: `KoboReader.sqlite`, the database in the folder `.kobo` of the device, with what was marked in its books."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from importers.base import Importer, Input
from importers.decode import is_kobo
from importers.exports.fields import Work, people
from importers.exports.works import Record, to_documents
from importers.highlights import Highlight
from kb.model.document import Document
from kb.model.identity import of_isbn
from kb.store.foreign import read_tables, words
from kb.text.dates import read_loosely
from kb.text.strings import squash
from notes.markdown import structure

_MARKS = (
    "VolumeID", "ContentID", "Text", "Annotation", "DateCreated", "Type", "Hidden", "ChapterProgress", "Color",
)  # fmt: skip
_BOOKS = ("ContentID", "ContentType", "Title", "Attribution", "ISBN", "VolumeIndex")
_BOOK, _FILE, _ENTRY = "6", "9", "899"
_COLOURS = ("yellow", "red", "blue", "green")  # by their number on devices with colours


@dataclass(frozen=True, slots=True)
class _Mark:
    volume: str
    chapter: str
    words: str
    comment: str
    created: str
    kind: str
    hidden: str
    progress: str
    colour: str


@dataclass(frozen=True, slots=True)
class _Content:
    id: str
    kind: str
    title: str
    authors: str
    isbn: str
    place: str


def sniff(source: Input) -> float:
    """Sure by the mark of a database and the names of its tables."""
    return 0.98 if is_kobo(source.original) else 0.0


def read(source: Input) -> list[Document]:
    """Each book in which something is marked, and a note with it.

    Raises:
        KbError: the database is damaged, or nothing is marked.
    """
    wanted = [("Bookmark", _MARKS), ("content", _BOOKS)]
    marks, contents = read_tables(source.original, wanted, source.called)
    known = [_Content(*map(words, row)) for row in contents]
    books = {one.id: one for one in known if one.kind == _BOOK}
    # What a chapter is called stands in its entry of the table of contents, whose id is the chapter's with a number.
    chapters = {one.id: one for one in known if one.kind == _FILE}
    chapters |= {re.sub(r"-\d+$", "", one.id): one for one in reversed(known) if one.kind == _ENTRY}
    left: Counter[str] = Counter()
    gathered: defaultdict[str, list[_Mark]] = defaultdict(list)
    for one in (_Mark(*map(words, row)) for row in marks):
        if one.hidden.lower() in {"true", "1"}:
            left["deleted highlights are left out"] += 1
        elif one.words.strip() or one.comment.strip():
            gathered[one.volume].append(one)
        elif one.kind == "dogear":
            left["bookmarks are left out"] += 1
        elif one.kind == "markup":
            left["drawings by hand are left out"] += 1
        else:
            left["highlights without words are left out"] += 1
    records = [_record(volume, listed, books.get(volume), chapters) for volume, listed in gathered.items()]
    return to_documents(records, source, IMPORTER.name, [f"{what}: {count:,}" for what, count in left.items()])


def _record(volume: str, marks: Sequence[_Mark], book: _Content | None, chapters: dict[str, _Content]) -> Record:
    placed = sorted(marks, key=lambda one: (_number(_chapter(one, chapters, "place")), _number(one.progress)))
    isbn = of_isbn(book.isbn) if book and book.isbn else None
    return Record(
        title=squash(book.title) if book else _file_name(volume),
        kind="paper",
        work=Work(isbn.url, isbn.external_ids) if isbn else Work(),
        authors=people(book.authors) if book else (),
        highlights=tuple(_highlight(one, chapters) for one in placed),
        key=volume,
        raw="\n".join(json.dumps([one.words, one.comment, one.created], ensure_ascii=False) for one in placed),
    )


def _highlight(one: _Mark, chapters: dict[str, _Content]) -> Highlight:
    title = squash(_chapter(one, chapters, "title"))
    title = "" if "/" in title or re.search(r"\.x?html?\b", title) else title  # a file, not what a reader sees
    progress = _number(one.progress)
    share = f"{progress:.0%}" if 0 < progress <= 1 else ""
    place = ", ".join(filter(None, (title, share)))
    colour = int(one.colour) if one.colour in {"0", "1", "2", "3"} else None
    return Highlight(
        quote=one.words,
        comment=one.comment,
        colour=_COLOURS[colour] if colour else None,  # 0 is what all have who chose none
        when=read_loosely(one.created),
        place=f"location {place}" if place else None,
    )


def _chapter(one: _Mark, chapters: dict[str, _Content], name: str) -> str:
    found = chapters.get(one.chapter) or chapters.get(one.chapter.rpartition("#")[0])
    return (found.title if name == "title" else found.place) if found else ""


def _number(words: str) -> float:
    try:
        found = float(words)
    except ValueError:
        return 0.0
    return found if found == found else 0.0  # not NaN, which has no order


def _file_name(volume: str) -> str:
    """What a book that was put there by hand is called, of which the database has no entry any more."""
    return re.sub(r"(?:\.kepub)?\.\w{2,5}$", "", volume.rpartition("/")[2]).replace("_", " ")


IMPORTER = Importer(
    name="kobo",
    version="1",
    what="highlights and notes of a Kobo (`KoboReader.sqlite`)",
    recognised_by="a SQLite file with the tables of a Kobo",
    gives="a work each book, and a note with its highlights",
    keeps="highlights in the order of the book with chapter and day, your notes",
    loses="bookmarks, drawings, what you deleted",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("KoboReader.sqlite",),
    precedence=24,
)
