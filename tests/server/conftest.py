"""A server of a copy of the examples, and a browser, for the tests of pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from tests.browsing import Served, Tab, serving, tab


@pytest.fixture
def home(corpus: Path, tmp_path: Path) -> Path:
    """The example corpus, to be written into."""
    return Path(shutil.copytree(corpus, tmp_path / "home"))


@pytest.fixture
def served(home: Path) -> Iterator[Served]:
    with serving(home) as made:
        yield made


@pytest.fixture(scope="session")
def standing(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for all tests that only look."""
    home = Path(shutil.copytree(corpus, tmp_path_factory.mktemp("standing") / "home"))
    with serving(home) as made:
        yield made


@pytest.fixture
def visitor(standing: Served) -> Iterator[httpx.Client]:
    """Somebody who only looks."""
    with standing.client() as made:
        yield made


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """Somebody who has opened the address, without a browser."""
    with served.client() as made:
        yield made


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Tab]:
    """A tab; in the end nothing may have left this machine, and no script have failed."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    made = tab(context, served)
    yield made
    made.check()
    context.close()
