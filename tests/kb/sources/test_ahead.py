"""What is found in a document before the store is asked, and when it does not hold."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from importers import read
from importers.base import Input
from kb.model.document import Author, Document
from kb.sources import add, ahead
from kb.store.open import Store, open_store

PROSE = "I think that herons return. However, nobody counted them.\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


def document(text: str, name: str = "Note.md") -> Document:
    (made,) = read(Input(text, name, f"/notes/{name}", text.encode(), name.removesuffix(".md")))
    return made


def statements(store: Store) -> list[str]:
    return [row[0] for row in store.execute("SELECT text FROM statement ORDER BY rowid")]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (PROSE, False),
        (f"See [[Herons]] and https://example.org.\n\n> A quote.\n\n{PROSE}", False),
        ("supports:: [[Herons]]\n", True),
        ("# Contra the heron\n\nSee [[Heron]].\n", True),
    ],
)
def test_only_a_text_that_asks_the_store_is_left_to_it(text: str, asks: bool) -> None:
    assert (ahead.read(document(text), {}).found is None) == asks


def test_what_was_found_comes_back_from_another_process_and_is_stored(store: Store) -> None:
    made = document(PROSE)
    there, found = pickle.loads(pickle.dumps((made, ahead.read(made, {}))))
    assert found.found is not None
    assert found.found.statements
    add.add(store, there, "1", ahead=replace(found, found=replace(found.found, statements=(), links=())))
    assert statements(store) == []  # as was said: it was not read again


@pytest.mark.parametrize("change", ["authors", "title", "text"])
def test_it_does_not_hold_for_a_source_that_is_otherwise(store: Store, change: str) -> None:
    made = document(PROSE)
    found = ahead.read(made, {})
    assert found.found is not None
    nothing = replace(found, found=replace(found.found, statements=(), links=()))
    other = {
        "authors": replace(made, authors=(Author("Ada Bell"),)),
        "title": replace(made, title="Another title"),
        "text": document("I think that the river is cleaner. However, nobody counted them.\n"),
    }[change]
    add.add(store, other, "1", ahead=nothing)
    assert statements(store)  # it was read again


def test_names_of_relations_in_the_settings_are_part_of_it(store: Store) -> None:
    made = document(PROSE)
    found = ahead.read(made, {"doubts": "attacks"})
    assert found.found is not None
    add.add(store, made, "1", ahead=replace(found, found=replace(found.found, statements=(), links=())))
    assert statements(store)  # it was read again
