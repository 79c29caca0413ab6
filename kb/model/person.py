"""People as lists show them: the name under which somebody is known, the others, and how much they say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes or speaks. `also` are the other names that texts, or a person, have for them.

    `sources` and `statements` count what they write, speak in and state; `accounts` are their names on sites.
    """

    name: str
    also: tuple[str, ...] = ()
    sources: int = 0
    statements: int = 0
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Twins:
    """Two names that may be one person's. `keep` is the one to show, `why` says what speaks for it."""

    names: tuple[str, str]
    keep: str
    why: str
    fix: str
