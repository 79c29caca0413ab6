"""The formats of citations: one module each, with a `FORMAT` (`kb.citations.format`)."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.citations.format import Format

DEFAULT = "text"


def names() -> tuple[str, ...]:
    """The name of every format: the default first, the others by the alphabet."""
    found = (module.name.replace("_", "-") for module in iter_modules(__path__))
    return tuple(sorted(found, key=lambda name: (name != DEFAULT, name)))


def named(name: str) -> Format:
    """The format of that name.

    Raises:
        UsageError: there is none.
    """
    if name not in names():
        raise UsageError(f"no format of citations {name!r}", "one of: " + ", ".join(names()))
    found: Format = import_module(f"{__name__}.{name.replace('-', '_')}").FORMAT
    return found


def for_file(name: str) -> str:
    """The format that the ending of a file's name asks for; the default where none does."""
    ending = PurePath(name).suffix.lower()
    return next((format for format in names() if ending and ending in named(format).endings), DEFAULT)
