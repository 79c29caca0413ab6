"""Credences: what may be written, how it is read again, what counts as a change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.model.credence import Credence
from kb.review.credences import gap, moves, parse, range_text, standing


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("0.7", 0.7, 0.7), (".7", 0.7, 0.7), ("70%", 0.7, 0.7), ("70 %", 0.7, 0.7), ("0.4-0.8", 0.4, 0.8),
     ("0.4..0.8", 0.4, 0.8), ("40-80%", 0.4, 0.8), ("40%–80%", 0.4, 0.8), ("0.8-0.4", 0.4, 0.8), ("0", 0, 0),
     ("1", 1, 1), ("0.4 to 0.8", 0.4, 0.8), (" 0.5 ", 0.5, 0.5)],
)  # fmt: skip
def test_a_credence_is_a_number_a_percentage_or_a_range(text: str, low: float, high: float) -> None:
    assert parse(text) == (low, high)


@pytest.mark.parametrize(
    "text", ["", "x", "7", "1.01", "101%", "-0.1", "nan", "inf", "0.1-2", "1e-1", "0.1-0.2-0.3", "%"]
)
def test_anything_else_is_refused_with_the_cure(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert "0.4-0.8" in caught.value.hint


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_what_is_shown_can_be_given_again(one: int, other: int) -> None:
    low, high = sorted((one / 10_000, other / 10_000))
    if (low, high) != (0, 1):
        assert parse(range_text(low, high)) == (low, high)


@given(st.text(max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    try:
        low, high = parse(text)
    except UsageError:
        return
    assert 0 <= low <= high <= 1


def test_moves_are_the_credences_between_which_somebody_changed() -> None:
    def at(day: int, low: float) -> Credence:
        return Credence("c", "me", low, low, f"2024-05-{day:02}T00:00:00Z")

    history = [at(1, 0.3), at(2, 0.3), at(3, 0.5), at(9, 0.7)]
    assert [c.low for c in moves(history)] == [0.3, 0.5, 0.7]
    assert [c.low for c in moves(history, "2024-05-05")] == [0.5, 0.7]
    assert [c.low for c in moves(history, "2024-05-10")] == [0.7]
    assert [c.low for c in moves(history[:2])] == [0.3]


def test_a_withdrawn_credence_is_none() -> None:
    given_ = {"Ann": [Credence("c", "Ann", 0.2, 0.2, "1"), Credence("c", "Ann", 0, 1, "2")],
              "Ben": [Credence("c", "Ben", 0.6, 0.8, "3")]}  # fmt: skip
    assert [c.who for c in standing(given_)] == ["Ben"]
    assert gap(standing(given_)) == 0
