"""An answer from the web as fetchers get it: its body as bytes, text or JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from importers.web.cache import Stored
from importers.web.errors import FetchError, redacted
from kb.text.json_values import json_value

_CHARSET = re.compile(r"""charset=["']?([\w.:-]+)""")


@dataclass(frozen=True, slots=True)
class Response:
    """A complete answer of status 2xx. `url` is where it came from after redirects; header names are lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    from_cache: bool
    fetched_at: str  # ISO 8601, UTC

    @staticmethod
    def of(stored: Stored, *, from_cache: bool) -> Response:
        """The answer as it was kept, or as it has just come."""
        when = datetime.fromtimestamp(stored.fetched, UTC).isoformat(timespec="seconds")
        return Response(stored.url, stored.status, stored.headers, stored.body, from_cache, when)

    @property
    def type(self) -> str:
        """The media type without parameters, lower case; "" where the server does not say."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server names, lower case; None where it does not say."""
        found = _CHARSET.search(self.headers.get("content-type", "").lower())
        return found[1] if found else None

    @property
    def text(self) -> str:
        """The body as text, by the header's charset, else UTF-8; what does not decode becomes U+FFFD."""
        charset = self.charset or "utf-8-sig"
        try:
            return self.body.decode("utf-8-sig" if charset in {"utf-8", "utf8"} else charset, "replace")
        except (LookupError, UnicodeError):
            return self.body.decode("utf-8-sig", "replace")

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            FetchError: it is none; often a page to log in or a notice is sent in its place.
        """
        try:
            return json_value(self.body)
        except (ValueError, RecursionError):
            what = f"{redacted(self.url)} did not answer with JSON but with {self.type or 'something else'}"
            raise FetchError(what, "open it in a browser to see what it says", url=redacted(self.url)) from None
