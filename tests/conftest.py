"""What tests of several folders share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the default model lies exported; made once, since that takes some 10 seconds."""
    from kb.embedding.export import ensure
    from kb.embedding.model import resolve

    home = tmp_path_factory.mktemp("model")
    assert ensure(home, resolve())
    return home


@pytest.fixture
def home(tmp_path: Path, model_home: Path) -> Path:
    """A home without a store, in which the default model lies exported."""
    place = tmp_path / "home"
    for file in model_home.glob("index/model-*/*"):
        copy = place / file.relative_to(model_home)
        copy.parent.mkdir(parents=True, exist_ok=True)
        os.link(file, copy)
    return place
