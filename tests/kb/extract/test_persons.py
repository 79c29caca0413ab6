"""Who may be a person: no word with which a sentence begins."""

from __future__ import annotations

import pytest

from kb.extract.persons import may_be_person
from kb.extract.speech import reported


@pytest.mark.parametrize(
    "name", ["Correctly", "I'd", "Don’t", "That's", "Suppose", "Thus", "First", "May", "Monday", "Each"]
)
def test_what_begins_a_sentence_is_no_person(name: str) -> None:
    assert not may_be_person(name)


@pytest.mark.parametrize("name", ["Neel", "Emily", "Kelly", "O’Brien", "April Smith", "Sid Black", "Ada Brandt"])
def test_names_may_be_people(name: str) -> None:
    assert may_be_person(name)


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Correctly points out that most work looks at the average case.", None),
        ("Neel points out that most work looks at the average case.", "Neel"),
        ("Ada Brandt also argues that mills are dear.", "Ada Brandt"),
        ("Mia notes that frogs are few.", "Mia"),
        ("Daily notes help with that.", None),
        ("Orphans are notes that nothing links to.", None),
        ("I’d say that it is dear.", None),
    ],
)
def test_who_is_reported_is_a_person(sentence: str, who: str | None) -> None:
    assert reported(sentence, sentence) == who
