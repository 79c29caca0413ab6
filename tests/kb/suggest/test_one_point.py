"""Groups of statements on one point, in a real store with vectors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.store.open import Store, open_store
from kb.suggest import one_point
from kb.suggest.one_point import Group, Said
from kb.vectors.embed.update import update
from tests.exported import home_with_model
from tests.small_store import add_source, add_statement

TEXTS = (
    ("Reverse engineering a trained network is not practical.", "Ada", 1),
    ("It is perfectly practical to reverse engineer a trained network.", "Bo", 2),
    ("The harbour fee is spent on the lighthouse.", "Ada", 1),
    ("Volunteers record the weather more often than the birds.", "Bo", 2),
    ("Bread keeps longer in a tin than in paper.", "Cem", 3),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(home_with_model(tmp_path / "home")) as opened:
        yield opened


def _said(store: Store, texts: tuple[tuple[str, str, int], ...] = TEXTS) -> list[Said]:
    said = []
    for words, speaker, text in texts:
        rowid = add_statement(store, add_source(store, words, [words]), words)
        said.append(Said(rowid, words, str(text), frozenset({speaker}), frozenset({(text, speaker)})))
    update(store)
    return said


def _members(found: list[Group]) -> list[tuple[int, ...]]:
    return [group.members for group in found]


def test_what_is_said_for_and_against_one_point_is_a_group_and_the_rest_is_none(store: Store) -> None:
    said = _said(store)
    assert _members(one_point.groups(store, said)) == [(said[0].rowid, said[1].rowid)]


def test_a_person_may_keep_two_apart_and_put_others_together(store: Store) -> None:
    said = _said(store)
    apart, together = ({frozenset((said[a].rowid, said[b].rowid))} for a, b in ((0, 1), (2, 4)))
    assert _members(one_point.groups(store, said, together, apart)) == [(said[2].rowid, said[4].rowid)]


def test_speakers_of_one_text_make_a_group_and_one_speaker_of_it_does_not(store: Store) -> None:
    talk = tuple((words, speaker, 1) for words, speaker, _ in TEXTS)
    said = _said(store, talk)
    assert len(one_point.groups(store, said)) == 1
    alone = [Said(one.rowid, one.words, one.text, frozenset({"Ada"}), frozenset({(1, "Ada")})) for one in said]
    assert one_point.groups(store, alone) == []


def test_one_speaker_who_says_the_same_in_a_copy_says_it_once(store: Store) -> None:
    copy = ("Reverse engineering a trained network is not practical", "Ada", 4)
    near = ("Reverse-engineering trained networks is not practical.", "Ada", 5)
    said = _said(store, (*TEXTS, copy, near))
    (group,) = one_point.groups(store, said)
    assert group.members == (said[0].rowid, said[1].rowid)
    assert set(group.copies) == {said[5].rowid, said[6].rowid}
    assert one_point.groups(store, [said[0], *said[5:]]) == []


def test_however_many_copies_there_are_they_are_no_neighbours(store: Store) -> None:
    said = _said(store, (*TEXTS, *((TEXTS[0][0], "Ada", number) for number in range(10, 25))))
    (group,) = one_point.groups(store, said)
    assert (group.members, len(group.copies)) == ((said[0].rowid, said[1].rowid), 15)


def test_without_vectors_a_group_is_what_a_person_put_together(store: Store) -> None:
    said = [
        Said(number, words, str(text), frozenset({speaker}), frozenset({(text, speaker)}))
        for number, (words, speaker, text) in enumerate(TEXTS)
    ]
    assert one_point.groups(store, said) == []
    assert _members(one_point.groups(store, said, [frozenset((1, 3))])) == [(1, 3)]
