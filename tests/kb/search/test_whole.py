"""Queries that are a text of their own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from kb.search import whole
from kb.search.asked import Asked
from kb.store.open import Store
from kb.vectors import index
from tests.kb.search.written import vector, written

SAID = "The gate stays shut in winter because the meadow floods and the cattle would drown in it."
OTHER = "Nobody has counted the cattle on that meadow since the farm was sold to the railway."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home = tmp_path_factory.mktemp("whole") / "home"
    long = [(f"Paragraph {n}", vector(1, 0.0) if n < 8 else vector(0, 1.0)) for n in range(12)]
    made = written(home, [[(SAID, vector(1, 0)), ("Short.", vector(0, 1))], [(OTHER, vector(0, 1))], long])
    yield made
    made.close()


def test_the_part_of_the_surroundings_grows_with_the_query():
    assert [whole.part(words) for words in (0, 12, 60)] == [0, 0, 0]
    assert 0 < whole.part(61) < whole.part(90) < whole.part(120) == whole.part(5_000) < 1


def test_the_surroundings_are_the_source_where_it_is_short_else_what_is_near(store: Store):
    asked = Asked(vector(1, 0))
    around = whole.around(store, index.load(store, "passage"), asked, [1, 3, 4, 15])
    assert np.linalg.norm(around, axis=1) == pytest.approx(1, abs=1e-5)
    two, alone, first, last = (around @ asked.vector).tolist()
    assert two == pytest.approx(0.5**0.5, abs=1e-5)
    assert (alone, first, last) == (pytest.approx(0, abs=1e-5), pytest.approx(1, abs=1e-5), pytest.approx(0, abs=1e-5))


def test_a_pasted_text_is_known_to_be_from_its_source(store: Store):
    pasted = f"Somebody wrote this: {SAID} And I would say more about it, if I had the time."
    assert whole.own_sources(store, pasted, [[1, 3], [2]]) == {1}
    assert whole.own_sources(store, "The gate stays shut in winter, and nobody counts.", [[1, 3], [2]]) == frozenset()
    assert whole.own_sources(store, "Short. " * 80, [[2]]) == frozenset()  # a word or two is in many texts
