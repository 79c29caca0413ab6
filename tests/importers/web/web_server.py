"""A web server on this machine that plays what a test wants, faults included.

    with serve({"/a": page("<p>hi"), "/b": [busy(retry_after="3"), page("ok")]}) as server:
        server.url("/a")          # http://127.0.0.1:PORT/a
        server.requests           # what came in, in order: method, path with query, headers, body
        server.count("/a")        # how often a path was asked for

A route's key is a path, with its query or without ("/a?x=1" goes before "/a"); "*" answers what no route does. Its
value is an `Answer`, a list of them (one a request, the last one again and again), or a function from a `Request` to
an `Answer`. No route: 404.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Request:
    method: str
    path: str  # with the query
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None  # break the connection after so many bytes of the body
    stall: bool = False  # send the head, then nothing until the server closes
    pieces: Iterator[bytes] | None = None  # sent instead of `body`, without a Content-Length


Route = Answer | Sequence[Answer] | Callable[[Request], Answer]


def page(text: str | bytes, type: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    """A good answer; a keyword `Last_Modified="…"` is a header."""
    body = text.encode() if isinstance(text, str) else text
    return Answer(body, 200, {"Content-Type": type} | {k.replace("_", "-"): v for k, v in headers.items()})


def answer_json(value: Any, status: int = 200) -> Answer:
    """A value as JSON."""
    return Answer(json.dumps(value).encode(), status, {"Content-Type": "application/json"})


def busy(status: int = 429, retry_after: str | None = None) -> Answer:
    """Come back later."""
    return Answer(b"busy", status, {"Retry-After": retry_after} if retry_after else {})


def redirect(to: str, status: int = 302) -> Answer:
    """Look elsewhere."""
    return Answer(b"", status, {"Location": to})


def cut(text: str | bytes, after: int = 5) -> Answer:
    """A good answer whose connection breaks in the middle."""
    body = text.encode() if isinstance(text, str) else text
    return Answer(body, cut=after)


def huge(megabytes: int) -> Answer:
    """An endless-looking answer that does not say how long it is."""
    return Answer(pieces=iter([b"x" * (1 << 20)] * megabytes))


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):  # a client that hangs up is no error of a test
            super().handle_error(request, client_address)


class Server:
    """A running server; see the module."""

    def __init__(self, routes: Mapping[str, Route]) -> None:
        self.routes: dict[str, Route] = dict(routes)
        self.requests: list[Request] = []
        self._used: dict[str, int] = {}
        self._lock = threading.Lock()
        self.closing = threading.Event()
        self._http = _Quiet(("127.0.0.1", 0), _handler(self))
        self.base_url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str = "/") -> str:
        return self.base_url + path

    def count(self, path: str) -> int:
        """How often a path was asked for, whatever its query."""
        return sum(one.path.partition("?")[0] == path for one in self.requests)

    def close(self) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()

    def answer(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            bare = request.path.partition("?")[0]
            key = next((one for one in (request.path, bare, "*") if one in self.routes), None)
            if key is None:
                return Answer(b"nothing here", 404)
            route = self.routes[key]
            if isinstance(route, Answer):
                return route
            if callable(route):
                return route(request)
            turn = self._used.get(key, 0)
            self._used[key] = turn + 1
            return route[min(turn, len(route) - 1)]


@contextmanager
def serve(routes: Mapping[str, Route]) -> Iterator[Server]:
    """A server with these routes, as long as the block runs."""
    server = Server(routes)
    try:
        yield server
    finally:
        server.close()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one go: else each answer waits for the other side's acknowledgement
        disable_nagle_algorithm = True

        def _play(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = server.answer(Request(self.command, self.path, headers, self.rfile.read(length)))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.close_connection = answer.cut is not None or answer.stall or answer.pieces is not None
            if answer.pieces is None and "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body) + answer.stall))
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            try:
                self.wfile.write(answer.body[: answer.cut])
                for piece in answer.pieces or ():
                    self.wfile.write(piece)
                self.wfile.flush()
            except OSError:
                self.close_connection = True  # the client has heard enough
            if answer.stall:
                server.closing.wait(10)

        do_GET = do_POST = do_HEAD = _play  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    return Handler
