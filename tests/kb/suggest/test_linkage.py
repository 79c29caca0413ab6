"""Small groups by average linkage."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kb.suggest import linkage

NEAR = [(0, 1), (1, 2), (2, 3), (3, 4)]
SCORES = {(0, 1): 0.9, (1, 2): 0.5, (2, 3): 0.9, (3, 4): 0.4}


def _scores(given: dict[tuple[int, int], float]) -> linkage.Scores:
    def between(some: object, others: object) -> NDArray[np.float32]:
        ends = [[tuple(sorted((a, b))) for b in others] for a in some]  # type: ignore[attr-defined]
        return np.array([[given.get(pair, 0.0) for pair in row] for row in ends], dtype=np.float32)

    return between


def test_a_chain_is_cut_where_its_ends_are_far_from_each_other() -> None:
    assert linkage.grouped(NEAR, _scores(SCORES), 0.3, 12) == [[0, 1], [2, 3]]
    assert linkage.grouped(NEAR, _scores(SCORES), 0.15, 12) == [[0, 1], [2, 3, 4]]
    assert linkage.grouped(NEAR, _scores(SCORES), 0.05, 12) == [[0, 1, 2, 3, 4]]
    assert linkage.grouped(NEAR, _scores(SCORES), 0.95, 12) == []


def test_a_group_stays_small() -> None:
    every = dict.fromkeys(combinations(range(6), 2), 0.8)
    assert [len(group) for group in linkage.grouped(list(every), _scores(every), 0.3, 4)] == [4, 2]


def test_what_belongs_together_is_one_group_and_what_must_stay_apart_never_is() -> None:
    apart = [frozenset((0, 1))]
    assert linkage.grouped(NEAR, _scores(SCORES), 0.3, 12, together=[(0, 4)], apart=apart) == [[0, 4], [2, 3]]
    assert linkage.grouped([], _scores({}), 0.3, 12, together=[(7, 9), (9, 8)]) == [[7, 8, 9]]
    assert linkage.grouped([], _scores({}), 0.3, 12, together=[(0, 1)], apart=apart) == []


_PAIRS = st.dictionaries(
    st.sampled_from(list(combinations(range(9), 2))), st.floats(0, 1, width=32, allow_subnormal=False), max_size=20
)


@settings(max_examples=50)
@given(_PAIRS, st.integers(2, 6), st.sets(st.sampled_from(list(combinations(range(9), 2))), max_size=4))
def test_any_pairs_make_groups_that_keep_the_rules(
    pairs: dict[tuple[int, int], float], most: int, parted: set[tuple[int, int]]
) -> None:
    apart = {frozenset(pair) for pair in parted}
    found = linkage.grouped(list(pairs), _scores(pairs), 0.4, most, apart=apart)
    members = [thing for group in found for thing in group]
    assert len(members) == len(set(members))
    for group in found:
        assert 2 <= len(group) <= most
        assert not any(frozenset(pair) in apart for pair in combinations(group, 2))
