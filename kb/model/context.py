"""Where the words of a statement or a hit belong: what makes them readable alone, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass

QUOTED = "quoted"
"""Shown where a name would stand, of words that are somebody's and nobody's whom the text names."""


@dataclass(frozen=True, slots=True)
class Context:
    """What makes a statement readable alone: a span of a source that says what "this" or "they" are.

    `text[start:end] == quote` in the source of that id.
    """

    source: str
    quote: str
    start: int
    end: int
