"""Apple Books: `AEAnnotation….sqlite`, what was marked, with the names of the books out of `BKLibrary….sqlite`.

Both lie below `~/Library/Containers/com.apple.iBooksX/Data/Documents`, each in a folder of its own; the second is
looked for beside the first. Of a book that it does not know only the id is known.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from importers.base import Importer, Input
from importers.decode import is_apple_annotations
from importers.exports.fields import people
from importers.exports.works import Record, to_documents
from importers.highlights import Highlight
from kb.errors import KbError
from kb.model.document import PIPE, Document
from kb.store.foreign import MARK, read_tables, words
from kb.text.strings import squash
from notes.markdown import structure

_MARKS = (
    "ZANNOTATIONASSETID", "ZANNOTATIONSELECTEDTEXT", "ZANNOTATIONNOTE", "ZANNOTATIONSTYLE", "ZANNOTATIONDELETED",
    "ZANNOTATIONTYPE", "ZANNOTATIONCREATIONDATE", "ZANNOTATIONLOCATION", "ZFUTUREPROOFING5", "ZANNOTATIONISUNDERLINE",
)  # fmt: skip
_BOOKS = ("ZASSETID", "ZTITLE", "ZAUTHOR")
_COLOURS = {"1": "green", "2": "blue", "3": "", "4": "pink", "5": "purple"}  # yellow is what all have who chose none
_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
_LARGEST = 64_000_000  # bytes of a library
_NAMES = ("BKLibrary*.sqlite", "../BKLibrary/BKLibrary*.sqlite", "BKLibrary/BKLibrary*.sqlite")


@dataclass(frozen=True, slots=True)
class _Mark:
    book: str
    words: str
    comment: str
    style: str
    deleted: str
    kind: str
    created: str
    location: str
    chapter: str
    underlined: str


def sniff(source: Input) -> float:
    """Sure by the mark of a database and the names of its columns."""
    return 0.98 if is_apple_annotations(source.original) else 0.0


def read(source: Input) -> list[Document]:
    """Each book in which something is marked, and a note with it.

    Raises:
        KbError: the database is damaged, or nothing is marked.
    """
    (rows,) = read_tables(source.original, [("ZAEANNOTATION", _MARKS)], source.called)
    books, problems = _library(source)
    left: Counter[str] = Counter()
    gathered: defaultdict[str, list[_Mark]] = defaultdict(list)
    for one in (_Mark(*map(words, row)) for row in rows):
        if one.deleted not in {"", "0"}:
            left["deleted highlights are left out"] += 1
        elif one.words.strip() or one.comment.strip():
            gathered[one.book].append(one)
        elif one.kind != "3":  # where its reader is in a book
            left["bookmarks and highlights without words are left out"] += 1
    if nameless := sum(book not in books for book in gathered):
        problems.append(f"books whose names are not in a BKLibrary file beside it: {nameless:,}")
    problems += [f"{what}: {count:,}" for what, count in left.items()]
    records = [_record(book, marks, *books.get(book, ("", ""))) for book, marks in gathered.items()]
    return to_documents(records, source, IMPORTER.name, problems)


def _library(source: Input) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Title and author of the books by their ids, and what was odd about the files beside the one that is read."""
    problems: list[str] = []
    books: dict[str, tuple[str, str]] = {}
    if source.target in {"", PIPE}:
        return books, problems
    with suppress(OSError, ValueError):
        if os.path.getsize(f"{source.target}-wal"):
            problems.append("what Books has not yet written into the file (it has a -wal file) is missing: close Books")
    folder = Path(source.target).parent
    with suppress(OSError, ValueError):
        for file in [found for name in _NAMES for found in sorted(folder.glob(name))]:
            if file.stat().st_size > _LARGEST:
                problems.append(f"{file.name} is too large to be read for the names of books")
                continue
            data = file.read_bytes()
            if not data.startswith(MARK):
                continue
            try:
                (rows,) = read_tables(data, [("ZBKLIBRARYASSET", _BOOKS)], file.name)
            except KbError as error:
                problems.append(error.message)
                continue
            for book, title, author in (tuple(map(words, row)) for row in rows):
                if book and title.strip():
                    books.setdefault(book, (title, author))
    return books, problems


def _record(book: str, marks: Sequence[_Mark], title: str, author: str) -> Record:
    placed = sorted(marks, key=lambda one: (_place(one.location), one.created))
    return Record(
        title=squash(title) or f"Apple Books {book}".strip(),
        kind="paper",
        authors=people(author),
        highlights=tuple(_highlight(one) for one in placed),
        key=book,
        raw="\n".join(json.dumps([one.words, one.comment, one.created], ensure_ascii=False) for one in placed),
    )


def _highlight(one: _Mark) -> Highlight:
    chapter = squash(one.chapter)
    underlined = one.style == "0" or one.underlined == "1"
    return Highlight(
        quote=one.words,
        comment=one.comment,
        colour=None if underlined else _COLOURS.get(one.style) or None,
        when=_when(one.created),
        place=f"location {chapter}" if chapter else None,
    )


def _place(location: str) -> list[int]:
    """Where it stands in the book: the steps of its `epubcfi(…)`, without the names in brackets."""
    return [int(step[:9]) for step in re.findall(r"\d+", re.sub(r"\[[^\]]*\]", "", location[:2000]))]


def _when(seconds: str) -> str | None:
    with suppress(ValueError, OverflowError):
        return (_EPOCH + timedelta(seconds=float(seconds))).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None


IMPORTER = Importer(
    name="apple-books",
    version="1",
    what="highlights and notes of Apple Books (`AEAnnotation….sqlite`)",
    recognised_by="a SQLite file with the tables of Apple Books",
    gives="a work each book, and a note with its highlights",
    keeps="highlights in the order of the book with chapter, colour and day, your notes",
    loses="bookmarks, what you deleted",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("AEAnnotation.sqlite",),
    precedence=24,
)
