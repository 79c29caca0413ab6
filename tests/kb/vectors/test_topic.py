"""What is left of meaning without the shared topic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from kb.vectors import topic

VECTORS = arrays.arrays(np.float32, (4, 6), elements=st.floats(-1, 1, width=32, allow_subnormal=False))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    vectors = vectors + np.eye(4, 6, dtype=np.float32) * 3  # none is zero
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def _cosine(plain: float, one: float, other: float) -> float:
    return float(topic.cosines(*(np.array([number], dtype=np.float32) for number in (plain, one, other)))[0])


@given(VECTORS)
def test_nothing_of_the_topic_is_left(given: NDArray[np.float32]) -> None:
    vectors = _unit(given)
    about, rest = vectors[0], vectors[1:]
    left = topic.project_out(rest, about * 5)
    assert np.allclose(left @ about, 0, atol=1e-4)
    assert np.allclose(np.linalg.norm(left, axis=1), 1, atol=1e-4)


@given(VECTORS)
def test_one_cosine_is_that_of_the_projected_vectors(given: NDArray[np.float32]) -> None:
    about, one, other, _ = _unit(given)
    left = topic.project_out(np.stack([one, other]), about)
    single = _cosine(one @ other, one @ about, other @ about)
    assert single == pytest.approx(float(left[0] @ left[1]), abs=1e-3)


def test_the_topic_itself_is_near_to_nothing() -> None:
    about = np.array([1, 0, 0], dtype=np.float32)
    assert not topic.project_out(about[None], about).any()
    assert _cosine(1.0, 1.0, 1.0) == 0.0


def test_no_topic_changes_nothing() -> None:
    vectors = np.eye(3, dtype=np.float32)
    assert np.array_equal(topic.project_out(vectors, np.zeros(3, dtype=np.float32)), vectors)


def test_two_points_about_one_subject_come_apart() -> None:
    about = np.array([1, 0, 0], dtype=np.float32)
    cost, honesty = (np.array([0.9, *rest], dtype=np.float32) for rest in ((0.436, 0), (0, 0.436)))
    assert cost @ honesty > 0.8
    assert abs(_cosine(cost @ honesty, cost @ about, honesty @ about)) < 0.02
