"""A home in which the default model lies exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exported import home_with_model


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_with_model(tmp_path / "home")
