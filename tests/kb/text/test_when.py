"""Dates as one says them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.when import since, told

TODAY = date(2024, 5, 10)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2024-05-10T08:00:00Z", "today"),
        ("2024-04-30", "on 30 April"),
        ("2024-03-01T00:00:00Z", "in March"),
        ("2023-05-10", "in May 2023"),
        ("2023-05", "in May 2023"),
        ("2022", "in 2022"),
        ("2024-05-12", "on 12 May"),
        ("2024-06-20", "in June"),
    ],
)
def test_a_date_is_as_near_as_it_matters(at: str, said: str) -> None:
    assert told(at, TODAY) == said
    assert since(at, TODAY) == said.removeprefix("on ").removeprefix("in ")


@given(st.from_regex(r"[0-9]{4}(-[0-9]{2}){0,2}(T.*)?", fullmatch=True))
def test_no_date_that_a_vault_may_have_is_an_error(at: str) -> None:
    assert told(at, TODAY)
