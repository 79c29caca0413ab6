"""Letters that are written in two ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.usual_letters import usual, without_umlauts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "Strasse"),
        ("ærø", "aero"),
        ("ﬁne ﬂow", "fine flow"),
        ("ёлка", "елка"),
        ("άνθρωπος", "ανθρωπος"),
        ("ᾠδή", "ωδη"),
        ("ısı", "isi"),
        ("كِتَاب", "كتاب"),
        ("أحمد ـ مدرسة", "احمد  مدرسه"),
        ("שָׁלוֹם", "שלום"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_two_ways_to_write_are_one(one: str, other: str) -> None:
    assert usual(one) == usual(other) == other


@given(st.text())
def test_what_is_usual_stays_so(text: str) -> None:
    assert usual(usual(text)) == usual(text)


def test_other_letters_are_other_letters() -> None:
    for text in ("naïve Müller", "мой мои", "青蛙", "น้ำ", "λόγο".replace("ό", "ο"), "हिन्दी"):
        assert usual(text) == text
    assert without_umlauts("müller") == "mueller"
