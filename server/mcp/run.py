"""Running the server for models: over standard input and output, or over HTTP on loopback with a token."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from server.mcp.tools import server
from server.run import bound_socket
from server.stores import Stores


def over_stdio(home: Path, *, write: bool) -> None:
    """Serve one client on standard input and output, until it ends. Nothing else may be printed meanwhile."""
    stores = Stores(home)
    try:
        server(stores, write=write).run("stdio")
    finally:
        stores.close()


def over_http(home: Path, port: int | None, began: Callable[[str, str], None], *, write: bool) -> None:
    """Serve clients by streamable HTTP, until Ctrl-C. `began` is told the address and the token once it listens.

    Raises:
        KbError: the port is taken.
    """
    bound = bound_socket(port)
    number = bound.getsockname()[1]
    token = secrets.token_urlsafe(24)
    stores = Stores(home)
    app = _Token(server(stores, write=write).streamable_http_app(host=f"127.0.0.1:{number}"), token)
    settings = uvicorn.Config(app, log_level="critical", access_log=False, server_header=False, ws="none")
    began(f"http://127.0.0.1:{number}/mcp", token)
    try:
        uvicorn.Server(settings).run(sockets=[bound])
    finally:
        stores.close()


class _Token:
    """Lets in who has the token, as `Authorization: Bearer …` (RFC 6750)."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._token = app, f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = dict(scope["headers"]).get(b"authorization", b"")
            if not secrets.compare_digest(given, self._token):
                refused = PlainTextResponse("no token", 401, {"WWW-Authenticate": "Bearer"})
                return await refused(scope, receive, send)
        return await self._app(scope, receive, send)
