"""What a query says beside its words: `author:okafor tag:ecology kind:critique before:2020 -birds`.

Only a known field with a value that makes sense is one; anything else is searched as words, so that no text is an
error. `-word` leaves out what contains the word, if other words remain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from kb.errors import KbError
from kb.search.dates import span
from kb.search.filters import Filters
from kb.text import squash

_TOKEN = re.compile(
    r"(?<!\S)(?:(?P<field>author|speaker|tag|kind|status|source|before|after):(?P<value>\"[^\"]+\"|[^\s\"]+)"
    r"|-(?P<without>\"[^\"]+\"|[^\W\d_][\w'’-]+))(?!\S)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Fields:
    """The query without its fields, the filters with them, and words that must not occur."""

    text: str
    filters: Filters
    without: tuple[str, ...] = ()


def read(typed: str, filters: Filters, source: Callable[[str], str]) -> Fields:
    """Take the fields out of a query. `source` gives the id that a name means, or raises KbError. Never raises."""
    without: list[str] = []

    def take(match: re.Match[str]) -> str:
        nonlocal filters
        if match["without"]:
            without.append(match["without"].strip('"'))
            return " "
        try:
            filters = _narrowed(filters, match["field"].lower(), match["value"].strip('"'), source)
        except KbError:
            return match[0]
        return " "

    text = squash(_TOKEN.sub(take, typed))
    if not re.search(r"\w", text) and without:
        return Fields(squash(typed), filters)  # nothing to leave them out of
    return Fields(text, filters, tuple(without))


def _narrowed(filters: Filters, field: str, value: str, source: Callable[[str], str]) -> Filters:
    if field in {"author", "speaker"}:
        return replace(filters, author=(*filters.author, value))
    if field == "tag":
        return replace(filters, tag=(*filters.tag, value))
    if field == "kind":
        return replace(filters, kind=(*filters.kind, value.lower().replace("-", "_")))
    if field == "status":
        return replace(filters, status=(*filters.status, value.lower()))
    if field == "source":
        return replace(filters, source=(*filters.source, source(value)))
    begin, end = span(value)
    if field == "before":
        return replace(filters, until=(begin - timedelta(days=1)).isoformat())
    return replace(filters, since=end.isoformat())
