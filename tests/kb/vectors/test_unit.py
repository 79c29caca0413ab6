"""Vectors of length 1."""

from __future__ import annotations

import numpy as np

from kb.vectors.unit import unit


def test_vectors_keep_their_direction_and_those_without_one_stay():
    rows = np.array([[3, 4], [0, 0], [0, -2]], np.float32)
    assert np.allclose(unit(rows), [[0.6, 0.8], [0, 0], [0, -1]])
    assert np.allclose(unit(rows[0]), [0.6, 0.8])
    assert unit(rows).dtype == np.float32
