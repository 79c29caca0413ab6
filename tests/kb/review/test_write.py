"""Decisions are kept, counted, and seen by what reads statements and links afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from importers import read
from importers.base import Input
from kb.graph import argument_graph
from kb.graph.questions import critiques
from kb.review import write
from kb.sources import add
from kb.store import decisions, links, statements
from kb.store.open import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


def _add(store: Store, body: str, name: str = "a.md") -> str:
    (document,) = read(Input(body, name, f"/x/{name}", body.encode()), "markdown")
    return add.add(store, document, "1").source_id


def test_decisions_are_counted_by_basis(store: Store) -> None:
    _add(store, "I think that samples should be larger than they are.\n")
    (statement,) = statements.chosen(store)
    write.decide(store, [statement.id], "accepted")
    write.decide(store, [statement.id], "rejected")
    assert decisions.count(store) == {"cue": {"rejected": 1}}
    assert statements.chosen(store)[0].status == "rejected"
    assert links.chosen(store) == []


def test_unanswered_critiques_attack_something_and_nothing_attacks_them(store: Store) -> None:
    thesis = write.claim(store, "The thesis stands here.", "me")
    answered = write.claim(store, "It does not hold.", "me", kind="critique", attacks=[thesis])
    reply = write.claim(store, "It does hold.", "me", kind="critique", attacks=[answered])
    assert critiques.unanswered(argument_graph.load(store)) == {reply}
    (link,) = [item.id for item in links.touching(store, [reply])]
    write.decide(store, [link], "rejected")
    assert critiques.unanswered(argument_graph.load(store)) == {answered}
