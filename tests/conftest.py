"""What tests share: a fresh home, the command line in-process, and the real texts where they are."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KB_SHARED", ROOT.parent / "shared"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on the real texts are skipped where these are absent."""
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="the real texts are not here")
    for item in items:
        if "real" in item.keywords:
            item.add_marker(skip)


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Kb = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees a person's own knowledge base."""
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def notices() -> Iterator[list[str]]:
    """What the core tells whoever listens, line by line."""
    from kb.errors import listening

    heard: list[str] = []
    with listening(heard.append):
        yield heard


@pytest.fixture
def kb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kb:
    """Runs a command line on a fresh home."""
    import cli

    def run(*arguments: str | Path, home: Path | None = None) -> Ran:
        capsys.readouterr()
        code = cli.run(["--home", str(home or tmp_path / "home"), *map(str, arguments)])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def shared() -> Path:
    return SHARED
