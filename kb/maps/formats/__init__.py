"""Draws a `kb.maps.argument_map.ArgumentMap` as text, in many formats: one module a format, each with a `render`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from kb.errors import UsageError
from kb.maps.argument_map import ArgumentMap

Renderer = Callable[[ArgumentMap], str]


def _lazy(module: str) -> Renderer:
    """A renderer that imports its module when first used: the tree need not pay for the drawing."""

    def draw(map_: ArgumentMap) -> str:
        text: str = import_module(f"{__name__}.{module}").render(map_)
        return text

    draw.__name__ = f"render_{module}"
    return draw


FORMATS: dict[str, Renderer] = {
    name: _lazy(name)
    for name in (
        "tree",
        "json",
        "markdown",
        "mermaid",
        "dot",
        "svg",
        "html",
        "argdown",
        "canvas",
        "graphml",
        "aif",
    )
}
"""Every format by name. A new one is a module here and a name in this list."""


def render(map_: ArgumentMap, format: str = "tree") -> str:
    """Draw `graph` in the format of that name.

    Raises `UsageError` where there is no such format.
    """
    renderer = FORMATS.get(format)
    if renderer is None:
        raise UsageError(f"unknown map format: {format}", f"use one of {', '.join(FORMATS)}")
    return renderer(map_)
