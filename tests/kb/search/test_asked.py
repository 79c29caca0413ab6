"""What vectors are compared with: half of their mean is taken out where they are many."""

from __future__ import annotations

import numpy as np
import pytest

from kb.search.asked import Asked, centred
from kb.vectors.index import Vectors
from tests.kb.search.written import vector


def many(count: int) -> Vectors:
    """Vectors that share much of one direction."""
    offset = np.array([3, 0, 0, 0, 0, 0, 0, 0])
    rows = np.random.default_rng(1).normal(size=(count, 8)) + offset
    matrix = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return Vectors("test#1", np.arange(1, count + 1), matrix)


def test_what_all_share_counts_for_less():
    stored, query = many(5_000), vector(3, 2, 0, 0, 0, 0, 0, 0)
    asked = centred(query, stored)
    assert asked.vector[1] > 1.3 * query[1]
    _, rows = asked.vectors(stored, [1, 2, 3])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert abs(rows.mean(axis=0)[0]) < stored.matrix[:3].mean(axis=0)[0]


def test_a_dozen_texts_are_compared_as_they_are():
    query = vector(3, 2, 0, 0, 0, 0, 0, 0)
    assert centred(query, many(12)).vector @ query > 0.999
    assert centred(query, many(0)).centre is None


def test_the_nearest_by_what_is_left_of_them_are_found():
    stored = many(3_000)
    asked = centred(vector(1, 2, 0, 0, 0, 0, 0, 0), stored)
    near = asked.near(stored, 50, None)
    whole = stored.matrix - asked.centre
    exact = whole @ asked.vector / np.linalg.norm(whole, axis=1)
    assert set((np.argsort(-exact)[:5] + 1).tolist()) <= {row for row, _ in near}


def test_rows_without_a_vector_are_left_out():
    stored = many(3)
    assert Asked(vector(1, *[0] * 7)).vectors(stored, [3, 99, 1])[0] == [1, 3]
    assert Asked(vector(1, *[0] * 7)).vectors(stored, [])[0] == []


def test_moved_it_is_of_length_one():
    moved = Asked(vector(1, 0)).moved(vector(0, 1) * np.float32(0.4))
    assert np.linalg.norm(moved.vector) == pytest.approx(1, abs=1e-6)
    assert moved.vector[1] == pytest.approx(0.4 / np.hypot(1, 0.4), abs=1e-6)
