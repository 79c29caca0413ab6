"""The words that people and programs have for how far they are with a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.reading import of_tags, state_of
from kb.model.words import READING_STATES


@given(st.sampled_from(READING_STATES), st.sampled_from(["{}", " {} ", "#{}"]), st.booleans())
def test_a_state_is_known_in_any_spelling(state: str, form: str, loud: bool) -> None:
    written = form.format(state.upper() if loud else state)
    assert state_of(written) == state
    assert state_of(written.replace("-", "_")) == state_of(written.replace("-", " ")) == state


@given(st.text())
def test_no_word_is_an_error(word: str) -> None:
    assert state_of(word) in (None, *READING_STATES)


@pytest.mark.parametrize(
    ("word", "anywhere", "in_its_field"),
    [("unread", "to-read", "to-read"), ("done", None, "read"), ("queue", None, "to-read"), ("draft", None, None)],
)
def test_words_that_notes_use_of_themselves_count_only_in_a_field_for_it(
    word: str, anywhere: str | None, in_its_field: str | None
) -> None:
    assert (state_of(word, only_plain=True), state_of(word)) == (anywhere, in_its_field)


def test_of_several_tags_the_furthest_counts_and_a_topic_is_none() -> None:
    assert of_tags(["ponds", "To Read", "_read"]) == "read"
    assert of_tags(["reading", "ponds"]) is None
