"""JSON of other programs: every value can be stored, and all that could be before is as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.text.json_values import json_value

TEXTS = st.text(st.characters() | st.sampled_from("\\u\ud83d\ude00d8😀"), max_size=12)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r'"cut \ud83d"', "cut \ufffd"),
        (r'"\ude00 cut"', "\ufffd cut"),
        (r'"\ud83d\ude00"', "😀"),
        (r'"\ud83d\ud83d\ude00"', "\ufffd😀"),
        (r'"\ude00\ud83d"', "\ufffd\ufffd"),
        (r'"\\ud83d"', r"\ud83d"),
        (r'"\\\ud83d"', "\\\ufffd"),
    ],
)
def test_a_surrogate_alone_is_no_character(written: str, value: str) -> None:
    assert json_value(written) == value
    assert json_value(f'{{"a": {written}}}'.encode()) == {"a": value}


@given(TEXTS, st.booleans())
@example("\ud83d\ude00", True)
def test_what_is_read_can_be_stored(text: str, escaped: bool) -> None:
    written = json.dumps([text], ensure_ascii=escaped).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    (read,) = json_value(written)
    read.encode()
    if not any("\ud800" <= sign <= "\udfff" for sign in text):
        assert read == text


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe\xff", b"\xef\xbb\xbf[1"])
def test_what_is_no_json_is_an_error_of_values(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        json_value(data)


def test_a_mark_of_the_byte_order_is_read_over() -> None:
    assert json_value("\ufeff[1]".encode()) == [1]
    assert json_value("\ufeff[1]".encode("utf-16-le")) == [1]
