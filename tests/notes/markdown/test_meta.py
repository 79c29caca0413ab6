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


def test_problems_are_told() -> None:
    note = read_note("---\ntitle: a: b\n---\n", "name")
    assert note.title == "a: b"
    assert note.problems == ("front matter: mapping values are not allowed here, line 2",)


def test_plain() -> None:
    assert (
        plain("**a** [b](https://x.example/c_(d)) ![[e.png]] snake_case_name 2 * 3")
        == "a b e.png snake_case_name 2 * 3"
    )
