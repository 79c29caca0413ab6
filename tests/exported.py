"""The default model's exports, made once for all tests: it takes a second. `tests/conftest.py` says where."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def exported() -> Path:
    """The folder of the export in single precision, in the cache that all tests share; it is only to be read."""
    from kb.vectors.embed.export import ensure
    from kb.vectors.embed.model import resolve

    folder = ensure(resolve(), wanted="float32")
    assert folder
    return folder


def home_with_model(place: Path) -> Path:
    """A home at that place, without a store, after the export that it wants was made."""
    from kb.vectors.embed.export import ensure
    from kb.vectors.embed.model import resolve

    ensure(resolve())
    place.mkdir(parents=True, exist_ok=True)
    return place
