"""A home, and caches of the default model's export that a test may harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb import config
from tests.exported import exported, home_with_model


@pytest.fixture(autouse=True)
def _any_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this one can do, the model runs in single precision unless a test says otherwise."""
    monkeypatch.setattr("kb.vectors.embed.precision.flags", frozenset)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """For processes too, which nobody tells of another processor."""
    made = home_with_model(tmp_path / "home")
    config.set_value(made, "embedding.precision", "float32")
    return made


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, with nothing in it yet."""
    exported()  # into the shared one, before this hides it
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def own_export(empty_cache: Path) -> Path:
    """The export in such a cache; its files may be replaced but not written to."""
    folder = empty_cache / exported().name
    folder.mkdir(parents=True)
    for file in exported().iterdir():
        os.link(file, folder / file.name)
    return folder
