"""The query moved towards what comes first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from kb.search import candidates, feedback
from kb.search.asked import Asked
from kb.search.candidates import Candidates
from kb.store.open import Store
from kb.vectors import index
from tests.kb.search.written import vector, written

UP, DOWN, ASIDE = vector(1, 1, 0), vector(1, -1, 0), vector(1, 0, 1)
ASKED = Asked(vector(1, 0, 0))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One source with two passages up, one with one down, one aside: passages 1 to 4."""
    home = tmp_path_factory.mktemp("feedback") / "home"
    made = written(home, [[("a", UP), ("b", UP)], [("c", DOWN)], [("d", ASIDE)]])
    yield made
    made.close()


def found(store: Store) -> Candidates:
    return candidates.read(store, index.load(store, "passage"), None, ASKED, [1, 2, 3, 4], (), 0.0)


def towards(store: Store, scores: list[float], own: tuple[int, ...] = ()) -> list[float]:
    moved = feedback.moved(store, ASKED, found(store), np.array(scores), own).vector
    return [round(float(moved @ at - ASKED.vector @ at), 3) for at in (UP, DOWN, ASIDE)]


def test_the_first_counts_most(store: Store):
    up, down, aside = towards(store, [0.9, 0.5, 0.5, 0.5])
    assert up > 0.1 > max(down, aside)
    up, down, _ = towards(store, [0.90, 0.5, 0.88, 0.5])
    assert up > down
    assert down > towards(store, [0.90, 0.5, 0.80, 0.5])[1]


def test_a_source_counts_once(store: Store):
    assert towards(store, [0.9, 0.9, 0.9, 0.0]) == towards(store, [0.9, 0.0, 0.9, 0.0])


def test_the_source_that_the_query_is_from_says_nothing(store: Store):
    assert towards(store, [0.9, 0.9, 0.5, 0.5], own=(1,))[0] < 0
    assert towards(store, [0.9, 0.9, 0.5, 0.5], own=(1, 2, 3)) == [0, 0, 0]
