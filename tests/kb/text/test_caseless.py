"""A pattern that ignores case finds what `re.IGNORECASE` finds, at the same places."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.text.caseless import Caseless

PATTERN = r"\b(?:(?P<What>no\w*|İ?ss|straße)|[A-C]\W+\S)\b|'S\b"
_LETTERS = st.text(alphabet="aAbBcCnNoOsSİıßẞ' -É\n", max_size=30)


@settings(max_examples=50)
@given(_LETTERS)
def test_it_finds_what_ignoring_case_finds(text: str) -> None:
    slow, fast = re.compile(PATTERN, re.I), Caseless(PATTERN)
    if any(letter in text for letter in "İıßẞ"):
        return  # re.IGNORECASE and small letters differ about these
    assert [m.span() for m in fast.finditer(text)] == [m.span() for m in slow.finditer(text)]
    one, other = fast.search(text), slow.search(text)
    assert (one and one.span()) == (other and other.span())


def test_places_are_those_of_the_text_where_small_letters_are_more() -> None:
    found = Caseless("noon").search("İİ at Noon")
    assert found is not None
    assert found.span() == (6, 10)


def test_what_is_cased_counts_as_it_is_written() -> None:
    pattern = Caseless("empirically", cased="according to [A-Z]")
    assert pattern.search("According to us, according to Ada") is not None
    assert pattern.search("according to us") is None
    assert pattern.search("EMPIRICALLY") is not None
