"""What a fetch that failed says: the target, what went wrong, and the cure. Never a password or a key."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from kb.errors import KbError

SIZE_SETTING = "max_download_mb"
PRIVATE_FLAG = "--allow-private"

_SECRET = re.compile(r"token|secret|passw|signature|credential|api_?key|auth|^key$|^sig$|^session", re.I)
_LONGEST = 200  # characters of an address that a message shows


class FetchError(KbError):
    """Something could not be fetched.

    `status` is the HTTP status (None where no answer came), `url` the address without secrets, `body` what the
    server said with it: some interfaces explain themselves there.
    """

    def __init__(self, message: str, hint: str = "", *, url: str = "", status: int | None = None, body: bytes = b""):
        super().__init__(message, hint)
        self.url = url
        self.status = status
        self.body = body


class TooLargeError(FetchError):
    """The answer is above the size limit."""


def redacted(url: str) -> str:
    """The address as a message may show it: without user, password, fragment and values of secret parameters."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        query = parts.query
        pairs = parse_qsl(query, keep_blank_values=True)
    except ValueError:
        return _clipped(url.rpartition("@")[2])
    if any(_SECRET.search(name) for name, _ in pairs):
        query = "&".join(name + "=…" if _SECRET.search(name) else urlencode([(name, value)]) for name, value in pairs)
    return _clipped(urlunsplit((parts.scheme, host, parts.path, query, "")))


def _clipped(address: str) -> str:
    return address if len(address) <= _LONGEST else address[: _LONGEST - 1] + "…"


def refused(url: str, status: int, *, tries: int = 1, body: bytes = b"", wait: float | None = None) -> FetchError:
    """The error for an answer that is not the thing asked for."""
    target = redacted(url)
    host = urlsplit(target).hostname or "the server"
    hints = {
        401: (f"{target} asks for a login", "download it in a browser and add the file"),
        403: (f"{host} refuses {target} (403)", "open it in a browser; if it shows there, save it and add the file"),
        404: (f"{target} is not there (404)", "check the address"),
        410: (f"{target} was removed (410)", "look for a copy in a web archive"),
        451: (f"{target} is blocked for legal reasons (451)", "look for another copy"),
    }
    if status in hints:
        message, hint = hints[status]
    elif status == 429:
        later = f"in {wait:.0f} seconds" if wait else "in some minutes"
        message = f"{host} says too many requests (429), {tries} tries for {target}"
        hint = f"run it again {later}: what has come is kept"
    elif status >= 500:
        message = f"{host} is in trouble ({status}), {tries} tries for {target}"
        hint = "run it again later: what has come is kept"
    elif 300 <= status < 400:
        message, hint = f"{target} redirects to nowhere ({status})", "check the address"
    else:
        message, hint = f"{host} answered {status} to {target}", "check the address"
    return FetchError(message, hint, url=target, status=status, body=body)


def too_large(url: str, max_mb: float) -> TooLargeError:
    """The error for an answer above the size limit."""
    target = redacted(url)
    hint = f"kb config {SIZE_SETTING} N allows more"
    return TooLargeError(f"{target} is larger than {max_mb:g} MB", hint, url=target)


def no_address(url: str, why: str, hint: str = "only http and https addresses can be fetched") -> FetchError:
    """The error for an address that will not be asked at all."""
    target = redacted(url)
    return FetchError(f"{target} {why}", hint, url=target)
