"""Twins: which names are offered as one person's, and which never are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kb.sources import people, twins
from kb.store.open import Store, open_store
from tests.small_store import add_source

Texts = Sequence[tuple[str | None, Sequence[str]]]
"""Texts, each with its author and those who speak in it."""
Offered = Callable[[Texts], set[tuple[str, str]]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home")


@pytest.fixture
def offered(store: Store) -> Offered:
    """The pairs of names that are offered for texts, the one to show last."""

    def run(texts: Texts) -> set[tuple[str, str]]:
        for number, (author, speakers) in enumerate(texts):
            add_source(store, f"Text {number}", [(name, f"Herons return, {name}.") for name in speakers], author=author)
        return {one.names for one in twins.offered(store)}

    return run


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        ("N. Nanda", "Neel Nanda"),
        ("Nanda, Neel", "Neel Nanda"),
        ("NEEL NANDA", "Neel Nanda"),
        ("Néel Nanda", "Néel Nanda"),
        ("Neel Nanda (he/him)", "Neel Nanda"),
        ("neelnanda", "Neel Nanda"),
        ("neelknanda", "Neel Nanda"),
        ("Neel_Nanda", "Neel Nanda"),
        ("neel-nanda-1", "Neel Nanda"),
        ("Neel K. Nanda", "Neel Nanda"),
        ("Neel Nadna", "Neel Nanda"),
    ],
)
def test_another_form_of_a_name_is_offered_with_the_fuller_one_to_show(
    offered: Offered, other: str, shown: str
) -> None:
    texts = [("Neel Nanda", ()), ("Neel Nanda", ()), (other, ()), ("Ada Brandt", ()), ("Mira Nanda", ())]
    gone = "Neel Nanda" if shown == other else other
    assert offered(texts) == {(gone, shown)}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jörg Müller", "Joerg Mueller"), ("Wang Wei", "Wei Wang"), ("Eliezer Yudkowsky", "Eliezer Yudkowski")],
)
def test_one_name_in_other_letters_or_turned_round_is_offered(offered: Offered, one: str, other: str) -> None:
    assert offered([(one, []), (one, []), (one, []), (other, [])]) in ({(one, other)}, {(other, one)})


def test_a_first_name_is_offered_where_a_text_has_the_whole_one_too(offered: Offered) -> None:
    assert offered([("Neel Nanda", ["Neel", "Ada"]), ("Ada Brandt", [])]) == {("Neel", "Neel Nanda")}


def test_a_first_name_that_several_bear_is_offered_with_the_text_that_it_is_met_in_alone(
    store: Store, offered: Offered
) -> None:
    assert offered([("Neel Nanda", ["Neel"]), ("Neel Smith", [])]) == {("Neel", "Neel Nanda")}
    assert twins.offered(store)[0].why.endswith(": Text 0")


@pytest.mark.parametrize("elsewhere", [("Neel Smith", ["Neel"]), ("Ada Brandt", ["Neel"])])
def test_a_first_name_that_several_bear_and_that_is_met_elsewhere_is_not_offered(
    offered: Offered, elsewhere: tuple[str, list[str]]
) -> None:
    assert offered([("Neel Nanda", ["Neel"]), ("Neel Smith", []), elsewhere]) == set()


def test_initials_that_fit_two_people_are_not_offered(offered: Offered) -> None:
    assert offered([("N. Nanda", []), ("Neel Nanda", []), ("Nina Nanda", [])]) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Lee", "Anna Lee"),
        ("Ann Lee", "Ann Leigh"),
        ("Maria Jensen", "Marie Jensen"),
        ("Maria Jensen", "Maria Jenson"),
        ("Scott Hoffman", "Scott Hoffmann"),
        ("John Carter", "John Carver"),
        ("Sue Lee", "Su Lee"),
        ("Adam Kowalski", "Adam Kowalska"),
        ("Ann Lee", "Ann Marie Lee"),
        ("John Smith", "John Smith Jr."),
        ("Ada Brand", "Ada Brandt"),
        ("John Smith", "Jane Smith"),
        ("John Smith", "johnsmiths"),
    ],
)
def test_two_different_full_names_are_never_offered(offered: Offered, one: str, other: str) -> None:
    assert offered([(one, []), (one, []), (one, []), (other, [])]) == set()


def test_authors_of_one_text_are_two_people(store: Store, offered: Offered) -> None:
    from kb.model.document import Author
    from kb.store import source_writing

    rowid = add_source(store, "Together", ["Herons return."])
    with store.transaction():
        source_writing.set_authors(store, rowid, [Author("N. Nanda"), Author("Neel Nanda")])
    assert offered([]) == set()


def test_a_slip_in_a_text_is_offered_beside_the_name_that_says_more(offered: Offered) -> None:
    assert offered([("Neel Nanda", ["Niel Nanda"]), ("Neel Nanda", []), ("Neel Nanda", [])]) == {
        ("Niel Nanda", "Neel Nanda")
    }


def test_what_a_person_declined_is_not_offered_again(store: Store, offered: Offered) -> None:
    assert offered([("Neel Nanda", ["Neel"])]) == {("Neel", "Neel Nanda")}
    with store.transaction():
        people.keep_apart(store, "neel", "Neel Nanda")
    assert offered([]) == set()


def test_what_was_joined_is_offered_no_more_and_its_cure_is_the_command_that_joins(
    store: Store, offered: Offered
) -> None:
    assert offered([("Neel Nanda", ["Neel"])])
    (one,) = twins.offered(store)
    assert one.fix == "kb people join Neel 'Neel Nanda'"
    with store.transaction():
        assert people.join(store, one.names).kept == one.keep
    assert twins.offered(store) == []


def test_one_spelling_of_a_name_in_capitals_is_offered_until_it_is_joined(store: Store, offered: Offered) -> None:
    assert offered([("Ada Brandt", ["ADA BRANDT", "Ada Brandt"])]) == {("ADA BRANDT", "Ada Brandt")}
    with store.transaction():
        people.join(store, ["ADA BRANDT", "Ada Brandt"])
    assert offered([]) == set()
