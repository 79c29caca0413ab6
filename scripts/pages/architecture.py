"""docs/architecture.md: how one of each is written, from the contracts themselves."""

from __future__ import annotations

import re
from inspect import cleandoc
from types import ModuleType

import commands
import importers.base
import importers.web.base
from kb.extract import rules
from kb.maps import format
from server import routes

_CONTRACTS: tuple[tuple[str, str, ModuleType], ...] = (
    ("An importer", "importers/texts/minutes.py", importers.base),
    ("A place on the web", "importers/web/minutes.py", importers.web.base),
    ("A rule", "kb/extract/rules/corrections.py", rules),
    ("A map format", "kb/maps/formats/lines.py", format),
    ("A page", "server/pages/hello.py", routes),
    ("A verb", "commands/authors.py", commands),
)


def tables() -> dict[str, str]:
    """The worked examples by the name of their place."""
    return {
        "worked-examples": "\n".join(
            f"**{what}**, `{file}`:\n\n```python\n{example(of)}\n```\n" for what, file, of in _CONTRACTS
        )
    }


def example(contract: ModuleType) -> str:
    """The module that a contract's docstring shows."""
    return cleandoc("\n".join(re.findall(r"^(?: {4}.*)?$", contract.__doc__ or "", re.M)))
