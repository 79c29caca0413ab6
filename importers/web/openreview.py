"""Papers under review at OpenReview by their addresses: a forum as the interface gives it, read by whichever importer
knows such a file; where none does, the paper alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from importers import choose, recognised
from importers.base import Failure, Input
from importers.web import catalogue
from importers.web.base import Fetcher, Options
from importers.web.catalogue import listed, words
from importers.web.errors import FetchError
from kb.errors import KbError
from kb.model import identity
from kb.model.document import Document
from kb.model.json_form import JsonObject
from kb.model.talk_addresses import openreview

if TYPE_CHECKING:
    from importers.web.client import Client

_HOSTS = ("api2.openreview.net", "api.openreview.net")
"""The interface of today, and that of forums before 2023."""
_FORUM = re.compile(r"[?&](?:forum|id)=([\w-]{6,40})")
_SURE = 0.6
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
    named = _FORUM.search(target)  # the address of a review names its forum too: all of that comes
    forum = named[1] if named else known.external_ids["openreview"]
    notes = _notes(forum, client, options)
    body = json.dumps({"notes": notes}, ensure_ascii=False)
    source = Input(body, f"{forum}.json", target, body.encode())
    if recognised(source) and (best := choose(source)).sniff(source) >= _SURE:
        yield from best.read(source)
        return
    paper = next((one for one in notes if one.get("id") == forum), notes[0])
    replies = len(notes) - 1
    odd = (f"its reviews and comments are left out: {replies:,}",) if replies else ()
    url = openreview(forum)
    found = catalogue.document(_item(paper), IMPORTER.name, target, {"openreview": forum}, url, odd)
    yield replace(found, url=url)


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


def _item(note: Mapping[str, object]) -> dict[str, object]:
    """The paper in the terms of CSL."""
    date = note.get("pdate") or note.get("odate") or note.get("cdate") or note.get("tcdate")
    item = {
        "type": "article",
        "title": words(_value(note, "title")),
        "author": [{"literal": name} for one in _list(_value(note, "authors")) if (name := words(one))],
        "issued": {"raw": _day(date)} if isinstance(date, int) else None,
        "container-title": words(_value(note, "venue")),
        "abstract": words(_value(note, "abstract")),
    }
    return {name: value for name, value in item.items() if value}


def _value(note: Mapping[str, object], name: str) -> object:
    """A field of the content: the newer interface has it as an object with a `value`."""
    content = note.get("content")
    found = content.get(name) if isinstance(content, dict) else None
    return found.get("value") if isinstance(found, dict) else found


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _day(milliseconds: int) -> str:
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).strftime("%Y-%m-%d")
    except OverflowError:
        return ""


FETCHER = Fetcher(
    name="openreview",
    what="papers at OpenReview with their reviews: https://openreview.net/forum?id=…, or its PDF",
    matches=matches,
    fetch=fetch,
    precedence=30,
)

IMPORTER = catalogue.importer("openreview-paper", "a paper as OpenReview describes it", "by address")
