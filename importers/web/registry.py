"""The fetchers, and which of them takes a target. To add one: see `importers.web.base`."""

from __future__ import annotations

from functools import cache

from importers import discovery
from importers.web.base import Fetcher


@cache
def fetchers() -> tuple[Fetcher, ...]:
    """All fetchers in the order in which they are asked: the most particular first."""
    found: list[Fetcher] = [*discovery.found("FETCHER", "importers.web")]
    return tuple(sorted(found, key=lambda one: (one.precedence, one.name)))


def fetcher(target: str) -> Fetcher | None:
    """The fetcher for a target, or None where it is no address."""
    return next((candidate for candidate in fetchers() if candidate.matches(target)), None)
