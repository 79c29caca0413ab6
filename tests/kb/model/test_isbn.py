"""ISBNs: both lengths mean the same book, and one wrong digit is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import isbn

DIGITS = st.text("0123456789", min_size=9, max_size=9)


@given(body=DIGITS)
def test_ten_digits_and_thirteen_are_one_book(body: str) -> None:
    ten = body + isbn.expected(body + "0")
    assert isbn.read(ten) == isbn.read(ten.lower()) == isbn.read(isbn.digits13(ten)) == isbn.digits13(ten)


@given(body=DIGITS, place=st.integers(0, 9), other=st.sampled_from("0123456789X"))
def test_one_wrong_digit_is_seen(body: str, place: int, other: str) -> None:
    ten = body + isbn.expected(body + "0")
    wrong = ten[:place] + other + ten[place + 1 :]
    assert (isbn.read(wrong) is None) == (wrong != ten)


@given(
    body=DIGITS, prefix=st.sampled_from(["978", "979"]), place=st.integers(3, 12), other=st.sampled_from("0123456789")
)
def test_one_wrong_digit_of_thirteen_is_seen(body: str, prefix: str, place: int, other: str) -> None:
    whole = prefix + body + isbn.expected(prefix + body + "0")
    wrong = whole[:place] + other + whole[place + 1 :]
    assert (isbn.read(wrong) is None) == (wrong != whole)


@given(st.text())
def test_any_text_is_one_or_none(text: str) -> None:
    found = isbn.read(text)
    assert found is None or isbn.read(found) == found


@pytest.mark.parametrize("text", ["", "isbn:", "X123456789", "978-0-306-40615", "1234567890123", "--------------"])
def test_what_is_none(text: str) -> None:
    assert isbn.read(text) is None
    assert isbn.is_labelled(text) == text.startswith("isbn")
