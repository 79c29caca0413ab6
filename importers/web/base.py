"""What every fetcher is: a look at a target, and documents from the web for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kb.errors import KbError
from kb.model.document import Document

if TYPE_CHECKING:
    from importers.web.client import Client


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may say of a fetch."""

    limit: int | None = None  # at most so many documents of a list or search
    comments: bool = True  # a post's discussion too
    refresh: bool = False  # ask the server again, whatever the cache holds
    endpoints: dict[str, str] = field(default_factory=lambda: endpoints())  # host → base URL in its place


def endpoints() -> dict[str, str]:
    """Mirrors to ask in a site's place, from KB_ENDPOINTS: "www.lesswrong.com=http://127.0.0.1:8000,…"."""
    pairs = (pair.partition("=") for pair in os.environ.get("KB_ENDPOINTS", "").split(",") if "=" in pair)
    return {host.strip(): base.strip().rstrip("/") for host, _, base in pairs}


@dataclass(frozen=True, slots=True)
class Missed:
    """One thing of a larger target that could not be had; the rest goes in."""

    target: str
    error: KbError


@dataclass(frozen=True, slots=True)
class Known:
    """A source that was fetched before, as far as it tells whether it has changed since."""

    url: str
    external_ids: dict[str, str]
    original: bytes


@dataclass(frozen=True, slots=True)
class Fetcher:
    """One kind of place on the web.

    `matches` sees from the target alone whether it is this fetcher's: an order of preference stands in
    `importers.web.registry`. `fetch` gives documents as they come, the main one first; what fails of a larger target
    comes as `Missed`; a target that cannot be had at all raises KbError.
    """

    name: str
    what: str  # one line for the docs
    matches: Callable[[str], bool]
    fetch: Callable[[str, Client, Options], Iterator[Document | Missed]]
    together: Callable[[Sequence[str], Client, Options], Iterator[Document | Missed]] | None = None
    """Several targets in few requests, where the place allows it; each gives a document or `Missed`."""
    stale: Callable[[Sequence[Known], Client, Options], list[str]] | None = None
    """The URLs among these whose text or discussion has changed, found out in few requests."""
    alone: Callable[[str], bool] = lambda _: False
    """Targets that cannot be fetched together with others: searches."""
