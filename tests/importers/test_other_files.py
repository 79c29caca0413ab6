"""Highlights of one book in several files: of two devices, of a file that grew, and of one that was moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from importers import intake
from importers.given import Given
from kb.store import sources
from kb.store.open import Store, open_store

FIRST = ["Nine frogs are not ten.", "A pond has no corners.", "Herons count too."]
SECOND = ["The reeds were cut in May.", "Nobody asked the newts."]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as found:
        yield found


def clippings(path: Path, quotes: list[str]) -> Path:
    entries = [
        f"Ponds (Moss, Ada)\n- Your Highlight on page {sum(map(ord, one))} | Location {sum(map(ord, one))}-"
        f"{sum(map(ord, one))} | Added on Monday, 4 May 2026 09:05:00\n\n{one}\n==========\n"
        for one in quotes
    ]
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(entries))
    return path


def add(store: Store, *files: Path) -> None:
    intake.run(store, [str(one) for one in files], Given(), lambda: b"", lambda _: None)


def noted(store: Store) -> list[set[str]]:
    texts = [sources.stored(store, one.id) for one in sources.listed(store)]
    notes = [row.text for row in texts if row and row.kind == "note"]
    return sorted(({one for one in [*FIRST, *SECOND] if one in text} for text in notes), key=sorted)


def test_two_devices_that_hold_one_book_are_two_notes_and_stay_so(store: Store, tmp_path: Path) -> None:
    one = clippings(tmp_path / "one" / "My Clippings.txt", FIRST[:2])
    other = clippings(tmp_path / "other" / "My Clippings.txt", SECOND[:1])
    add(store, one, other)
    both = noted(store)
    assert both == [set(FIRST[:2]), set(SECOND[:1])]
    clippings(one, FIRST)
    clippings(other, SECOND)
    add(store, other, one)
    assert noted(store) == [set(FIRST), set(SECOND)]


def test_another_device_at_the_same_place_throws_nothing_away(store: Store, tmp_path: Path) -> None:
    for quotes in (FIRST, SECOND, FIRST, SECOND):
        add(store, clippings(tmp_path / "My Clippings.txt", quotes))
    assert noted(store) == [set(FIRST), set(SECOND)]


def test_a_file_that_grew_elsewhere_or_was_renamed_is_one_note(store: Store, tmp_path: Path) -> None:
    old = clippings(tmp_path / "My Clippings.txt", FIRST[:2])
    add(store, old)
    add(store, clippings(tmp_path / "copy" / "My Clippings.txt", FIRST))  # a copy that has more
    assert noted(store) == [set(FIRST)]
    old.unlink()
    renamed = clippings(tmp_path / "kindle.txt", [FIRST[0], FIRST[1] + " They say so.", FIRST[2], *SECOND])
    add(store, renamed)
    assert len(noted(store)) == 1
    assert set(SECOND) <= noted(store)[0]


def test_what_was_taken_away_is_away_and_an_older_copy_changes_nothing(store: Store, tmp_path: Path) -> None:
    file = clippings(tmp_path / "new" / "My Clippings.txt", FIRST)
    add(store, file, clippings(tmp_path / "old" / "My Clippings.txt", FIRST[:1]))
    assert noted(store) == [set(FIRST)]
    add(store, clippings(file, FIRST[:1]))
    assert noted(store) == [set(FIRST[:1])]
