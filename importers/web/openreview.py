"""Papers under review at OpenReview by their addresses: a forum as the interface gives it, read as such a file is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from importers import choose
from importers.base import Failure, Input
from importers.exports.parsing import listed
from importers.web import catalogue
from importers.web.base import Fetcher, Options
from importers.web.errors import FetchError
from kb.errors import KbError
from kb.model import identity, talk_addresses
from kb.model.document import Document
from kb.model.json_form import JsonObject

if TYPE_CHECKING:
    from importers.web.client import Client

_HOSTS = ("api2.openreview.net", "api.openreview.net")
"""The interface of today, and that of forums before 2023."""
_PAGE = 1_000  # notes in an answer
_MOST = 20  # answers


def matches(target: str) -> bool:
    """Whether a target is the address of a forum or of its PDF."""
    known = identity.of_target(target)
    return known is not None and "openreview" in known.external_ids


def fetch(target: str, client: Client, options: Options) -> Iterator[Document | Failure]:
    """The paper with its reviews, answers and decision.

    Raises:
        KbError: there is no such forum, it is not public, or OpenReview cannot be asked.
    """
    known = identity.of_target(target)
    assert known is not None
    # The address of a review names its forum too: all of that comes.
    forum = talk_addresses.forum_in(target) or known.external_ids["openreview"]
    body = json.dumps({"notes": _notes(forum, client, options)}, ensure_ascii=False)
    source = Input(body, f"{forum}.json", target, body.encode())
    yield from choose(source).read(source)


def _notes(forum: str, client: Client, options: Options) -> list[JsonObject]:
    """All notes of a forum, of the newer interface if that has it."""
    failed: FetchError | None = None
    for host in _HOSTS:
        base = options.endpoints.get(host, f"https://{host}")
        found: list[JsonObject] = []
        try:
            for page in range(_MOST):
                url = f"{base}/notes?forum={quote(forum)}&limit={_PAGE}&offset={page * _PAGE}"
                answer = catalogue.asked(client, url, "application/json", refresh=options.refresh)
                new = [one for one in listed(answer, "notes") if isinstance(one, dict)]
                found += new
                if len(new) < _PAGE:
                    break
        except FetchError as error:
            if error.status not in {400, 403, 404}:
                raise
            failed = failed or error
            continue
        if found:
            return found
    hint = "check the address; a paper may be hidden while it is under review"
    raise KbError(f"OpenReview shows no forum {forum}", hint) from failed


FETCHER = Fetcher(
    name="openreview",
    what="papers at OpenReview with their reviews: https://openreview.net/forum?id=…, or its PDF",
    matches=matches,
    fetch=fetch,
    precedence=30,
)
