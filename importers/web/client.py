"""The one HTTP client of all fetchers: polite, bounded, and remembering what it has read.

It names itself, keeps a gap between requests to a host, tries again when a server is busy, follows redirects only to
public addresses, reads no more than the size limit, and keeps complete answers in the home's `cache/` so that adding
again and going on after an interruption ask for nothing twice.
"""

from __future__ import annotations

import json
import math
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from importers.web import body as _body
from importers.web.addresses import Guard, Resolve, checked_url, resolve, transport
from importers.web.cache import Cache, Stored
from importers.web.errors import FetchError, no_address, redacted, refused, too_large
from importers.web.pace import LONGEST_WAIT, Pace, backoff, retry_after
from importers.web.response import Response

DAY = 86_400.0
_PROJECT = "personal knowledge base"
_TRIES = 5
_TRIES_TIMEOUT = 2  # each costs the whole timeout
_HOPS = 10
_WHOLE = 10  # the whole answer may take so many times the timeout
_FOREIGN = {"set-cookie", "set-cookie2", "content-encoding", "transfer-encoding", "content-length", "connection"}


Keep = Callable[[Response], bool]


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


class Client:
    """Fetches for one run; use it as a context manager.

    Args:
        home: answers are kept in its `cache/`; None keeps nothing.
        contact: a mail address or URL for the User-Agent, so that a server's keeper can write.
        max_mb: a larger answer is refused while it comes in.
        timeout: seconds for a connection and for each wait for data.
        allow_private: addresses that are not public may be asked too.
        pacing: host → seconds between requests, over the built-in ones.
        refresh: kept answers from before this run are not good enough (but asked for as "changed since?").
        sleep, clock, resolve: for tests.
    """

    def __init__(
        self,
        home: Path | None,
        contact: str = "",
        *,
        max_mb: float = 64,
        timeout: float = 30,
        allow_private: bool = False,
        pacing: Mapping[str, float] | None = None,
        refresh: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
        resolve: Resolve = resolve,
    ) -> None:
        self._cache = Cache(home / "cache") if home else None
        named = "".join(c for c in contact if c.isprintable() and c.isascii() and c not in "()")
        if re.fullmatch(r"[^\s@:/]+@[^\s@/]+", named):
            named = f"mailto:{named}"  # the form in which Crossref and OpenAlex look for it
        self.user_agent = f"kb/{version('kb')} ({named if named.startswith('mailto:') else f'+{named or _PROJECT}'})"
        self._max_mb = max_mb
        self._timeout = timeout
        self._since = clock() if refresh else -math.inf
        self._pace = Pace(pacing or {}, clock, sleep)
        self._sleep = sleep
        self._clock = clock
        self._guard = Guard(allow_private=allow_private, resolve=resolve)
        self._proxied: dict[str, httpx.Client] = {}
        self.requests = 0  # sent so far: what the cache answered is not among them

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes its connections."""
        for client in (*self._proxied.values(), *([self._direct] if "_direct" in self.__dict__ else [])):
            client.close()

    def get(
        self, url: str, *, accept: str | None = None, max_age: float | None = None, keep: Keep | None = None
    ) -> Response:
        """Fetch an address.

        Args:
            url: http or https.
            accept: media types, as the Accept header has them.
            max_age: a kept answer may be so many seconds old: a day if not given, 0 for none, `math.inf` for any.
            keep: says of a new answer whether it is worth keeping; some errors come with status 200.

        Raises:
            FetchError: it cannot be had; the message names the target and the hint the cure.
        """
        return self._answer(_Request("GET", url, {"Accept": accept or "*/*"}), max_age, keep)

    def post_json(
        self,
        url: str,
        payload: Any,
        *,
        headers: Mapping[str, str] | None = None,
        max_age: float | None = None,
        keep: Keep | None = None,
    ) -> Response:
        """Send JSON that only asks (GraphQL) and fetch the answer; kept and repeated like `get`.

        Raises:
            FetchError: as for `get`; its `body` holds what the server said.
        """
        body = json.dumps(payload, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        own = {"Accept": "application/json", "Content-Type": "application/json"}
        return self._answer(_Request("POST", url, own | dict(headers or {}), body), max_age, keep)

    def _answer(self, request: _Request, max_age: float | None, keep: Keep | None) -> Response:
        checked_url(request.url)
        key = Cache.key(request.method, request.url, request.headers["Accept"], request.body)
        stored = self._cache.get(key) if self._cache else None
        oldest = max(self._since, self._clock() - (DAY if max_age is None else max_age))
        if stored and stored.fetched >= oldest and max_age != 0:
            return Response.of(stored, from_cache=True)
        fresh = self._follow(request, stored)
        answer = Response.of(fresh, from_cache=False)
        if self._cache and fresh.status == 200 and (keep is None or keep(answer)):
            self._cache.put(key, fresh)
        return answer

    def _follow(self, request: _Request, stored: Stored | None) -> Stored:
        """The answer after all redirects, each checked as the first address was."""
        hop = _conditional(request, stored) if request.method == "GET" else request
        for _ in range(_HOPS + 1):
            answer = self._tried(hop)
            if answer.status == 304 and stored:
                return Stored(stored.url, 200, stored.headers, stored.body, self._clock())
            if not 300 <= answer.status < 400:
                return answer
            target = answer.headers.get("location")
            if not target:
                raise refused(hop.url, answer.status)
            hop = _redirected(hop, target, answer.status)
        raise no_address(request.url, f"redirects more than {_HOPS} times", "open it in a browser, save and add it")

    def _tried(self, request: _Request) -> Stored:
        """The answer to one request, asked for again while the server is busy or the connection breaks."""
        host = urlsplit(request.url).hostname or ""
        for tries in range(1, _TRIES + 1):
            self._pace.wait(host)
            failure, wait = None, None
            try:
                answer = self._once(request)
                if answer.status < 400:
                    return answer
                failure = refused(request.url, answer.status, tries=tries, body=answer.body)
                if answer.status != 429 and not 500 <= answer.status < 600:
                    raise failure
                wait = retry_after(answer.headers.get("retry-after"), self._clock())
                if wait is not None and wait > LONGEST_WAIT:
                    raise refused(request.url, answer.status, tries=tries, body=answer.body, wait=wait)
            except (httpx.TimeoutException, _body.TooSlowError) as error:
                what = f"{redacted(request.url)} did not answer within {self._timeout:g} seconds"
                failure = FetchError(what, "run it again later", url=redacted(request.url))
                if tries >= _TRIES_TIMEOUT:
                    raise failure from error
            except (httpx.ConnectError, httpx.UnsupportedProtocol, httpx.ProxyError) as error:
                what = f"cannot connect to {host} for {redacted(request.url)}"
                hint = "check the address and your connection to the internet"
                raise FetchError(what, hint, url=redacted(request.url)) from error
            except (httpx.TransportError, _body.CutError) as error:
                what = f"the connection to {host} broke, {tries} tries for {redacted(request.url)}"
                failure = FetchError(what, "run it again later: what has come is kept", url=redacted(request.url))
                failure.__cause__ = error
            finally:
                self._pace.asked(host)
            if tries == _TRIES:
                raise failure
            self._sleep(backoff(tries) if wait is None else wait)
        raise AssertionError("unreachable")

    def _once(self, request: _Request) -> Stored:
        client = self._client(request.url)
        headers = {"User-Agent": self.user_agent, "Accept-Encoding": _body.CODINGS, **request.headers}
        limit = int(self._max_mb * 1024 * 1024)
        self.requests += 1
        begun = self._clock()
        with client.stream(request.method, request.url, headers=headers, content=request.body or None) as answer:
            got = {name: value for name, value in answer.headers.items() if name not in _FOREIGN}
            body = b""
            if not 300 <= answer.status_code < 400:
                announced = answer.headers.get("content-length", "")
                if announced.isdecimal() and int(announced) > limit:
                    raise too_large(request.url, self._max_mb)
                coding = answer.headers.get("content-encoding", "")
                try:
                    body = _body.read(answer.iter_raw(), coding, limit, self._late(begun))
                except _body.TooLargeError:
                    raise too_large(request.url, self._max_mb) from None
        return Stored(request.url, answer.status_code, got, body, self._clock())

    def _late(self, begun: float) -> Callable[[], bool]:
        return lambda: self._clock() - begun > _WHOLE * self._timeout

    def _client(self, url: str) -> httpx.Client:
        parts = urlsplit(url)
        proxy = getproxies().get(parts.scheme)
        if not proxy or proxy_bypass(parts.hostname or ""):
            return self._direct
        self._guard.check_by_name(url)
        if proxy not in self._proxied:
            self._proxied[proxy] = httpx.Client(proxy=proxy, verify=self._context, timeout=self._timeout)
        return self._proxied[proxy]

    @cached_property
    def _direct(self) -> httpx.Client:
        return httpx.Client(transport=transport(self._guard, self._context), timeout=self._timeout, trust_env=False)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()


def _conditional(request: _Request, stored: Stored | None) -> _Request:
    """The request as "only if it changed", where the kept answer came from that very address."""
    if stored is None or stored.url != request.url:
        return request
    headers = dict(request.headers)
    if tag := stored.headers.get("etag"):
        headers["If-None-Match"] = tag
    if date := stored.headers.get("last-modified"):
        headers["If-Modified-Since"] = date
    return _Request(request.method, request.url, headers, request.body)


def _redirected(request: _Request, target: str, status: int) -> _Request:
    """The next request of a redirect; what was sent to one server goes to no other."""
    try:
        url = checked_url(urljoin(request.url, target))
    except ValueError:
        raise refused(request.url, status) from None
    headers = {name: value for name, value in request.headers.items() if not name.startswith("If-")}
    same = urlsplit(url)[:2] == urlsplit(request.url)[:2]
    if status == 303 or (request.method == "POST" and status in {301, 302} and not same):
        return _Request("GET", url, {"Accept": request.headers["Accept"]})
    if not same:
        headers = {name: headers[name] for name in ("Accept", "Content-Type") if name in headers}
    return _Request(request.method, url, headers, request.body)
