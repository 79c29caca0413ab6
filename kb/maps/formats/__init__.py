"""The formats of argument maps: one module each, with a `FORMAT` (`kb.maps.format` says how to write one).

A format has the name of its module, so that listing the names imports none of them, and drawing only the one wanted.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from kb.errors import UsageError
from kb.text.spelling import one_of

if TYPE_CHECKING:
    from kb.maps.format import Format
    from kb.model.argument_map import ArgumentMap

DEFAULT = "tree"


def names() -> tuple[str, ...]:
    """The name of every format: the default first, the others by the alphabet."""
    return tuple(sorted((found.name for found in iter_modules(__path__)), key=lambda name: (name != DEFAULT, name)))


def named(name: str) -> Format:
    """The format of that name.

    Raises:
        UsageError: there is none.
    """
    if name not in names():
        raise UsageError(f"no map format {name!r}", one_of(name, names()))
    found: Format = import_module(f"{__name__}.{name}").FORMAT
    return found


def for_file(name: str) -> str:
    """The format that the ending of a file's name asks for, in small letters or large; without one the default.

    Raises:
        UsageError: no format has such files.
    """
    ending = PurePath(name).suffix.lower()
    if not ending:
        return DEFAULT
    likely = sorted(names(), key=lambda format: format != ending[1:])  # most are called what their files end in
    for format in likely:
        if ending in named(format).endings:
            return format
    endings = ", ".join(sorted(ending for format in names() for ending in named(format).endings))
    raise UsageError(f"no map format has files that end in {ending!r}", f"one of {endings}; or say --format")


def render(map_: ArgumentMap, format: str = DEFAULT) -> str:
    """Draw a map in the format of that name.

    Raises:
        UsageError: there is no such format.
    """
    return named(format).render(map_)
