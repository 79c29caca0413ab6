"""Kobo: what is marked in the books of its database, and databases that are damaged or made to do harm."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import choose
from importers.base import Failure, Input
from importers.exports import highlights, kobo
from importers.files import read_files
from kb.errors import KbError
from kb.model.document import Document
from kb.store.foreign import read_tables
from tests.importers.exports.interchange_checks import quotes
from tests.importers.importer_checks import check

BOOK = "file:///mnt/onboard/ponds.kepub.epub"
MARKS = [
    (f"{BOOK}!a.xhtml", "Nine frogs are not ten.", "I doubt it.", "2026-05-01T09:05:00.000", "note", "false", 0.4),
    (f"{BOOK}!a.xhtml", "A pond has no corners.", None, "2026-05-02T09:05:00.000", "highlight", "false", 0.2),
    (f"{BOOK}!a.xhtml", "Taken back.", None, "2026-05-02T09:06:00.000", "highlight", "true", 0.3),
    (f"{BOOK}!a.xhtml", None, None, "2026-05-02T09:07:00.000", "dogear", "false", 0.5),
]


def database(*more: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        """CREATE TABLE Bookmark (BookmarkID TEXT PRIMARY KEY, VolumeID TEXT, ContentID TEXT, Text TEXT,
            Annotation TEXT, DateCreated TEXT, Type TEXT, Hidden BIT, ChapterProgress REAL);
        CREATE TABLE content (ContentID TEXT, ContentType TEXT, Title TEXT, Attribution TEXT, ISBN TEXT,
            VolumeIndex INT);
        """
    )
    for number, (chapter, *rest) in enumerate(MARKS):
        row = (str(number), BOOK, chapter, *rest)
        connection.execute("INSERT INTO Bookmark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    contents = [
        (BOOK, "6", "Ponds", "Ada Moss", "9780306406157", None),
        (f"{BOOK}!a.xhtml", "9", "a.xhtml", None, None, 1),
        (f"{BOOK}!a.xhtml-1", "899", "On counting", None, None, 1),
    ]
    connection.executemany("INSERT INTO content VALUES (?, ?, ?, ?, ?, ?)", contents)
    for statement in more:
        connection.execute(statement)
    connection.commit()
    return connection.serialize()


WHOLE = database()


def read(data: bytes) -> list[Document]:
    documents = kobo.read(Input("", "KoboReader.sqlite", "/k/KoboReader.sqlite", data))
    for document in documents:
        check(highlights.IMPORTER if document.importer == "highlights" else kobo.IMPORTER, document)
    return documents


def test_a_database_gives_a_source_a_book_with_quotes_in_their_order_and_the_readers_notes(tmp_path: Path) -> None:
    (tmp_path / "KoboReader.sqlite").write_bytes(WHOLE[:18] + b"\x02\x02" + WHOLE[20:])  # as the device leaves it
    (item,) = read_files(tmp_path)
    assert isinstance(item, Input)
    assert choose(item) is kobo.IMPORTER
    work, note = read(item.original)
    assert (work.title, work.authors[0].name, work.external_ids) == ("Ponds", "Ada Moss", {"isbn": "9780306406157"})
    assert quotes(note) == [("A pond has no corners.", []), ("Nine frogs are not ten.", ["I doubt it."])]
    assert note.blocks[1].label == "location On counting, 20%"
    assert note.published == "2026-05-02T09:05:00Z"
    assert work.problems == ("deleted highlights are left out: 1", "bookmarks are left out: 1")


def test_another_database_is_refused_as_before(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "other.sqlite")
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    (item,) = read_files(tmp_path / "other.sqlite")
    assert isinstance(item, Failure)
    assert "a SQLite database" in item.error.message


def test_a_view_in_the_place_of_a_table_is_not_run() -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS VolumeID FROM n"
    data = database("DROP TABLE Bookmark", f"CREATE VIEW Bookmark AS {endless}")
    assert read_tables(data, [("Bookmark", ("VolumeID",))], "it") == [[]]
    with pytest.raises(KbError):
        read(data)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=30), st.data())
def test_damaged_databases_give_documents_or_one_clear_error(
    changes: list[tuple[int, int]], data: st.DataObject
) -> None:
    torn = bytearray(WHOLE)
    for place, value in changes:
        torn[place] = value
    cut = data.draw(st.integers(0, len(WHOLE)))
    for given_ in (bytes(torn), WHOLE[:cut], bytes(torn)[:cut]):
        try:
            read(given_)
        except KbError:
            continue
