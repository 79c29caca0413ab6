"""Front matter written of another program's properties."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from importers.texts.front_matter import front_matter
from notes.markdown.meta import read_note


def test_words_are_quoted_lists_are_lists_and_odd_names_are_quoted_too() -> None:
    assert front_matter({"author": "Ada: Moss", "tags": ["a b", 'c"d'], "last read": "May"}) == [
        "---", "author: \"Ada: Moss\"", 'tags: ["a b", "c\\"d"]', '"last read": "May"', "---",
    ]  # fmt: skip
    assert front_matter({}) == []


@given(st.text(alphabet="ab:#[]{}'\"\\-é", max_size=20))
def test_what_is_written_is_read_again(title: str) -> None:
    note = read_note("\n".join([*front_matter({"title": f"x{title}"}), "Text."]), "name")
    assert note.title == f"x{title}"
