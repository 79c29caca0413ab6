"""Facts out of JSON, and what may be asked of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.model.facts import NUMBERS, Fact, asked, fact


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (12, Fact("rating", 12.0)),
        (-3, Fact("rating", -3.0)),
        ("6: marginally above", Fact("rating", 6.0, "6: marginally above")),
        ("3 good", Fact("rating", 3.0, "3 good")),
        ("4.5", Fact("rating", 4.5)),
    ],
)
def test_a_number_or_words_that_lead_with_one(value: object, made: Fact) -> None:
    assert fact("rating", value) == (made,)


@pytest.mark.parametrize("value", [None, True, "", "good", "3rd", [], {}, 10**400, math.nan, math.inf])
def test_what_is_no_number_is_no_score(value: object) -> None:
    assert fact("rating", value) == ()


def test_words_are_kept_where_a_fact_has_words_and_shown_as_they_stand() -> None:
    (made,) = fact("decision", " Accept  (poster) ")
    assert (made.value, made.in_words) == ("Accept (poster)", "decision Accept (poster)")
    assert [one.in_words for one in (Fact("karma", 12.0), Fact("rating", 6.0, "6: weak"), Fact("rating", 4.5))] == [
        "karma 12", "rating 6: weak", "rating 4.5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "how", "number"),
    [("karma:>50", ">", 50), ("karma:≥ 50", ">=", 50), ("Rating:<=4.5", "<=", 4.5), ("points:7", "=", 7),
     ("agreement:<-2", "<", -2), ("agreement:>−2", ">", -2)],
)  # fmt: skip
def test_a_comparison_in_its_spellings(text: str, how: str, number: float) -> None:
    made = asked(text)
    assert (made.name, made.how, made.number) == (text.partition(":")[0].lower(), how, number)


@pytest.mark.parametrize(
    ("text", "words"),
    [("state:open", "open"), ("decision:Accepted", "accept"), ("decision:desk-rejected", "desk rejected")],
)
def test_words_are_asked_for_however_they_are_written(text: str, words: str) -> None:
    assert asked(text).words == words


@pytest.mark.parametrize("text", ["karma:many", "karma:", "karma:>", "size:>3", "state:blue", "state:", "decision:x"])
def test_what_makes_no_sense_is_said(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        asked(text)
    assert caught.value.hint


@settings(max_examples=50)
@given(st.sampled_from(NUMBERS), st.integers(-(10**14), 10**14), st.sampled_from(["", " points", ": good"]))
def test_every_number_is_read_back(name: str, number: int, behind: str) -> None:
    (made,) = fact(name, f"{number}{behind}")
    assert made.value == number
    assert asked(f"{name}:{number}").number == number
