"""Matter: highlights of a text, as rows and as objects. The texts are made up."""

from __future__ import annotations

import json

from importers.exports import matter
from tests.importers.exports.interchange_checks import quotes, take

URL = "https://ponds.example/who-counts"
ROWS = [
    {"text": "Nine frogs are not ten.", "note": "I doubt it.", "created": "2026-05-04T09:05:00Z"},
    {"text": "A pond has no corners.", "note": None, "created": "2026-05-05T09:05:00Z"},
]


def test_a_table_gives_a_work_a_text_and_its_highlights() -> None:
    text = (
        "Title,Author,Publisher,URL,Highlight,Note,Created\n"
        f'Who counts,Ada Moss,Ponds Weekly,{URL},"Nine frogs, they say.",I doubt it.,2026-05-04\n'
        f"Who counts,Ada Moss,Ponds Weekly,{URL},A pond has no corners.,,2026-05-05\n"
        "No mark,Ada Moss,Ponds Weekly,https://ponds.example/b,,,2026-05-05\n"
    )
    work, note = take(matter.IMPORTER, text, "matter.csv")
    assert (work.title, work.url, [one.name for one in work.authors]) == ("Who counts", URL, ["Ada Moss"])
    assert quotes(note) == [("Nine frogs, they say.", ["I doubt it."]), ("A pond has no corners.", [])]
    assert note.published == "2026-05-05"
    assert work.problems == ("rows without a highlight, a note or a text that they are of are left out: 1",)


def test_objects_give_the_same_flat_or_with_the_highlights_inside() -> None:
    about = {"title": "Who counts", "author": {"name": "Ada Moss"}, "publisher": "Ponds Weekly", "url": URL}
    flat = [about | {"highlight_text": one["text"]} | one for one in ROWS]
    inside = {"items": [about | {"annotations": ROWS, "tags": [{"name": "frogs"}]}]}
    for value in (flat, inside):
        work, note = take(matter.IMPORTER, json.dumps(value), "matter.json")
        assert (work.title, work.url, [one.name for one in work.authors]) == ("Who counts", URL, ["Ada Moss"])
        assert quotes(note) == [("Nine frogs are not ten.", ["I doubt it."]), ("A pond has no corners.", [])]
