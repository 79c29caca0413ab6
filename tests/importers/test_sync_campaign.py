"""Random edits on both sides of a vault, then sync until quiet: nothing is lost and both sides say the same.

A few of the scripts that `python -m benchmarks.sync_campaign` plays by the thousand.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vault_campaign import begin, play


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("campaign") / "template"
    begin(place)
    return place


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(seed=st.integers(0, 10**9), rounds=st.integers(1, 2), steps=st.integers(1, 4))
def test_nothing_is_lost_and_both_sides_say_the_same(
    template: Path, tmp_path_factory: pytest.TempPathFactory, seed: int, rounds: int, steps: int
) -> None:
    assert play(template, tmp_path_factory.mktemp("play") / "play", seed, rounds, steps) == []
