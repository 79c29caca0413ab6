"""Finds importers and fetchers in the packages of this one, so that no list of them has to be kept.

Looking into a file is much quicker than importing it: of some eighty modules only those are imported whose text has a
line that begins with `IMPORTER =` or `FETCHER =`. They must therefore be there as source, as `pip` installs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

PACKAGES = (
    "importers.texts", "importers.exports", "importers.discussions", "importers.documents",
    "importers.conversations", "importers.web",
)  # fmt: skip


def found(name: str, *packages: str) -> Iterator[Any]:
    """What modules of these packages, and of packages in them, define as `name`; in the order of their paths."""
    defines = re.compile(rf"^{name}\b[^=\n]*=", re.M)
    for package in packages:
        for folder in import_module(package).__path__:
            for file in sorted(Path(folder).rglob("*.py")):
                if defines.search(file.read_text(encoding="utf-8")):
                    inside = file.relative_to(folder).with_suffix("").parts
                    yield getattr(import_module(".".join((package, *inside))), name)
