"""Which credences are listed."""

from __future__ import annotations

import pytest

from kb.review.beliefs import Belief, Wanted, listed
from kb.review.credences import Histories
from kb.store.credences import Credence


def _given(*rows: tuple[str, str, float, str]) -> Histories:
    found: Histories = {}
    for name, who, value, at in rows:
        found.setdefault(name, {}).setdefault(who, []).append(Credence(name, who, value, value, at))
    return found


ROWS = _given(
    ("a", "Ann", 0.2, "2023-01-01"), ("a", "Ann", 0.6, "2024-03-01"), ("a", "Ben", 0.3, "2023-06-01"),
    ("b", "Ben", 0.5, "2025-01-01"),
)  # fmt: skip


def _names(found: list[Belief]) -> dict[str, list[str]]:
    return {one.statement_id: [held.now.who for held in one.held] for one in found}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), {"a": ["Ann", "Ben"], "b": ["Ben"]}),
        (Wanted(who="Ann"), {"a": ["Ann"]}),
        (Wanted(moved=True), {"a": ["Ann"]}),
        (Wanted(first="2024-06"), {"b": ["Ben"]}),
        (Wanted(last="2023-03"), {"a": ["Ann"]}),
        (Wanted(who="Cleo"), {}),
    ],
)
def test_by_whom_and_when_and_whether_they_moved(wanted: Wanted, found: dict[str, list[str]]) -> None:
    assert _names(listed(ROWS, wanted)) == found


def test_the_gap_is_that_of_all_people_whoever_is_listed() -> None:
    (belief,) = listed(ROWS, Wanted(who="Ann"))
    assert (belief.at, round(belief.gap, 3), belief.differ) == ("2024-03-01", 0.3, True)
    assert [credence.low for credence in belief.held[0].moves] == [0.2, 0.6]


def test_what_was_taken_back_is_listed_only_where_moves_are_asked_for() -> None:
    rows = _given(("a", "Ann", 0.2, "2023-01-01"))
    rows["a"]["Ann"].append(Credence("a", "Ann", 0.0, 1.0, "2024-01-01"))
    assert listed(rows, Wanted()) == []
    assert _names(listed(rows, Wanted(moved=True))) == {"a": ["Ann"]}
