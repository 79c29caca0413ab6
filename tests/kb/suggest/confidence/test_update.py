"""Confidences are set text by text: other texts and what a person decides change nothing, what is taken away does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kb.store import embeddings, meta
from kb.store.open import Store, open_store
from kb.suggest.confidence import head as heads
from kb.suggest.confidence.features import NAMES
from kb.suggest.confidence.head import Head
from kb.suggest.confidence.update import Changes, update
from kb.text.strings import digest
from tests.small_store import add_source, add_statement

HEAD = Head(heads.load().model, (*(0.0,) * len(NAMES), 1.0, 0.0, 0.0), 1.0)  # the vector's first number decides


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        with opened.transaction():
            meta.put(opened, meta.MODEL, HEAD.model)
        yield opened


def _text(store: Store, title: str, *odds: float, said: list[str] | None = None) -> list[int]:
    """A source with a statement for each of these log odds. Returns the rowids of the statements."""
    said = said or [f"Number {n} of {title} is a statement." for n in range(len(odds))]
    source = add_source(store, title, [" ".join(said)])
    rowids = [add_statement(store, source, one) for one in said]
    vectors = np.array([[one / 1.5, 0.0] for one in odds], dtype=np.float32)
    with store.transaction():
        embeddings.insert(store, HEAD.model, [digest(one) for one in said], vectors)
        meta.bump_generation(store)
    return rowids


def _confidences(store: Store) -> dict[int, float]:
    return dict(store.execute("SELECT rowid, confidence FROM statement WHERE status = 'suggested'").fetchall())


def test_a_text_that_argues_lists_what_is_not_far_below_its_mean(store: Store) -> None:
    some = _text(store, "Lamps", 0.6, 0.4, 0.1, -0.2, -2.0)
    update(store, HEAD)
    assert [_confidences(store)[one] >= 0.5 for one in some] == [True, True, True, True, False]


def test_what_its_author_calls_a_claim_is_listed_whatever_the_head_says(store: Store) -> None:
    flat = "Lamps are lit early, because roads are dark."
    said = ["I think that lamps should be lit early, because roads are dark.", flat, "I think so."]
    some = _text(store, "Lamps", -4.0, -4.0, -4.0, said=said)
    update(store, HEAD)
    assert [_confidences(store)[one] >= 0.5 for one in some] == [True, False, False]


def test_another_text_and_a_decision_change_nothing_in_the_others(store: Store) -> None:
    some = _text(store, "Lamps", 0.6, 0.4, 0.1, -0.2, -2.0)
    update(store, HEAD)
    before = _confidences(store)
    _text(store, "Wicks", 4.0, 3.0, -4.0)
    with store.transaction():
        store.execute("UPDATE statement SET status = 'rejected' WHERE rowid = ?", (some[4],))
        meta.bump_generation(store)
    update(store, HEAD)
    after = _confidences(store)
    assert {one: after[one] for one in some[:4]} == {one: before[one] for one in some[:4]}


def test_a_statement_that_went_changes_the_rest_of_its_text_though_only_its_passage_is_noted(store: Store) -> None:
    some = _text(store, "Lamps", 3.0, 3.0, 3.0, 0.2, -0.4)
    update(store, HEAD)
    since = meta.generation(store)
    before = _confidences(store)
    with store.transaction():
        store.execute("DELETE FROM statement WHERE rowid IN (?, ?, ?)", tuple(some[:3]))
        meta.bump_generation(store)
    passages = [row[0] for row in store.execute("SELECT rowid FROM passage")]
    assert update(store, HEAD, Changes(since, meta.generation(store), some[:3], passages)) > 0
    rest = _confidences(store)
    assert {one: before[one] for one in some[3:]} != rest
    with store.transaction():
        meta.bump_generation(store)
    update(store, HEAD)  # the whole
    assert _confidences(store) == rest
