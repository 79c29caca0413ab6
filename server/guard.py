"""Who may talk to the server: a browser on this machine that has the token, asking from one of our own pages.

The address is open to every program of this machine, and to every web page that the browser shows: a page elsewhere can
send requests here, and a name of its own can be made to mean this machine (DNS rebinding). So each request has to name
us as its host, to come from one of our pages where the browser says where it comes from, and to bear the token of this
run, which the address in the terminal carries and a cookie keeps. See OWASP, Cross-Site Request Forgery Prevention.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from time import monotonic
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.text.controls import visible
from kb.text.strings import clip

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer. No inline script or style is allowed, so that a text which gets markup past us runs nothing."""
_READING = ("GET", "HEAD")
_LONGEST_LINE = 200  # characters of a line in the log
_MB = 1_000_000
_NO_TOKEN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>kb</title>
<h1>This page belongs to a running <code>kb serve</code></h1>
<p>Open it by the address that <code>kb serve</code> printed in the terminal: that address has the key.
From then on every address of a page works in this browser, until the server is stopped.</p></html>"""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may take: bytes of a form and of files that are dropped, and seconds of waiting for them."""

    form: int = _MB
    upload: int = 64 * _MB
    silence_s: float = 10.0
    whole_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Guard:
    """Answers what may not be answered otherwise, and sets the headers of all that is.

    Args:
        port: on which we listen.
        log: is told every request in a line.
    """

    app: ASGIApp
    port: int
    log: Callable[[str], None]
    read_only: bool = False
    limits: Limits = field(default_factory=Limits)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The cookie that keeps the token; cookies of one host are shared by its ports, so it names ours."""
        return f"kb-{self.port}"

    @property
    def address(self) -> str:
        """Where a browser begins, with the token."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        if scope["type"] != "http":
            return None
        began = monotonic()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *own]
            await send(message)

        refused = self._refusal(scope)
        if refused is None:
            body = _Body(receive, self._most(scope), self.limits)
            await self.app(scope, body.receive, sending)
            return self._tell(scope, status, began, body.refused)
        why, answer = refused
        if why:
            answer.headers["Connection"] = "close"  # whatever else of it is still to come
        await answer(scope, receive, sending)
        return self._tell(scope, status, began, why)

    def _tell(self, scope: Scope, status: int, began: float, why: str = "") -> None:
        line = f"{scope['method']} {scope['path']}"
        took = f"{(monotonic() - began) * 1000:.0f} ms"
        told = f"{status} {took} {line}" if not why else f"{status} refused: {why} ({line})"
        self.log(clip(visible(told.replace("\n", " ")), _LONGEST_LINE))

    def _most(self, scope: Scope) -> int:
        return self.limits.upload if scope["path"] == "/import/files" else self.limits.form

    def _refusal(self, scope: Scope) -> tuple[str, Response] | None:
        """Why the request is not let in, with the answer to it; None where it is."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        names = [name for name, _ in scope["headers"]]
        if names.count(b"host") != 1 or names.count(b"origin") > 1:
            return _refuse("one host and one origin, please", 400)
        if headers.get("host", "") not in self._hosts():
            return _refuse("another host", 421)
        if scope["method"] not in (*_READING, "POST"):
            return _refuse("no such method", 405)
        if (why := self._foreign(scope, headers)) is not None:
            return _refuse(why, 403)
        entering = self._entering(scope)
        if entering is not None:
            return entering
        if not self._known(headers.get("cookie", "")):
            return "no token", HTMLResponse(_NO_TOKEN, 403)
        if self.read_only and scope["method"] not in _READING:
            return _refuse("started with --read-only, it writes nothing", 403)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > self._most(scope):
            return _refuse(f"more than {self._most(scope) // _MB} MB", 413)
        return None

    def _hosts(self) -> tuple[str, ...]:
        return tuple(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    def _foreign(self, scope: Scope, headers: dict[str, str]) -> str | None:
        """Why the browser says that the request is another page's; None where it is ours, or a link that was followed.

        Browsers send Origin with every POST, and Sec-Fetch-Site with everything (Fetch Metadata Request Headers).
        """
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if origin is not None and origin not in {f"http://{host}" for host in self._hosts()}:
            return "another origin"
        if scope["method"] == "POST" and origin is None:
            return "no origin"
        followed = scope["method"] in _READING and headers.get("sec-fetch-mode") == "navigate"
        if site not in ("same-origin", "none") and not followed:
            return "asked by another site"
        return None

    def _entering(self, scope: Scope) -> tuple[str, Response] | None:
        """The address of the terminal: the token goes into a cookie, and out of the address."""
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(asked).get("token")
        if given is None or scope["method"] not in _READING:
            return None
        if not secrets.compare_digest(given.encode(), self.token.encode()):
            return "another token", HTMLResponse(_NO_TOKEN, 403)
        rest = urlencode([(name, value) for name, value in asked if name != "token"])
        path = "/" + scope["path"].lstrip("/")  # never "//host", which would lead elsewhere
        answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="lax", path="/")
        return "", answer

    def _known(self, cookies: str) -> bool:
        try:
            found = SimpleCookie(cookies).get(self.cookie)
        except CookieError:
            return False
        return found is not None and secrets.compare_digest(found.value.encode(), self.token.encode())


class _Body:
    """The body of a request as it comes in: no more of it than is allowed, and not for longer."""

    def __init__(self, receive: Receive, most: int, limits: Limits) -> None:
        self._receive, self._left, self._limits = receive, most, limits
        self._until: float | None = None
        self._whole = False
        self.refused = ""

    async def receive(self) -> Message:
        """The next part.

        Raises:
            HTTPException: it is too much, or nothing comes.
        """
        if self._whole:  # what comes now is only that the browser has gone
            return await self._receive()
        self._until = self._until or monotonic() + self._limits.whole_s
        wait = min(self._limits.silence_s, self._until - monotonic())
        try:
            message = await asyncio.wait_for(self._receive(), max(wait, 0.001))
        except TimeoutError:
            raise self._refusal("the rest does not come", 408) from None
        self._left -= len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._left < 0:
            raise self._refusal("more than is allowed", 413)
        return message

    def _refusal(self, why: str, status: int) -> HTTPException:
        self.refused = why
        return HTTPException(status, why, {"Connection": "close"})


def _refuse(why: str, status: int) -> tuple[str, Response]:
    return why, PlainTextResponse(why, status)
