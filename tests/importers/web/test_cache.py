"""What is kept of the web: for how long, under what, and what is not."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from importers.web.client import DAY
from importers.web.errors import FetchError
from tests.importers.web.clients import Clock, client
from tests.importers.web.web_server import Answer, answer_json, cut, page, serve

# What is kept


def test_the_second_time_costs_nothing(tmp_path: Path, clock: Clock) -> None:
    with serve({"/a": page("one", ETag='"1"')}) as server:
        with client(tmp_path, clock) as web:
            web.get(server.url("/a"))
        with client(tmp_path, clock) as web:
            again = web.get(server.url("/a"))
            assert web.requests == 0
    assert again.from_cache
    assert again.body == b"one"
    assert again.headers["content-type"] == "text/html; charset=utf-8"
    assert len(server.requests) == 1
    assert not list(tmp_path.rglob("*.part"))


def test_what_is_kept_grows_old(tmp_path: Path, clock: Clock) -> None:
    with serve({"/a": [page("one"), page("two"), page("three")]}) as server, client(tmp_path, clock) as web:
        web.get(server.url("/a"))
        clock.now += DAY + 1
        assert web.get(server.url("/a"), max_age=math.inf).body == b"one"
        assert web.get(server.url("/a")).body == b"two"
        assert web.get(server.url("/a"), max_age=0).body == b"three"


def test_refresh_asks_only_whether_it_changed(tmp_path: Path, clock: Clock) -> None:
    def ask(request: Any) -> Answer:
        return Answer(status=304) if request.headers.get("if-none-match") == '"1"' else page("one", ETag='"1"')

    with serve({"/a": ask}) as server:
        with client(tmp_path, clock) as web:
            web.get(server.url("/a"))
        clock.now += 60
        with client(tmp_path, clock, refresh=True) as web:
            fresh = web.get(server.url("/a"))
            assert not fresh.from_cache
            assert fresh.body == b"one"
            assert fresh.fetched_at.endswith("22:14:20+00:00")
            assert web.get(server.url("/a")).from_cache  # asked once a run
    assert len(server.requests) == 2


def test_posts_are_kept_by_what_was_asked(tmp_path: Path, clock: Clock) -> None:
    with serve({"/q": lambda request: answer_json(request.json)}) as server, client(tmp_path, clock) as web:
        for query in ("a", "b", "a"):
            assert web.post_json(server.url("/q"), {"query": query}, headers={"X-Op": query}).json() == {"query": query}
    assert [one.json["query"] for one in server.requests] == ["a", "b"]
    assert server.requests[0].headers["x-op"] == "a"
    assert server.requests[0].headers["content-type"] == "application/json"


def test_failures_cut_answers_and_cookies_are_not_kept(tmp_path: Path, clock: Clock) -> None:
    routes = {"/bad": Answer(status=404), "/cut": [cut("complete")] * 5, "/ok": page("x", Set_Cookie="id=secret")}
    with serve(routes) as server, client(tmp_path, clock) as web:
        for path in ("/bad", "/cut"):
            with pytest.raises(FetchError):
                web.get(server.url(path))
        web.get(server.url("/ok"))
    kept = list(tmp_path.rglob("*.http"))
    assert len(kept) == 1
    assert b"secret" not in kept[0].read_bytes()


def test_a_damaged_answer_is_asked_for_again(tmp_path: Path, clock: Clock) -> None:
    with serve({"/a": page("one")}) as server, client(tmp_path, clock) as web:
        web.get(server.url("/a"))
        for damage in (b"", b"not json\n", b'{"url": 1}\n', None):
            path = next(tmp_path.rglob("*.http"))
            path.write_bytes(path.read_bytes()[:-3] if damage is None else damage)
            assert web.get(server.url("/a")).body == b"one"
    assert len(server.requests) == 5


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    with serve({"/a": page("one")}) as server, client(tmp_path, clock) as web:
        assert web.get(server.url("/a")).body == b"one"
