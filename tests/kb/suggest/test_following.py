"""Following a store change by change: what comes of it is what looking at the whole would give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb import config
from kb.store import changes, embeddings, meta
from kb.store.open import Store, open_store
from kb.suggest import relate
from kb.suggest.following import Following
from kb.suggest.update import update
from kb.vectors import index
from tests.exported import home_with_model
from tests.small_store import add_source, add_statement


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(home_with_model(tmp_path / "home")) as opened:
        yield opened


def _add(store: Store, text: str) -> None:
    add_statement(store, add_source(store, text, [text]), text)


def _settle(following: Following) -> int:
    """Do all that is owed; how many texts were embedded."""
    following.look()
    embedded = following.waiting
    while following.step() or not following.finish():
        pass
    return embedded


def _vectors(store: Store) -> int:
    return embeddings.count(store, meta.get(store, meta.MODEL) or "")


def _links(store: Store) -> list[tuple[str, str, str, float]]:
    sql = "SELECT from_id, to_id, relation, score FROM link WHERE rule IN (?, ?) ORDER BY 1, 2"
    return [tuple(row) for row in store.execute(sql, (relate.RULE, relate.SAME))]


def _confidences(store: Store) -> list[tuple[str, float]]:
    return [tuple(row) for row in store.execute("SELECT id, confidence FROM statement ORDER BY id")]


EACH = 2  # texts of a source of one sentence: its passage, with its title, and its statement
TEXTS = (
    "A weekly census of the herons is feasible here.",
    "Volunteers record the weather more often than the birds.",
    "A weekly census of the herons is not feasible here.",
    "Nobody has ever read the older notebooks.",
    "A census of herons every week isn't feasible here.",
)


def test_what_came_is_embedded_scored_and_related_as_by_a_look_at_the_whole(store: Store) -> None:
    config.set_value(store.home, "statement_threshold", "0.2")  # low enough for what an ornithologist would list
    following = Following(store)
    assert _settle(following) == 0
    for text in TEXTS:
        _add(store, text)
        assert _settle(following) == EACH
        assert following.waiting == 0
    assert _vectors(store) == EACH * len(TEXTS)
    links, confidences = _links(store), _confidences(store)
    assert links
    update(store)
    assert (_links(store), _confidences(store)) == (links, confidences)


def test_only_what_changed_is_looked_at(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    following = Following(store)
    _add(store, TEXTS[0])
    _settle(following)
    _add(store, TEXTS[1])

    def refused(*_: object) -> list[str]:
        raise AssertionError("the whole store was looked at")

    monkeypatch.setattr(embeddings, "missing", refused)
    monkeypatch.setattr(embeddings, "orphans", refused)
    assert _settle(following) == EACH
    assert len(index.load(store, "passage")) == 2


def test_what_is_interrupted_goes_on(store: Store) -> None:
    for number in range(40):
        _add(store, f"The number of herons is {number}.")
    following = Following(store)
    following.look()
    assert following.waiting == 40 * EACH
    assert following.step()
    assert not following.finish()
    _add(store, TEXTS[0])
    following.look()
    following.step()
    known = set(index.load(store, "statement").rowids.tolist())
    newest = store.execute("SELECT max(rowid) FROM statement").fetchone()[0]
    assert newest in known  # before the others that wait
    missing = 41 * EACH - _vectors(store)
    assert missing > 0
    assert _settle(Following(store)) == missing
    assert _vectors(store) == 41 * EACH


def test_what_others_did_meanwhile_is_done_once(store: Store) -> None:
    following = Following(store)
    _add(store, TEXTS[0])
    _settle(following)
    with open_store(store.home) as other:
        _add(other, TEXTS[1])
        update(other)  # and what was noted is forgotten
        _add(other, TEXTS[2])
    assert _settle(following) == EACH
    assert _vectors(store) == 3 * EACH
    assert _settle(following) == 0


def test_what_was_noted_does_not_pile_up(store: Store) -> None:
    following = Following(store)
    for text in TEXTS:
        _add(store, text)
        _settle(following)
    _settle(following)
    assert store.execute("SELECT count(*) FROM index_change").fetchone()[0] < 10
    assert index.followed(store.home) == changes.last(store)


def test_without_the_model_it_is_said_once_and_nothing_is_owed(store: Store, notices: list[str]) -> None:
    config.set_value(store.home, "model", "no/such-model")
    following = Following(store)
    for text in TEXTS[:2]:
        _add(store, text)
        assert _settle(following) == 0
    assert len(notices) == 1
    assert "search works by words" in notices[0]
