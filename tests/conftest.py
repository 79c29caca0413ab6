"""What tests share: a fresh home, the command line in-process, and the real texts where they are."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
settings.register_profile("kb", deadline=None)  # how long a thing takes is measured in benchmarks/
settings.load_profile("kb")

SHARED = Path(os.environ.get("KB_SHARED", ROOT.parent / "shared"))


def pytest_configure() -> None:
    """No test writes to a person's own cache; all share one of this run, fixtures of a module and processes too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background: what tests start hears Ctrl-C
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if "PYTEST_XDIST_WORKER" in os.environ:  # the process that started this one has made it
        return
    cache = tempfile.mkdtemp(prefix="kb-cache-")
    atexit.register(shutil.rmtree, cache, ignore_errors=True)
    os.environ["KB_CACHE"] = cache


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


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example corpus in a home, with vectors. Nobody writes into it."""
    import cli

    home = tmp_path_factory.mktemp("corpus") / "home"
    assert cli.run(["--home", str(home), "add", str(ROOT / "examples")]) == 0
    return home


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; a test that asks for it is skipped where there is none."""
    from playwright.sync_api import sync_playwright

    from tests.browsing import launched

    with sync_playwright() as playwright:
        made = launched(playwright)
        yield made
        made.close()


def process(home: Path, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """A command line in a process of its own."""
    command = [sys.executable, "-m", "cli", "--home", str(home), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


@pytest.fixture
def shared() -> Path:
    return SHARED
