"""Benchmarks on a machine without the data sets: each says what it does, and none falls over."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED_CODE = {"__init__", "measuring", "data", "made_notes", "made_passages", "made_titles"}
PROGRAMS = sorted(file.stem for file in (ROOT / "benchmarks").glob("*.py") if file.stem not in SHARED_CODE)


def _run(*command: str, shared: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **({"KB_SHARED": str(shared)} if shared else {})}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_each_program_says_how_it_is_called() -> None:
    with ThreadPoolExecutor(2) as pool:
        helped = dict(zip(PROGRAMS, pool.map(lambda name: _run(f"benchmarks.{name}", "--help"), PROGRAMS), strict=True))
    for name, ran in helped.items():
        assert ran.returncode == 0, ran.stderr
        assert f"python -m benchmarks.{name}" in ran.stdout


@pytest.mark.parametrize(
    ("command", "missing"),
    [
        (("benchmarks.same_point",), "ArgKP"),
        (("benchmarks.adapt",), "DISAPERE"),
        (("benchmarks.statements",), "labelled texts"),
        (("benchmarks.retrieval", "--queries", "5"), "SciFact"),
        (("scripts.train_confidence",), "labelled texts"),
    ],
)
def test_missing_data_is_one_line(command: tuple[str, ...], missing: str, tmp_path: Path) -> None:
    ran = _run(*command, shared=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert missing in ran.stderr


def test_every_program_is_in_the_list() -> None:
    listed = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}" in listed for name in PROGRAMS)
