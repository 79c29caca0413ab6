"""What can be looked at: a module a page, or a few that belong together, each with its `ROUTES` (`server.routes`)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from server.routes import Page


def every() -> list[Page]:
    """All pages, by the names of their modules."""
    files = sorted(file.stem for folder in __path__ for file in Path(folder).glob("[a-z]*.py"))
    return [page for name in files for page in import_module(f"{__name__}.{name}").ROUTES]
