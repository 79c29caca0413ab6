from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.text.alternatives import by_letter

MANY = r"\b(?:cat|dog|cow|do(?:g|ve)s?|d?og|cats|(?:un|in)able|[cd]ows|\w+n['’]t|ducks?(?! pond)|caf|cod|crow)\b"


def test_alternatives_of_one_letter_stand_together() -> None:
    assert by_letter("cat|dog|cow|eel|fox|crow") == "c(?:at|ow|row)|dog|eel|fox"


@pytest.mark.parametrize("pattern", ["cat|dog", "a(?:b|c)", r"[|(]|\(|\|", "a{2}|b*|c?|d+|e|f"])
def test_what_has_few_or_other_alternatives_stays(pattern: str) -> None:
    assert by_letter(pattern) == pattern


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(["cat", "dog", "doves", "og", "can't", "unable", "cows", "s", "pond", " ", "ducks", "cod"])
    )
)
def test_the_same_is_found(parts: list[str]) -> None:
    text = "".join(parts)
    found, wanted = (re.compile(pattern).finditer(text) for pattern in (by_letter(MANY), MANY))
    assert [match.span() for match in found] == [match.span() for match in wanted]
