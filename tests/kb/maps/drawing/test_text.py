"""What a reader is to see of a text: its words."""

from __future__ import annotations

import pytest
from hypothesis import given

from kb.maps.drawing.text import letters, shown
from tests.kb.maps.formats.example_maps import texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See [[Page|words]] and [[Folder/Other]].", "See words and Other."),
        ("It holds.^[1]^ And more^1^.", "It holds. And more."),
        ("It is **bold**, *slanted*, `code`, [a link](https://a.example)[^1].", "It is bold, slanted, code, a link."),
        ("A claim^[an aside] goes on", "A claim goes on"),
        ("[text][ref] at <https://a.example/b>", "text at https://a.example/b"),
        ("x^2 and a &amp; b &lt;i&gt;", "x^2 and a & b <i>"),
        ("", ""),
    ],
)
def test_marks_are_left_out(text: str, words: str) -> None:
    assert shown(text) == words


@given(text=texts)
def test_it_is_one_clean_line(text: str) -> None:
    assert not set(shown(text)) & set("\n\r\x00\x1b\u202e")


def test_texts_that_differ_in_marks_alone_have_the_same_letters() -> None:
    assert letters("**Oversight** : we can") == letters("Oversight: We can")
