"""What is near in meaning may be the opposite: no such pair may be taken for the same."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.suggest.contrast import suspect
from tests.kb.suggest.restated_pairs import OPPOSED, PARAPHRASES

PAIRS = [(kind, *pair) for kind, pairs in OPPOSED.items() for pair in pairs]
_SENTENCES = sorted({text for pair in chain(*OPPOSED.values(), PARAPHRASES) for text in pair})


@pytest.mark.parametrize(("kind", "one", "other"), PAIRS)
def test_an_opposed_pair_never_counts_as_the_same(kind: str, one: str, other: str) -> None:
    assert suspect(one, other) is not None, kind
    assert suspect(other, one) is not None, kind


def test_most_paraphrases_pass() -> None:
    assert len(PAIRS) >= 80
    passed = sum(suspect(*pair) is None for pair in PARAPHRASES)
    assert passed >= 24  # of 40; what a check stops is only `related`


@pytest.mark.parametrize(
    ("one", "other", "check"),
    [
        ("Nets are safe.", "Nets are unsafe.", "antonyms"),
        ("Counts fell by 40%.", "Counts fell by 14%.", "numbers"),
        ("The dam holds.", "The dam does not hold.", "negation"),
        ("Stress causes poor sleep.", "Poor sleep causes stress.", "order"),
        ("The ferry is always late.", "The ferry is often late.", "quantifiers"),
    ],
)
def test_the_check_is_named(one: str, other: str, check: str) -> None:
    assert suspect(one, other) == check


def test_two_negations_in_a_row_are_none() -> None:
    assert suspect("A bridge is not impossible to build here.", "A bridge is impossible to build here.") == "negation"
    assert suspect("A bridge is not impossible to build here.", "A bridge is possible to build here.") is None
    assert suspect("The plan never fails to help small labs.", "The plan helps small labs.") is None


@given(st.sampled_from(_SENTENCES))
def test_a_sentence_says_the_same_as_itself(text: str) -> None:
    assert suspect(text, text) is None
    assert suspect(text, text.upper().capitalize()) in {None, "names"}


@given(st.sampled_from(_SENTENCES))
def test_a_plain_denial_is_always_noticed(text: str) -> None:
    assert suspect(text, "It is not true that " + text[0].lower() + text[1:]) is not None


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_texts_can_be_compared(one: str, other: str) -> None:
    assert (suspect(one, other) is None) == (suspect(other, one) is None)
