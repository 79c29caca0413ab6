"""The addresses of pages: what a module of `server.pages` offers.

`server/pages/hello.py` would be

    from starlette.responses import Response

    from server.asked import Asked
    from server.routes import get
    from server.view import page

    def hello(asked: Asked) -> Response:
        return page(asked, "hello.html", title="Hello")

    ROUTES = (get("/hello", hello),)

with `server/templates/hello.html`, which extends `page.html`. A handler may take its time: it runs in a thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response

from server.asked import Asked

Handler = Callable[[Asked], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """An address and what answers it. Only what is asked by POST writes."""

    path: str
    handler: Handler
    method: Literal["GET", "POST"] = "GET"


def get(path: str, handler: Handler) -> Page:
    """A page to look at."""
    return Page(path, handler)


def post(path: str, handler: Handler) -> Page:
    """Something to be done."""
    return Page(path, handler, "POST")
