"""Readwise Reader: what lies where in a library, from its CSV and its API."""

from __future__ import annotations

import json

from importers.exports import reader
from tests.importers.exports.interchange_checks import POST, take

CSV = f"""Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen
A,{POST},1,"['ponds', 'a method']",2022-06-05 22:25:52+00:00,0,new,False
B,https://ponds.example/b,2,,2022-06-05 22:25:52+00:00,0.4,later,True
C,https://ponds.example/c,3,,2022-06-05 22:25:52+00:00,1,archive,True
D,https://ponds.example/d,4,,2022-06-05 22:25:52+00:00,0,feed,False
"""


def test_a_library_gives_its_texts_with_their_states_and_leaves_feeds_out() -> None:
    works = take(reader.IMPORTER, CSV, "library.csv")
    assert [(one.title, one.reading and one.reading.state) for one in works] == [
        ("A", "to-read"), ("B", "reading"), ("C", "read"),
    ]  # fmt: skip
    assert works[0].problems == ("texts that only came by a feed are left out: 1",)
    assert works[0].tags == ("ponds", "a method")
    assert works[0].added == works[0].reading.at == "2022-06-05T22:25:52Z"  # type: ignore[union-attr]


def test_the_api_tells_when_a_text_was_moved() -> None:
    rows = [
        {"id": "1", "url": "https://read.readwise.io/read/1", "source_url": POST, "title": "A", "author": "Ann Doe",
         "category": "article", "location": "archive", "tags": {"ponds": {"name": "ponds"}}, "reading_progress": 1,
         "saved_at": "2022-06-05T22:25:52Z", "last_moved_at": "2023-01-02T00:00:00Z", "notes": "hm"},
        {"id": "2", "parent_id": "1", "category": "highlight", "location": None, "reading_progress": 0},
        {"id": "3", "url": "u", "source_url": "https://ponds.example/c", "title": "C", "category": "article",
         "location": "later", "reading_progress": 0.3, "last_opened_at": None},
    ]  # fmt: skip
    work, note, other = take(reader.IMPORTER, json.dumps({"results": rows}), "reader.json")
    assert (work.title, work.kind, work.tags, work.authors[0].name) == ("A", "post", ("ponds",), "Ann Doe")
    assert work.reading
    assert (work.reading.state, work.reading.changed) == ("read", "2023-01-02T00:00:00Z")
    assert work.problems == ("highlights and notes are left out: 1",)
    assert "hm" in note.text
    assert other.reading
    assert other.reading.state == "to-read"  # never opened, whatever the progress says
