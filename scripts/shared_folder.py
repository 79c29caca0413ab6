"""Where the texts and data sets lie that are no part of the repository."""

from __future__ import annotations

import os
from pathlib import Path


def shared() -> Path:
    """The folder that KB_SHARED names, else `shared` beside the repository. It need not be there."""
    given = os.environ.get("KB_SHARED")
    return Path(given) if given else Path(__file__).resolve().parents[2] / "shared"
