"""Apple Books: what is marked in the books of its database, whose names lie in another, and damaged ones."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import choose
from importers.base import Input
from importers.exports import apple_books, highlights
from importers.files import read_files
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.exports.interchange_checks import quotes
from tests.importers.importer_checks import check

COLUMNS = (
    "ZANNOTATIONASSETID, ZANNOTATIONSELECTEDTEXT, ZANNOTATIONNOTE, ZANNOTATIONSTYLE, ZANNOTATIONDELETED, "
    "ZANNOTATIONTYPE, ZANNOTATIONCREATIONDATE, ZANNOTATIONLOCATION, ZFUTUREPROOFING5"
)
MARKS = [
    ("B1", "Nine frogs are not ten.", "I doubt it.", 3, 0, 2, 799578300.5, "epubcfi(/6/10[c 99]!/4/2,/1:0)", "Two"),
    ("B1", "A pond has no corners.", None, 1, 0, 2, 799578400, "epubcfi(/6/8[c 100]!/4/12,/1:0)", "One"),
    ("B2", None, "A note alone.", 3, 0, 2, 799578500, None, None),
    ("B1", "Taken back.", None, 3, 1, 2, 799578300, None, None),
    ("B1", None, None, 0, 0, 3, 799578300, "epubcfi(/6/8)", None),
    ("B1", None, None, 0, 0, 1, 799578300, "epubcfi(/6/8)", None),
]


def database(table: str, columns: str, rows: list[tuple[object, ...]]) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE {table} (Z_PK INTEGER PRIMARY KEY, {columns})")
    marks = ", ".join("?" * (columns.count(",") + 1))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
    connection.commit()
    return connection.serialize()


WHOLE = database("ZAEANNOTATION", COLUMNS, list(MARKS))
BOOKS = database("ZBKLIBRARYASSET", "ZASSETID, ZTITLE, ZAUTHOR", [("B1", "Ponds", "Ada Moss & Tom Reed")])


def read(data: bytes, target: str = "") -> list[Document]:
    documents = apple_books.read(Input("", "AEAnnotation.sqlite", target, data))
    for document in documents:
        check(highlights.IMPORTER if document.importer == "highlights" else apple_books.IMPORTER, document)
    return documents


def test_books_are_named_by_the_library_in_the_folder_beside(tmp_path: Path) -> None:
    for name, data in (("AEAnnotation/AEAnnotation_v1.sqlite", WHOLE), ("BKLibrary/BKLibrary-1.sqlite", BOOKS)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(data)
    (tmp_path / "AEAnnotation/AEAnnotation_v1.sqlite-wal").write_bytes(b"7\x7f\x06\x82\0\0\0")
    (item,) = (one for one in read_files(tmp_path) if isinstance(one, Input))  # the library is no text of its own
    assert choose(item) is apple_books.IMPORTER
    work, note, unknown, _ = read(item.original, item.target)
    assert (work.title, [one.name for one in work.authors]) == ("Ponds", ["Ada Moss", "Tom Reed"])
    assert quotes(note) == [("A pond has no corners.", []), ("Nine frogs are not ten.", ["I doubt it."])]
    assert "> — location One · green · 2026-05-04" in note.text
    assert note.published == "2026-05-04T09:06:40Z"
    assert unknown.title == "Apple Books B2"
    assert [one.partition(":")[0] for one in work.problems] == [
        "what Books has not yet written into the file (it has a -wal file) is missing",
        "books whose names are not in a BKLibrary file beside it",
        "deleted highlights are left out",
        "bookmarks and highlights without words are left out",
    ]


def test_a_damaged_library_costs_the_names_alone(tmp_path: Path) -> None:
    (tmp_path / "BKLibrary.sqlite").write_bytes(BOOKS[:600])
    work = read(WHOLE, str(tmp_path / "AEAnnotation.sqlite"))[0]
    assert work.title == "Apple Books B1"
    assert any("BKLibrary.sqlite cannot be read" in one for one in work.problems)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=30), st.data())
def test_damaged_databases_give_documents_or_one_clear_error(
    changes: list[tuple[int, int]], data: st.DataObject
) -> None:
    torn = bytearray(WHOLE)
    for place, value in changes:
        torn[place] = value
    for given_ in (bytes(torn), WHOLE[: data.draw(st.integers(0, len(WHOLE)))]):
        try:
            read(given_)
        except KbError:
            continue


def test_nothing_marked_is_an_error() -> None:
    with pytest.raises(KbError, match="holds no entry"):
        read(database("ZAEANNOTATION", COLUMNS, []))
