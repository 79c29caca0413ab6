"""Quotes in a sentence lead; quotes that are nearly all that was typed demand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.search.search import SearchResult, search
from kb.store.open import Store, open_store
from tests.small_store import add_source

WALLS = "Mason bees nest in old walls, and the keeper counts their holes."
HIVES = "Bees in hives are counted by weight, which the keeper notes."
LATE = "The keeper of the garden counts late in the year."


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(tmp_path_factory.mktemp("garden"))
    add_source(store, "Garden", [HIVES, LATE, WALLS, "Wasps eat larvae."])
    add_source(store, "On mason bees", ["They are no bees of a hive, the keeper says."])
    yield store
    store.close()


def _ask(store: Store, typed: str) -> SearchResult:
    return search(store, typed, mode="lexical", explain=True)


def test_in_a_sentence_what_has_the_phrase_is_first_and_the_rest_follows(garden: Store, notices: list[str]) -> None:
    found = _ask(garden, 'how does the keeper of the hives count "mason bees" by weight in the garden?')
    assert found.hits[0].unit.text == WALLS
    assert [hit.phrase for hit in found.hits] == [True, False, False, False, False]
    assert notices == ['"mason bees": in the first 1; the others follow by their words and meaning']
    shown = found.as_json()["hits"]
    assert ["phrase" in hit for hit in shown] == [True, False, False, False, False]
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    assert found.hits[0].explanation is not None
    assert found.hits[0].explanation.phrase


@pytest.mark.parametrize("typed", ['"mason bees"', '"mason bees" walls', '"mason bees" nests hives'])
def test_with_next_to_nothing_around_it_a_phrase_is_demanded(garden: Store, typed: str, notices: list[str]) -> None:
    texts = [hit.unit.text for hit in _ask(garden, typed).hits]
    assert WALLS in texts
    assert not {HIVES, LATE} & set(texts)
    assert notices == []


def test_a_dash_in_a_sentence_leaves_nothing_out(garden: Store) -> None:
    sentence = "do the bees -hives aside- that nest in walls AND hives get counted by the keeper?"
    assert {HIVES, WALLS} <= {hit.unit.text for hit in _ask(garden, sentence).hits}
    assert HIVES not in {hit.unit.text for hit in _ask(garden, "bees keeper counted -hives").hits}


def test_what_many_texts_have_is_a_way_to_say_it(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        add_source(store, "Reeds", [*(f"Reed beds, {n} in number." for n in range(12)), "Herons nest in the old reed."])
        sentence = 'why do herons nest in what is called "reed beds" by the keeper?'
        assert not any(hit.phrase for hit in _ask(store, sentence).hits)
        assert all(hit.phrase for hit in _ask(store, 'why do herons nest in "reed beds"').hits)


def test_a_sentence_finds_what_it_finds_without_quotes(garden: Store) -> None:
    sentence = 'who says that "bees of the moon" are counted by the keeper in the garden?'
    plain = {hit.unit.id for hit in _ask(garden, sentence.replace('"', "")).hits}
    assert {hit.unit.id for hit in _ask(garden, sentence).hits} == plain


def test_what_no_text_has_is_told_in_a_short_query(garden: Store, notices: list[str]) -> None:
    assert _ask(garden, 'keeper counts garden "moon bees"').hits
    assert notices == ['no text contains "moon bees"; searching for the words']
