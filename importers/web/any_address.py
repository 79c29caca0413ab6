"""Any address that nobody else takes: a page, a PDF, a text or a feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from importers.base import Failure
from importers.web import feed, page
from importers.web.base import Fetcher, Options
from kb.errors import notify
from kb.model.document import Document

if TYPE_CHECKING:
    from importers.web.client import Client


def matches(target: str) -> bool:
    """Any address of the web."""
    return re.match(r"https?://[^\s/]", target, re.I) is not None


def fetch(target: str, client: Client, options: Options) -> Iterator[Document | Failure]:
    """The page, PDF or text at an address, as one document.

    Raises:
        KbError: it cannot be had, or is nothing to read.
    """
    address = page.mirrored(target, options)
    answer = client.get(address, accept=page.ACCEPT)
    url = target if address != target else answer.url
    if feed.is_feed(answer):
        yield from feed.documents(answer, target, client, options)
        return
    if offered := feed.offered(answer, url):
        notify(f"{target} has a feed, which kb refresh can follow: kb add {offered}")
    yield page.of_answer(answer, target, url)


FETCHER = Fetcher(
    name=page.IMPORTER.name,
    what="any other web page, or a PDF on the web",
    matches=matches,
    fetch=fetch,
    precedence=90,
)
