"""The fetchers, and which of them takes a target. To add one: write a module with a `FETCHER`, name it here."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from importers.web.base import Fetcher

_MODULES = (
    "importers.web.forum.fetch",
    "importers.web.arxiv.papers",
    "importers.web.page",
)  # the last takes any address


@cache
def fetchers() -> tuple[Fetcher, ...]:
    """All fetchers, the most particular first."""
    return tuple(import_module(module).FETCHER for module in _MODULES)


def fetcher(target: str) -> Fetcher | None:
    """The fetcher for a target, or None where it is no address."""
    return next((candidate for candidate in fetchers() if candidate.matches(target)), None)
