"""Whose word counts about how far one is with a text: the person's, an export's, or an older export's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.model.document import Document
from kb.model.reading import ReadingMark
from kb.model.words import ReadingState
from kb.sources import add, merging, reading, splitting
from kb.store import reading as stored
from kb.store import sources
from kb.store.open import Store, open_store

URL = "https://ponds.example/frogs"
BEFORE, GIVEN, LATER = "2024-01-01T00:00:00Z", "2024-03-01T00:00:00Z", "2024-05-01T00:00:00Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


def arrive(
    store: Store, state: ReadingState | None, seen: str = LATER, *, by: str = "readlater", changed: str | None = None
) -> str:
    """An export with the text comes in, its file written at `seen`."""
    mark = ReadingMark(state, changed=changed, seen=seen) if state else None
    document = Document("web", "Frogs", "", url=URL, importer=by, target=f"list.csv#{by}", reading=mark)
    return add.add(store, document, sole=False).source_id


def say(store: Store, name: str, state: ReadingState | None, at: str = GIVEN) -> None:
    with store.transaction():
        reading.give(store, [name], state, at)


def now(store: Store, name: str) -> ReadingState | None:
    return sources.read(store, [name])[name].reading


def test_an_import_gives_a_state_and_is_news_once(store: Store) -> None:
    name = arrive(store, "to-read")
    assert now(store, name) == "to-read"
    mark = ReadingMark("read", seen=LATER)
    document = Document("web", "Frogs", "", url=URL, importer="readlater", target="list.csv#readlater", reading=mark)
    assert [add.add(store, document, sole=False).status for _ in range(2)] == ["updated", "unchanged"]
    assert now(store, name) == "read"


def test_the_same_export_takes_nothing_back(store: Store) -> None:
    name = arrive(store, "to-read")
    say(store, name, "read")
    arrive(store, "to-read")
    assert now(store, name) == "read"


def test_an_older_export_takes_nothing_back(store: Store) -> None:
    name = arrive(store, "read", BEFORE)
    say(store, name, "reading")
    arrive(store, "to-read", BEFORE)
    assert now(store, name) == "reading"


def test_what_an_export_says_for_the_first_time_is_no_change(store: Store) -> None:
    name = arrive(store, None)
    say(store, name, "read")
    arrive(store, "to-read", LATER)
    assert now(store, name) == "read"


def test_a_newer_change_in_the_export_is_taken(store: Store) -> None:
    name = arrive(store, "to-read")
    say(store, name, "reading")
    arrive(store, "read", BEFORE)  # it says more, so that its file may be older
    assert now(store, name) == "read"
    say(store, name, "to-read", GIVEN)
    arrive(store, "reading", LATER)
    assert now(store, name) == "reading"


def test_a_step_back_in_a_newer_export_is_taken(store: Store) -> None:
    name = arrive(store, "reading", BEFORE)
    say(store, name, "read")
    arrive(store, "to-read", LATER)
    assert now(store, name) == "to-read"


@pytest.mark.parametrize(("changed", "state"), [(BEFORE, "to-read"), (LATER, "read")])
def test_where_an_entry_tells_when_it_changed_that_decides(store: Store, changed: str, state: str) -> None:
    name = arrive(store, "reading")
    say(store, name, "to-read")
    arrive(store, "read", LATER, changed=changed)
    assert now(store, name) == state


def test_two_programs_do_not_take_back_what_the_other_says(store: Store) -> None:
    name = arrive(store, "to-read", by="readlater")
    arrive(store, "read", by="bibtex")
    arrive(store, "to-read", by="readlater")
    assert now(store, name) == "read"


def test_what_a_person_took_away_stays_away(store: Store) -> None:
    name = arrive(store, "to-read")
    say(store, name, None)
    arrive(store, "to-read")
    assert now(store, name) is None
    arrive(store, "read")
    assert now(store, name) == "read"


def test_a_stub_that_turns_out_to_be_a_text_keeps_its_state(store: Store) -> None:
    add.add(store, Document("web", "Frogs", "", importer="readlater", external_ids={"named": "frogs"}, target="a#1"))
    stub = add.add(store, Document("stub", "Frogs at Dusk", "", url=URL)).source_id
    say(store, stub, "to-read")
    with store.transaction():
        stored.join(store, "s0000000", stub)
    assert stored.of(store, stub) is None
    joined = stored.of(store, "s0000000")
    assert joined is not None
    assert (joined.state, joined.given) == ("to-read", True)


def other(store: Store, title: str) -> str:
    document = Document("web", title, "", url=f"{URL}/{title}", importer="web", target=f"{URL}/{title}")
    return add.add(store, document, sole=False).source_id


def split(store: Store, name: str) -> None:
    splitting.split(store, name, lambda *_: ())


Said = tuple[ReadingState | None, str] | None


@pytest.mark.parametrize(
    ("own", "theirs", "then"),
    [
        (("to-read", BEFORE), ("read", GIVEN), "read"),
        (("read", BEFORE), ("to-read", GIVEN), "to-read"),
        (("read", GIVEN), ("to-read", BEFORE), "read"),
        (("reading", GIVEN), ("read", GIVEN), "read"),
        (("read", GIVEN), ("reading", GIVEN), "read"),
        (("reading", GIVEN), ("read", GIVEN[:10]), "read"),
        (None, ("reading", GIVEN), "reading"),
        (("reading", GIVEN), None, "reading"),
        (("reading", BEFORE), (None, GIVEN), "reading"),
        ((None, GIVEN), ("reading", BEFORE), "reading"),
    ],
)
def test_of_two_that_are_joined_the_later_state_holds_and_each_gets_its_own_back(
    store: Store, own: Said, theirs: Said, then: ReadingState
) -> None:
    kept, gone = other(store, "a"), other(store, "b")
    for name, said in ((kept, own), (gone, theirs)):
        if said and said[0] is None:
            say(store, name, "to-read", BEFORE)
        if said:
            say(store, name, *said)
    before = stored.of(store, kept), stored.of(store, gone)
    merging.merge(store, kept, gone)
    assert now(store, kept) == then
    split(store, gone)
    assert (stored.of(store, kept), stored.of(store, gone)) == before


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_several_that_are_joined_and_parted_in_any_order_each_gets_its_own_back(
    store: Store, order: tuple[int, int]
) -> None:
    names = [other(store, title) for title in "abc"]
    for name, state, at in zip(names, ("to-read", "reading", "read"), (BEFORE, GIVEN, LATER), strict=True):
        say(store, name, state, at)  # type: ignore[arg-type]  # the states are states
    before = [stored.of(store, name) for name in names]
    merging.merge(store, names[0], names[1])
    merging.merge(store, names[0], names[2])
    assert now(store, names[0]) == "read"
    for which in order:
        split(store, names[1 + which])
    assert [stored.of(store, name) for name in names] == before


def test_what_was_read_since_the_joining_stays(store: Store) -> None:
    kept, gone = other(store, "a"), other(store, "b")
    say(store, kept, "to-read", BEFORE)
    say(store, gone, "reading", GIVEN)
    merging.merge(store, kept, gone)
    say(store, kept, "read", LATER)
    split(store, gone)
    assert (now(store, kept), now(store, gone)) == ("read", "reading")


def test_an_import_that_says_less_does_not_take_back_what_a_person_said_of_the_other(store: Store) -> None:
    kept, gone = other(store, "a"), arrive(store, "to-read", LATER)
    say(store, kept, "read", GIVEN)
    merging.merge(store, kept, gone)
    assert now(store, kept) == "read"
