"""The default model's export, made once for all tests that need it: it takes some ten seconds."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path


@cache
def exported() -> Path:
    """A home that holds nothing but the export."""
    from kb.vectors.embed.export import ensure
    from kb.vectors.embed.model import resolve

    home = Path(tempfile.mkdtemp(prefix="kb-model-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    assert ensure(home, resolve())
    return home


def home_with_model(place: Path) -> Path:
    """A home at that place, without a store, in which the export lies; its files may be replaced but not written to."""
    for file in exported().glob("index/model-*/*"):
        copy = place / file.relative_to(exported())
        copy.parent.mkdir(parents=True, exist_ok=True)
        os.link(file, copy)
    return place
