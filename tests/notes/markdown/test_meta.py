from __future__ import annotations

import pytest

from kb.model.document import Author
from notes.markdown.meta import plain, read_note


def test_front_matter_speaks_first() -> None:
    text = (
        "---\ntitle: On *Moths*\nalias: Grey ones\ntags: [night, wings]\nauthor: Jane Doe\ndate: 2024-05-01\n"
        "href: https://x.example/moths\n---\n# Something else\n\nWords #night #wings/grey `#no`\n"
    )
    note = read_note(text, "file name")
    assert note.title == "On Moths"
    assert note.aliases == ("Grey ones",)
    assert note.tags == ("night", "wings", "wings/grey")
    assert note.authors == (Author("Jane Doe"),)
    assert (note.date, note.url, note.problems) == ("2024-05-01", "https://x.example/moths", ())
    assert note.metadata["title"] == "On *Moths*"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# [[A|Moths]] of `night`\nwords", "Moths of night"),
        ("## Not the first level\n", "name"),
        ("words\n\n# Later\n", "Later"),
        ("# One\n\n# Two\n", "name"),
        ("## Section\n\n# References\n", "name"),
        ("- # An outline's\n", "name"),
        ("> # Quoted\n", "name"),
        ("> # Quoted\n\nSetext\n===\n\n## More\n", "Setext"),
        ("```\n# code\n```\n\n# Title\n", "Title"),
        ("", "name"),
        ("---\ntitle:\n---\n# Body title", "Body title"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert read_note(text, "name").title == title


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("date_published: 2024-03-02", "2024-03-02"),
        ("date created: Saturday, June 8th 2024, 10:00:00 am", "2024-06-08T10:00:00"),
        ("date-created: 2024-06-08", "2024-06-08"),
        ("created_at: 2024-06-08T10:30:00Z", "2024-06-08T10:30:00Z"),
        ("pubDate: Sat, 08 Jun 2024 10:00:00 GMT", "2024-06-08T10:00:00Z"),
        ("publishDate: 2024-06-08", "2024-06-08"),
        ("date: 202406081030", "2024-06-08T10:30"),
        ("created: 1717840800000", "2024-06-08T10:00:00Z"),
        ("created: '[[2024-06-08|that day]]'", "2024-06-08"),
        ("updated: 2024-06-09\npublished: 2024-06-08\ncreated: 2024-06-10", "2024-06-08"),
        ("date modified: Sunday, June 9th 2024, 9:12:00 am", None),
        ("lastmod: 2024-06-08\nupdated: 2024-06-08\nmodified: 2024-06-08", None),
        ("date: 06/08/2024", None),
    ],
)
def test_dates_as_programs_write_them(line: str, date: str | None) -> None:
    assert read_note(f"---\n{line}\n---\nWords\n", "n").date == date


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("original_url: https://x.example/a\nurl: https://x.example/b", "https://x.example/a"),
        ("canonical: https://x.example/a", "https://x.example/a"),
        ("Source-URL: <https://x.example/a>", "https://x.example/a"),
        ("link: '[A page](https://x.example/a_(b))'", "https://x.example/a_(b)"),
        ("source: [https://x.example/a, https://x.example/b]", "https://x.example/a"),
        ("source: A book\nwebsite: https://x.example/a", "https://x.example/a"),
        ("image: https://x.example/a.png", None),
        ("url: /posts/a", None),
    ],
)
def test_addresses_that_a_note_names(line: str, url: str | None) -> None:
    assert read_note(f"---\n{line}\n---\nWords\n", "n").url == url


@pytest.mark.parametrize(
    "line",
    ["author: Jane Doe", "Authors: [Jane Doe]", "byline: By Jane Doe", "written by: Jane Doe",
     "writer: '[[Jane Doe]]'", "author: {name: Jane Doe}", "authors:\n  - given: Jane\n    family: Doe", 
     "authors:\n  - {first: Jane, last: Doe}"],
)  # fmt: skip
def test_authors_in_their_usual_spellings(line: str) -> None:
    assert read_note(f"---\n{line}\n---\nWords\n", "n").authors == (Author("Jane Doe"),)


def test_problems_are_told() -> None:
    note = read_note("---\ntitle: a: b\n---\n", "name")
    assert note.title == "a: b"
    assert note.problems == ("front matter: mapping values are not allowed here, line 2",)


def test_plain() -> None:
    assert (
        plain("**a** [b](https://x.example/c_(d)) ![[e.png]] snake_case_name 2 * 3")
        == "a b e.png snake_case_name 2 * 3"
    )
