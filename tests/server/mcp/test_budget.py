"""Answers that fit into so many tokens."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.mcp.budget import CHARACTERS, LEAST, fitted, size

ROWS = st.lists(st.dictionaries(st.sampled_from("abc"), st.text(max_size=400), max_size=3), max_size=30)


@given(ROWS, ROWS, st.text(max_size=3000), st.integers(0, 3000))
def test_it_is_never_more_and_what_is_left_out_is_counted(
    first: list[Any], second: list[Any], words: str, tokens: int
) -> None:
    answer = {"query": words, "first": first, "second": second}
    found: Any = fitted(answer, ("first", "second"), tokens)
    assert size(found) <= max(tokens, LEAST) * CHARACTERS
    if found == answer:
        return
    kept = len(found.get("first", [])) + len(found.get("second", []))
    assert found["left_out"] + kept == len(first) + len(second)
    if not found.get("cut"):
        assert found["first"] == first[: len(found["first"])]
        assert not found["second"] or len(found["first"]) == len(first)


def test_of_one_row_that_is_too_long_the_strings_are_cut_and_say_so() -> None:
    found: Any = fitted({"rows": [{"text": "a" * 10_000, "id": "c1"}]}, ("rows",), LEAST)
    assert found["cut"]
    assert found["rows"][0]["id"] == "c1"
    assert found["rows"][0]["text"].endswith("…")
