"""What a text consists of, for a reader who wants to see it at a glance. Spans are half open, in code points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commentary:
    """What is said about another source, `about` by its id; None where that is not known."""

    about: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turns:
    """How many turns somebody has."""

    speaker: str | None
    turns: int


@dataclass(frozen=True, slots=True)
class Insertion:
    """An editor's words inside somebody else's text."""

    speaker: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Commentary on sources, headings, speakers with their turns, and insertions, each in text order."""

    commentary: tuple[Commentary, ...] = ()
    headings: tuple[Heading, ...] = ()
    turns: tuple[Turns, ...] = ()
    insertions: tuple[Insertion, ...] = ()
