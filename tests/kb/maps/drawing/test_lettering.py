"""Lines of a picture: as wide as told, no word lost, none cut without need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.maps.drawing.lettering import broken, known, width
from kb.maps.drawing.text import one_line
from tests.kb.maps.formats.example_maps import HOSTILE_TEXTS, texts


@given(text=texts, room=st.floats(20, 400), size=st.sampled_from((11.5, 13.0)))
def test_lines_fit_and_lose_nothing(text: str, room: float, size: float) -> None:
    lines = broken(text, room, size)
    assert lines
    assert all(width(line, size) <= room + 0.01 or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(one_line(text).split())


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_what_is_more_than_is_wanted_ends_in_an_ellipsis(text: str) -> None:
    lines = broken(text, 80, 13, 2)
    assert len(lines) <= 2
    assert (len(broken(text, 80, 13)) > 2) == lines[-1].endswith("…")


def test_no_word_is_cut_where_another_stands_before_it() -> None:
    assert broken("one two three four", 60, 13, 1) == ("one two…",)
    assert broken("incomprehensibilities", 60, 13, 1)[0].startswith("incom")


def test_without_any_room_there_is_an_end() -> None:
    assert "".join(broken("some words", -5, 13)) == "somewords"


def test_widths_are_those_of_helvetica() -> None:
    assert width("Hello", 1000) == 722 + 556 + 222 + 222 + 556
    assert width("é", 10) == width("e", 10)
    assert known("“It’s” – naïve…")
    assert not known("日本")
    assert width("日本", 10) == 20
