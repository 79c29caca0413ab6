"""The span of a text that was selected where it is shown without its marks."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import NotFoundError, UsageError
from kb.sources.selection import find

TEXT = "Some **bold claim** here, and [a link](http://x.y/a_b). “See [[Page|words]] now.” End[^1] of it. Some more."


@pytest.mark.parametrize(
    ("shown", "verbatim"),
    [
        ("bold claim here", "bold claim** here"),
        ("a link", "a link"),
        ("here, and a link.", "here, and [a link](http://x.y/a_b)."),
        ("“See words now.”", "“See [[Page|words]] now.”"),
        ("End[1] of it.", "End[^1] of it."),
        ("claim\n\nhere", "claim** here"),
        ("SOME BOLD", "Some **bold"),
        ("aim here, and", "aim** here, and"),
    ],
)
def test_words_are_found_under_their_marks(shown: str, verbatim: str) -> None:
    start, end = find(TEXT, shown)
    assert TEXT[start:end] == verbatim


@pytest.mark.parametrize(
    ("text", "shown", "verbatim"),
    [
        ("As told in [3] by many.", "told in [3] by", "told in [3] by"),
        ("> [!tip] Use it\n> well.", "Tip Use it\n\nwell.", "tip] Use it\n> well."),
        ("See `[a](b.md)` and [c](d.md) there.", "[a](b.md) and c there", "a](b.md)` and [c](d.md) there"),
        ("So $x^2 + y$ holds.", "So x^2 + y holds.", "So $x^2 + y$ holds."),
    ],
)  # fmt: skip
def test_what_looks_like_marks_may_be_words(text: str, shown: str, verbatim: str) -> None:
    start, end = find(text, shown)
    assert text[start:end] == verbatim


def test_of_several_places_the_one_from_where_it_was_selected_on_is_meant() -> None:
    start, _ = find(TEXT, "Some", near=20)
    assert TEXT[start:] == "Some more."
    assert find(TEXT, "Some", near=10_000)[0] == 0


def test_what_does_not_stand_there_and_nothing_are_errors() -> None:
    with pytest.raises(NotFoundError):
        find(TEXT, "another claim")
    for nothing in ("", "  ", "…", "x " * 6000):
        with pytest.raises(UsageError):
            find(TEXT, nothing)


WORDS = st.lists(st.from_regex(r"[a-zé]{1,8}", fullmatch=True), min_size=1, max_size=12)
MARKS = st.sampled_from([" ", " **", "** ", " *", ", ", "\n\n", "](http://a/b) ", " [[X|", "]] ", " `"])


@given(WORDS, st.data())
def test_whatever_stands_between_words_they_are_found(words: list[str], data: st.DataObject) -> None:
    text = "".join(word + data.draw(MARKS) for word in words)
    start, end = find("zzzzzzzzz " + text, " ".join(words))
    found = ("zzzzzzzzz " + text)[start:end]
    assert re.findall(r"\w+", found)[-1] == words[-1]
    assert found.startswith(words[0])


@pytest.mark.parametrize("sign", ["a ", "[", "](", "* ", "<b ", "[[x|"])
def test_a_long_text_of_one_sign_takes_no_time(sign: str) -> None:
    began = time.process_time()
    with pytest.raises(NotFoundError):
        find(sign * 200_000, "a b c never")
    assert time.process_time() - began < 5
