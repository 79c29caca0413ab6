"""Plain text as LaTeX and back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.latex import escaped, is_balanced, plain

SIGNS = st.sampled_from([*"{}%&#_~^\\$\"'`-,<>?!()[]@ =:;\n", "\\(", "\\)", "$x$", "''", "--", "\\&", "\\-", "é", "漢"])
LETTERS = st.characters(blacklist_categories=("Cs", "Co", "Cc"))
TEXTS = st.lists(SIGNS | LETTERS, max_size=25).map("".join)


@given(TEXTS)
def test_what_is_escaped_is_read_back(text: str) -> None:
    source = escaped(text)
    assert is_balanced(source)
    wanted = unicodedata.normalize("NFC", " ".join(text.split()))
    assert unicodedata.normalize("NFC", plain(source)) == wanted


@given(TEXTS)
def test_words_kept_in_braces_are_read_back_too(text: str) -> None:
    source = escaped(text, keep=lambda word: word[0].isupper())
    assert unicodedata.normalize("NFC", plain(source)) == unicodedata.normalize("NFC", " ".join(text.split()))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("50% of frogs & toads", r"50\% of frogs \& toads"),
        ("a_b #1", r"a\_b \#1"),
        ("$O(n)$ for 5$", r"$O(n)$ for 5\$"),
        ("one { alone", r"one \textbraceleft{} alone"),
        ("a -- b", r"a -{}- b"),
    ],
)
def test_signs_that_mean_something_in_latex_are_escaped_and_formulas_stay(text: str, source: str) -> None:
    assert escaped(text) == source
