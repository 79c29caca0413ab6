"""What a person writes into a note of kb's: its properties and words as one text, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.vault import remarks
from notes.vault.body import Own

WORDS = st.lists(st.sampled_from(["A doubt.", "", "---", "- item", "claim:: x", "key: value", "> quote"]), max_size=6)


@given(WORDS.map("\n".join), st.sampled_from(["", "rating: 5\n", 'seen:\n  - "2024"\n- x\nlist: [a, b]\n']))
def test_they_come_back_as_they_were(words: str, properties: str) -> None:
    if not properties and words.strip().startswith("---"):
        return  # a rule at the very beginning may be told from properties by what follows only
    once = remarks.text(Own(properties, words))
    assert remarks.text(remarks.own(once)) == once
    assert remarks.own(once).properties == properties


@pytest.mark.parametrize("before", ["", "A doubt.", "---\nrating: 5\n---\n", "---\nrating: 5\n---\nA doubt."])
def test_words_are_put_at_the_end_once(before: str) -> None:
    after = remarks.with_words(before, "\nMore.\n")
    assert after.endswith("More.")
    assert after.startswith(before)
    assert remarks.with_words(after, "More.") == after
    assert remarks.text(remarks.own(after)) == after


def test_a_rule_and_words_below_it_are_no_properties() -> None:
    assert remarks.own("---\nA thought, and another.\n---\nEnd.").properties == ""
