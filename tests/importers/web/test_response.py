"""What an answer gives: text by its charset, JSON or what came instead."""

from __future__ import annotations

import pytest

from importers.web.errors import FetchError
from tests.importers.web.clients import Clock, client
from tests.importers.web.web_server import answer_json, page, serve


def test_text_follows_the_charset_and_never_fails(clock: Clock) -> None:
    routes = {
        "/latin": page("né".encode("latin-1"), "text/plain; charset=ISO-8859-1"),
        "/odd": page("né".encode(), "text/plain; charset=klingon"),
        "/bom": page(b"\xef\xbb\xbfhi", "text/plain"),
    }
    with serve(routes) as server, client(None, clock) as web:
        texts = [web.get(server.url(path)).text for path in routes]
    assert texts == ["né", "né", "hi"]


def test_json_says_what_came_instead(clock: Clock) -> None:
    with serve({"/a": answer_json({"n": 1}), "/b": page("<h1>Log in")}) as server, client(None, clock) as web:
        assert web.get(server.url("/a")).json() == {"n": 1}
        with pytest.raises(FetchError, match="did not answer with JSON but with text/html"):
            web.get(server.url("/b")).json()
