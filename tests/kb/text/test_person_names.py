"""Names of people: their words, whatever the order and the case; initials that fit; slips of the pen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import person_names

_NAME = st.text(alphabet="abcdeéöNAß ,.-'()Д李", max_size=20)


@pytest.mark.parametrize(
    "name",
    [
        "Neel Nanda", "NEEL NANDA", "neel  nanda", "Nanda, Neel", "Neel Nanda (he/him)", "Néel Nanda", "Dr. Neel Nanda",
        "Neel Nanda, PhD", "neel_nanda-1", "Neel-Nanda",
    ],
)  # fmt: skip
def test_one_name_written_in_many_ways_has_the_same_words(name: str) -> None:
    assert person_names.words(name) == ("neel", "nanda")


def test_what_tells_people_apart_stays() -> None:
    assert person_names.words("J.R. Smith") == ("j", "r", "smith")
    assert person_names.words("JR Smith") == ("j", "r", "smith")
    assert person_names.words("John Smith, Jr.") == ("john", "smith", "jr")
    assert person_names.words("Wei Li") != person_names.words("Li Wei")
    assert person_names.words("[deleted]") == ()


@pytest.mark.parametrize("name", ["neelnanda", "NeelNanda", "neel_nanda", "neel-nanda-1", "Neel Nanda"])
def test_an_account_has_the_letters_of_the_name(name: str) -> None:
    assert person_names.run_together(name) == "neelnanda"


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("N. Nanda", "Neel Nanda", True),
        ("Neel Nanda", "Neel K. Nanda", True),
        ("N. K. Nanda", "Neel Kumar Nanda", True),
        ("N. Nanda", "Neel Kumar Nanda", True),
        ("Ann B. Lee", "Ann Bo Lee", True),
        ("N. Nanda", "Mira Nanda", False),
        ("N. Nanda", "Neel Nandan", False),
        ("Ann Lee", "Ann Marie Lee", False),
        ("Ann C. Lee", "Ann B. Lee", False),
        ("Ann Lee", "Anna Lee", False),
        ("Nanda", "Neel Nanda", False),
    ],
)
def test_initials_fit_or_they_do_not(one: str, other: str, fit: bool) -> None:
    words = person_names.words(one), person_names.words(other)
    assert person_names.agree(*words) is fit
    assert person_names.agree(*reversed(words)) is fit


@pytest.mark.parametrize(("one", "other"), [("nanda", "nadna"), ("brian", "brain")])
def test_two_letters_exchanged(one: str, other: str) -> None:
    assert person_names.exchanged(one, other)
    assert not person_names.exchanged(one, one)


def test_a_letter_that_is_missed_inside_and_not_one_that_names_differ_by() -> None:
    assert person_names.letter_missed("nanda", "naanda") is False  # doubled
    assert person_names.letter_missed("nanda", "nansda")
    for pair in (("hoffman", "hoffmann"), ("brand", "brandt"), ("carter", "carver"), ("lee", "leee")):
        assert not person_names.letter_missed(*pair)


def test_the_fuller_name_is_the_one_to_show() -> None:
    names = ["neel", "N. Nanda", "Nanda, Neel", "neel nanda", "Neel Nanda (he/him)", "Neel Nanda"]
    assert max(names, key=person_names.fullness) == "Neel Nanda"
    assert person_names.fullness("José Ruiz") > person_names.fullness("Jose Ruiz")


@given(_NAME, _NAME)
def test_any_two_names_can_be_compared_and_the_order_does_not_matter(one: str, other: str) -> None:
    a, b = person_names.words(one), person_names.words(other)
    assert person_names.words(" ".join(a)) == a or len(a) == 0 or len(a) == 1
    assert person_names.agree(a, b) == person_names.agree(b, a)
    for word in a:
        for another in b:
            assert person_names.exchanged(word, another) == person_names.exchanged(another, word)
            assert person_names.letter_missed(word, another) == person_names.letter_missed(another, word)
            apart = person_names.one_letter_apart(word, another)
            assert apart == person_names.one_letter_apart(another, word)
            if apart:
                assert set(person_names.slips(word)) & set(person_names.slips(another))
