"""What steers a terminal is taken out of names, and shown in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.controls import visible, without

STEERING = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
NAMES = st.text(st.one_of(st.sampled_from(STEERING), st.characters(exclude_categories=["Cs"])))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("On \x1b[31;1mred\x1b[0m mills", "On red mills"),
        ("\x1b]0;owned\x07On mills", "On mills"),
        ("\x1b]8;;https://example.org\x1b\\here\x1b]8;;\x1b\\", "here"),
        ("\x9b31mOn\x07 mi\x00lls\x7f", "On mills"),
        ("Ada\u202e ecila\u202c \u2066Ek\u2069", "Ada ecila Ek"),
        ("two\nlines\tand\x85more", "two lines and more"),
        ("Åse Öberg 👩‍🔬 日本", "Åse Öberg 👩‍🔬 日本"),
    ],
)
def test_a_name_says_what_it_said_without_what_steers(name: str, clean: str) -> None:
    assert without(name) == clean


@given(NAMES)
def test_nothing_that_steers_is_left_in_a_name(name: str) -> None:
    assert not set(STEERING) & set(without(name))
    assert without(without(name)) == without(name)


@given(NAMES)
def test_a_text_keeps_every_other_character_in_its_place(text: str) -> None:
    shown = visible(text)
    assert not (set(STEERING) - {"\n", "\t"}) & set(shown)
    assert len(shown) == len(text)
    assert all(a == b for a, b in zip(text, shown, strict=True) if a not in STEERING or a in "\n\t")
