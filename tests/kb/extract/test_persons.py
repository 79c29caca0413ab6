"""Who may be a person: no word with which a sentence begins."""

from __future__ import annotations

import pytest

from kb.extract.persons import may_be_person


@pytest.mark.parametrize(
    "name", ["Correctly", "I'd", "Don’t", "That's", "Suppose", "Thus", "First", "May", "Monday", "Each"]
)
def test_what_begins_a_sentence_is_no_person(name: str) -> None:
    assert not may_be_person(name)


@pytest.mark.parametrize("name", ["Neel", "Emily", "Kelly", "O’Brien", "April Smith", "Sid Black", "Ada Brandt"])
def test_names_may_be_people(name: str) -> None:
    assert may_be_person(name)
