"""A file as a lock: one alone, or several who share it."""

from __future__ import annotations

from pathlib import Path

from kb.text.locks import lock


def test_one_is_alone_and_the_next_comes_when_it_has_gone(tmp_path: Path) -> None:
    file = tmp_path / "a.lock"
    with lock(file) as held, lock(file, wait_s=0) as second, lock(file, shared=True, wait_s=0) as third:
        assert (held, second, third) == (True, False, False)
    with lock(file, wait_s=0) as held:
        assert held


def test_several_share_it_and_keep_out_who_would_be_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.lock"
    with lock(file, shared=True) as one, lock(file, shared=True, wait_s=0) as two, lock(file, wait_s=0.1) as alone:
        assert (one, two, alone) == (True, True, False)
