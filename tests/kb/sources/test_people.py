"""Who is known under which name: joined, corrected, and taken apart so that exactly what was there is there again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import KbError, NotFoundError, UsageError
from kb.model.filters import Filters
from kb.model.json_form import JsonValue, json_form
from kb.sources import details, people, voices
from kb.store import conditions, sources, statements
from kb.store import people as rows
from kb.store.open import Store, open_store
from tests.small_store import add_source, add_statement

NAMES = ("Neel", "N. Nanda", "Neel Nanda", "NEEL NANDA", "Ada", "Ada Brandt", "Neel Smith")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Texts by each of the names, and a talk of "Neel" and "NEEL NANDA"; Ada states something in each."""
    with open_store(tmp_path_factory.mktemp("people")) as store:
        for number, name in enumerate(NAMES):
            talk = [("Neel", f"Circuits come first, {number}."), ("NEEL NANDA", f"They do not, {number}.")]
            source = add_source(store, f"Text {number}", talk, author=name)
            add_statement(store, source, f"Herons return, {number}.")
        yield store


@pytest.fixture
def store(filled: Store) -> Iterator[Store]:
    yield filled
    with filled.transaction():
        rows.drop_same(filled, [row.rowid for row in rows.same_names(filled)])


def _seen(store: Store) -> JsonValue:
    """What lists, statements and texts show."""
    listed = sources.listed(store)
    shown = [details.details(store, source.id) for source in listed]
    return json_form([listed, statements.chosen(store), shown, voices.listed(store, Filters())])


def _join(store: Store, *names: str, shown: str | None = None) -> people.Joined:
    with store.transaction():
        return people.join(store, names, shown)


def _split(store: Store, name: str) -> list[str]:
    with store.transaction():
        return people.split(store, name)


def _authors(store: Store) -> list[str]:
    return sorted(name for source in sources.listed(store) for name in source.authors)


def _by(store: Store, name: str) -> set[str]:
    return {source.title for source in sources.listed(store, conditions.on_sources(store, Filters(author=(name,))))}


def test_two_names_of_one_person_are_shown_as_the_fuller_one(store: Store) -> None:
    assert _join(store, "Neel Nanda", "neel") == people.Joined("Neel Nanda", ("Neel",))
    assert _authors(store) == ["Ada", "Ada Brandt", "N. Nanda", "NEEL NANDA", "Neel Nanda", "Neel Nanda", "Neel Smith"]
    speakers = {turns.speaker for turns in details.details(store, sources.listed(store)[0].id).outline.turns}
    assert "Neel" not in speakers


def test_either_name_finds_both_and_only_them(store: Store) -> None:
    _join(store, "N. Nanda", "Ada Brandt", shown="Ada Brandt")
    assert _by(store, "N. Nanda") == _by(store, "Brandt") == {"Text 1", "Text 5"}
    assert _by(store, "Ada") == {"Text 1", "Text 4", "Text 5"}
    assert _by(store, "Smith") == {"Text 6"}


def test_joining_goes_on_through_names_that_were_joined_before(store: Store) -> None:
    _join(store, "Neel", "Neel Nanda")
    _join(store, "Neel", "N. Nanda", shown="N. Nanda")
    assert _authors(store).count("N. Nanda") == 4  # in capitals too
    assert _split(store, "Neel Nanda") == ["Neel Nanda", "N. Nanda"]
    assert _authors(store).count("Neel Nanda") == 2


def test_a_case_is_a_spelling_and_can_be_given(store: Store) -> None:
    assert _join(store, "NEEL NANDA", "Neel Nanda").names == ("NEEL NANDA",)
    assert "NEEL NANDA" not in _authors(store)
    _join(store, "Neel Nanda", "Ada Brandt", shown="Ada Brandt")
    assert _authors(store).count("Ada Brandt") == 3
    _split(store, "Ada Brandt")
    assert _authors(store).count("Neel Nanda") == 2


def test_there_are_no_circles(store: Store) -> None:
    _join(store, "Neel", "Neel Nanda")
    with store.transaction():
        assert people.rename(store, "Neel Nanda", "Neel") == people.Joined("Neel", ("Neel Nanda",))
    assert _authors(store).count("Neel") == 3
    with pytest.raises(UsageError, match="another name of Neel"):
        _join(store, "Ada", "Ada Brandt", shown="Neel Nanda")


def test_a_name_given_and_taken_back_leaves_nothing(store: Store) -> None:
    before = _seen(store)
    for old, new in (("Ada", "Ada B. Brandt"), ("Ada B. Brandt", "Ada")):
        with store.transaction():
            people.rename(store, old, new)
    assert rows.same_names(store) == []
    assert _seen(store) == before


def test_a_name_that_nobody_has_is_refused_and_near_ones_are_offered(store: Store) -> None:
    with pytest.raises(NotFoundError, match="nobody is called 'Nele Nanda'") as caught:
        _join(store, "Nele Nanda", "Neel")
    assert "Neel Nanda" in caught.value.hint
    with pytest.raises(UsageError, match="without a name"):
        _join(store, "Neel", "Ada", shown=" ! ")
    with pytest.raises(NotFoundError, match="one name"):
        _split(store, "Ada")
    assert rows.same_names(store) == []


def test_an_account_name_is_a_name_of_its_author(store: Store) -> None:
    with pytest.raises(NotFoundError, match="account of 3 people"):
        people.find(store, "@neel")
    assert people.find(store, "n.") == "N. Nanda"


def test_who_was_taken_apart_is_two_until_joined_again(store: Store) -> None:
    pair = frozenset(("neel", "neel nanda"))
    _join(store, "Neel", "Neel Nanda")
    _split(store, "Neel")
    assert pair in rows.apart(store)
    _join(store, "Neel", "Neel Nanda")
    assert pair not in rows.apart(store)


_NAME = st.sampled_from([*NAMES, "ada", "Neel N.", "Somebody Else", "neel nanda"])
_ACT = st.one_of(
    st.tuples(st.just("join"), _NAME, _NAME),
    st.tuples(st.just("as"), _NAME, _NAME),
    st.tuples(st.just("rename"), _NAME, _NAME),
    st.tuples(st.just("split"), _NAME, _NAME),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(acts=st.lists(_ACT, max_size=8))
def test_after_any_joins_and_renames_the_splits_give_back_what_was_there(
    store: Store, acts: list[tuple[str, str, str]]
) -> None:
    before = _seen(store)
    for act, one, other in acts:
        with suppress(KbError), store.transaction():
            if act == "split":
                people.split(store, one)
            else:
                given_names = [one] if act == "rename" else [one, other]
                people.join(store, given_names, None if act == "join" else other)
        known = rows.known_as(store)
        for name in NAMES:
            assert known(known(name)) == known(name)  # no circle, and nothing half resolved
    while said := rows.same_names(store):
        _split(store, rows.known_as(store)(said[-1].person))
    assert _seen(store) == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(acts=st.lists(st.tuples(_NAME, _NAME), max_size=4), last=st.sampled_from(NAMES), into=st.sampled_from(NAMES))
def test_splitting_what_was_joined_last_gives_back_what_was_before_that(
    store: Store, acts: list[tuple[str, str]], last: str, into: str
) -> None:
    for pair in acts:
        with suppress(KbError):
            _join(store, *pair)
    before = _seen(store)
    done = _join(store, last, into)
    for name in done.names:
        if name.casefold() != done.kept.casefold():
            _split(store, name)
            assert _seen(store) == before
    with store.transaction():
        rows.drop_same(store, [row.rowid for row in rows.same_names(store)])
