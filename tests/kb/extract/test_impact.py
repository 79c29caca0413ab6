"""How something would lead to a good outcome: told from what it does, and from what is feared."""

from __future__ import annotations

import pytest

from kb.extract.impact import leads_to_good


@pytest.mark.parametrize(
    "sentence",
    [
        "That would let us test every well yearly instead of every fifth year.",
        "An open register would do more for safety than another inspection.",
        "A court of appeal could end the quarrels over borders.",
        "If every ward had a chart, it would save the night nurse an hour.",
        "So the point of the index is to find the gaps early, and that alone would save the field a decade.",
        "If each bill had a price on it, we'd waste a lot less money.",
        "This allows us to better foresee floods.",
    ],
)
def test_what_good_would_come_of_it(sentence: str) -> None:
    assert leads_to_good(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "This will restore your hidden items.",
        "This can take a while.",
        "That would not let us test every well.",
        "A court of appeal could end the risk of war, but no king would bow to it.",
        "Would a register save lives?",
        "The well is useful.",
        "It would be nice to know.",
    ],
)
def test_what_a_program_does_and_what_is_feared_are_none(sentence: str) -> None:
    assert not leads_to_good(sentence)
