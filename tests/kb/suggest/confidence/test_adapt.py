"""The head follows a person's decisions where that foresees them better, and stays as it is where it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kb.review import decide
from kb.store import embeddings, meta
from kb.store.open import open_store
from kb.suggest.confidence import adapt, update
from kb.suggest.confidence import head as heads
from kb.suggest.confidence.head import Head
from kb.text.strings import digest
from tests.conftest import Kb
from tests.kb.review.review_texts import suggest, two_texts
from tests.vault_homes import sql

SHIPPED = Head("a model", (1.0, 0.0, 0.0, 0.0), 0.0)  # likes the first feature
Matrix = NDArray[np.float64]


def _decisions(count: int, taste: int | None, seed: int = 3) -> tuple[Matrix, Matrix]:
    """Features, and what a person keeps who likes that one feature (or, None, anything)."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(count, 3))
    odds = 3 * rows[:, taste] if taste is not None else np.zeros(count)
    return rows, (random.random(count) < 1 / (1 + np.exp(-odds))).astype(float)


def test_another_taste_is_learnt_and_foresees_what_was_not_decided() -> None:
    rows, wanted = _decisions(120, taste=2)
    weights, found = adapt.choose(rows, wanted, [0] * 120, SHIPPED)
    assert weights
    assert found.used
    assert (found.adapted_loss or 9) < (found.shipped_loss or 0)
    other, liked = _decisions(400, taste=2, seed=4)
    assert adapt.auroc(heads.logits(weights, other), liked) > adapt.auroc(heads.logits(SHIPPED.weights, other), liked)


def test_where_nothing_is_to_be_learnt_the_shipped_head_stays() -> None:
    same = Head("a model", (3.0, 0.0, 0.0, 0.0), 0.0)
    for head, taste in ((same, 0), (Head("a model", (0.0,) * 4, 0.0), None)):
        weights, found = adapt.choose(*_decisions(200, taste), [0] * 200, head)
        assert (weights, found.used) == (None, False)
        assert found.adapted_loss is not None


@pytest.mark.parametrize(("count", "kept"), [(49, 20), (60, 60), (60, 2), (60, 57), (0, 0)])
def test_few_decisions_or_only_one_kind_change_nothing(count: int, kept: int) -> None:
    rows, wanted = np.zeros((count, 3)), np.array([1.0] * kept + [0.0] * (count - kept))
    assert adapt.choose(rows, wanted, [0] * count, SHIPPED) == (None, adapt.Adaptation(count))


@given(st.lists(st.integers(0, 30), max_size=80))
def test_folds_are_whole_sources_where_there_are_many(sources: list[int]) -> None:
    found = adapt.folds(sources)
    assert len(found) == len(sources)
    assert set(found) <= set(range(adapt.FOLDS))
    if len(set(sources)) >= 2 * adapt.FOLDS:
        assert len(set(zip(sources, found, strict=True))) == len(set(sources))


def test_loss_and_area_are_those_of_the_books() -> None:
    odds, wanted = np.array([0.0, 0.0]), np.array([1.0, 0.0])
    assert (adapt.log_loss(odds, wanted), adapt.auroc(odds, wanted)) == (pytest.approx(np.log(2)), 0.5)
    assert adapt.auroc(np.array([1.0, 2.0, 3.0, 3.0]), np.array([0.0, 1.0, 0.0, 1.0])) == 0.625
    assert adapt.log_loss(np.array([1e9, -1e9]), np.array([1.0, 0.0])) < 1e-9


def _statements(home: Path, count: int) -> tuple[list[str], Matrix]:
    """Suggested statements under the shipped head's model, with vectors drawn at random."""
    for number in range(count):
        sql(home, "UPDATE source SET text = text || ? WHERE title = 'On lamps'", f"\nLamp number {number} is bright.")
    names = [suggest(home, f"Lamp number {number} is bright.") for number in range(count)]
    vectors = np.random.default_rng(5).normal(size=(count, 384)).astype(np.float32)
    vectors[:, 0] *= 12
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    model = heads.load().model
    with open_store(home) as store, store.transaction():
        hashes = [digest(f"Lamp number {number} is bright.") for number in range(count)]
        embeddings.insert(store, model, hashes, vectors)
        meta.put(store, meta.MODEL, model)
    return names, vectors


def test_decisions_in_a_home_change_the_confidence_of_what_waits(tmp_path: Path, kb: Kb) -> None:
    home = two_texts(tmp_path)
    names, vectors = _statements(home, 110)
    with open_store(home) as store:
        update.update(store, adapt.adapted(store))
        before = dict(sql(home, "SELECT id, confidence FROM statement"))
        assert adapt.adapted(store) == heads.load()
        for name, vector in zip(names[:80], vectors, strict=False):
            decide.verdict(store, name, "accepted" if vector[0] > 0 else "rejected")
        own = adapt.adapted(store)
        assert own != heads.load()
        assert adapt.adapted(store) == own  # kept, not fitted again
        assert update.update(store, own) > 0
        after = dict(sql(home, "SELECT id, confidence FROM statement"))
    assert all(after[name] == before[name] for name in names[:80])  # what is decided is decided
    waiting = list(zip(names[80:], vectors[80:, 0] > 0, strict=True))
    liked = [after[name] - before[name] for name, like in waiting if like]
    rest = [after[name] - before[name] for name, like in waiting if not like]
    assert np.mean(liked) > np.mean(rest) + 0.2
    found: Any = kb("stats", "--json", home=home).json["adaptation"]
    assert (found["decided"], found["used"]) == (80, True)
    assert found["adapted_auroc"] > found["shipped_auroc"]
    assert "by your decisions (80 decided)" in kb("stats", home=home).out


def test_without_decisions_stats_are_silent_about_it(tmp_path: Path, kb: Kb) -> None:
    home = two_texts(tmp_path)
    assert kb("stats", "--json", home=home).json["adaptation"]["decided"] == 0
    assert "foreseeing" not in kb("stats", home=home).out
