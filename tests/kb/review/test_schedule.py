"""When a statement is due: the same everywhere, later for what stands, sooner for what moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.credence import Credence
from kb.review.schedule import GRADES, Seen, after, due, grade_of

FIRST = "2024-01-01T00:00:00Z"
SECOND = "2024-01-04T00:00:00Z"


def held(middle: float) -> Credence:
    return Credence("c1", "me", middle, middle, FIRST)


@pytest.mark.parametrize(
    ("before", "now", "grade"),
    [(0.7, 0.7, "good"), (0.7, 0.72, "good"), (0.7, 0.6, "hard"), (0.7, 0.5, "again"), (0.2, 0.9, "again")],
)
def test_how_far_a_credence_moved_is_how_badly_it_lasted(before: float, now: float, grade: str) -> None:
    assert grade_of(held(before), held(now)) == grade


def test_a_first_credence_lasts_some_days() -> None:
    card = after(None, [Seen(FIRST, "good")])
    assert card
    assert "2024-01-02" < due(card) < "2024-01-08"
    assert after(None, []) is None


def test_what_stands_is_asked_later_than_what_moved() -> None:
    dues = []
    for grade in GRADES:
        card = after(after(None, [Seen(FIRST, "good")]), [Seen(SECOND, grade)])  # type: ignore[arg-type]
        assert card
        dues.append(due(card))
    assert dues == sorted(dues)
    assert len(set(dues)) == len(GRADES)


@given(st.lists(st.sampled_from(["hard", "good", "easy"]), min_size=1, max_size=12))
def test_a_card_follows_from_its_moments_alone_and_is_due_within_a_year(grades: list[str]) -> None:
    moments = [Seen(f"20{10 + place}-03-01", grade) for place, grade in enumerate(grades)]  # type: ignore[arg-type]
    whole, step = after(None, moments), None
    for moment in moments:
        step = after(step, [moment])
    assert whole == step
    assert whole
    assert moments[-1].at < due(whole) <= f"{int(moments[-1].at[:4]) + 1}-03-02"
    assert after(whole, moments) == whole  # what is in it already counts once


@pytest.mark.parametrize(
    "at", ["2024", "2024-03", "2024-03-01", "2024-03-01T10:00:00Z", "2024-03-01T10:00:00.5Z", "2024-99-99", ""]
)
def test_times_as_a_vault_may_have_them(at: str) -> None:
    assert after(None, [Seen(at, "good")])
