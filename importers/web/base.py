"""What every fetcher is, and how to write one: a module with a `FETCHER` in `importers.web`, and found there.

A fetcher sees from a target whether it is one of its own, and gives documents for it. For a place that has minutes of
meetings, `importers/web/minutes.py` would be:

    from collections.abc import Iterator
    from dataclasses import replace

    from importers.base import Failure
    from importers.web.base import Fetcher, Options
    from importers.web.client import Client
    from importers.web.page import of_answer
    from kb.model.document import Document

    def matches(target: str) -> bool:
        return target.startswith("https://minutes.example/")

    def fetch(target: str, client: Client, options: Options) -> Iterator[Document | Failure]:
        answer = client.get(target, accept="text/plain")
        yield replace(of_answer(answer, target, answer.url), kind="transcript")

    FETCHER = Fetcher("minutes", "minutes of meetings, by their addresses", matches, fetch)

`Client` keeps the pace, tries again, caches, limits sizes and refuses private addresses: no fetcher opens a connection
of its own. A document names the importer that cuts its text (`of_answer` sees to it; else give the module an `IMPORTER`
too). Tests play the place with `tests/importers/web/web_server.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from importers.base import Failure
from kb.model.document import Document
from kb.model.source import StoredSource

if TYPE_CHECKING:
    from importers.web.client import Client


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may say of a fetch."""

    limit: int | None = None  # at most so many documents of a list or search
    comments: bool = True  # a post's discussion too
    refresh: bool = False  # ask the server again, whatever the cache holds
    endpoints: dict[str, str] = field(default_factory=lambda: endpoints())  # host → base URL in its place
    stored: Callable[[Document], StoredSource | None] = lambda _: None
    """What the store has of a document, so that nothing more need be asked for; `intake` sets it."""


def endpoints() -> dict[str, str]:
    """Mirrors to ask in a site's place, from KB_ENDPOINTS: "www.lesswrong.com=http://127.0.0.1:8000,…"."""
    pairs = (pair.partition("=") for pair in os.environ.get("KB_ENDPOINTS", "").split(",") if "=" in pair)
    return {host.strip(): base.strip().rstrip("/") for host, _, base in pairs}


@dataclass(frozen=True, slots=True)
class Known:
    """A source that was fetched before, as far as it tells whether it has changed since."""

    url: str
    external_ids: dict[str, str]
    original: bytes


@dataclass(frozen=True, slots=True)
class Fetcher:
    """One kind of place on the web.

    `matches` sees from the target alone whether it is this fetcher's. `fetch` gives documents as they come, the main
    one first; what fails of a larger target comes as `Failure`; a target that cannot be had at all raises KbError.
    """

    name: str
    what: str  # one line for the docs
    matches: Callable[[str], bool]
    fetch: Callable[[str, Client, Options], Iterator[Document | Failure]]
    together: Callable[[Sequence[str], Client, Options], Iterator[Document | Failure]] | None = None
    """Several targets in few requests, where the place allows it; each gives a document or `Failure`."""
    stale: Callable[[Sequence[Known], Client, Options], list[str]] | None = None
    """The URLs among these whose text or discussion has changed, found out in few requests."""
    alone: Callable[[str], bool] = lambda _: False
    """Targets that cannot be fetched together with others: searches."""
    precedence: int = 50
    """Of several that match, the one with the lowest fetches: the last takes any web address."""
