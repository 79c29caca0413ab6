"""The HTTP client: manners, bounds, faults and what it remembers."""

from __future__ import annotations

import gzip
import math
import socket
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from importers.web.addresses import is_public
from importers.web.client import DAY, Client, FetchError
from importers.web.errors import shown
from importers.web.pace import Pace
from tests.importers.web.web_server import Answer, Server, answer_json, busy, cut, huge, page, redirect, serve


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def client(home: Path | None, clock: Clock, **options: Any) -> Client:
    options.setdefault("allow_private", True)
    return Client(home, sleep=clock.sleep, clock=clock, **options)


def test_it_names_itself_and_reads_a_page(tmp_path: Path, clock: Clock) -> None:
    with serve({"/a": page("<p>Käfer")}) as server, client(tmp_path, clock, contact="me@example.org") as web:
        got = web.get(server.url("/a"), accept="text/html")
    assert (got.status, got.text, got.type, got.from_cache) == (200, "<p>Käfer", "text/html", False)
    assert got.url == server.url("/a")
    assert got.fetched_at == "2023-11-14T22:13:20+00:00"
    sent = server.requests[0].headers
    assert sent["user-agent"].startswith("kb/")
    assert sent["user-agent"].endswith("(+me@example.org)")
    assert sent["accept"] == "text/html"


def test_a_contact_cannot_forge_headers(clock: Clock) -> None:
    web = client(None, clock, contact="a\r\nX-Evil: 1 (x)")
    assert "\n" not in web.user_agent
    assert web.user_agent.count("(") == 1


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


def test_packed_answers_are_unpacked(clock: Clock) -> None:
    text = b"words " * 1000
    bare = zlib.compressobj(wbits=-15)
    routes = {
        "/gzip": Answer(gzip.compress(text), headers={"Content-Encoding": "gzip"}),
        "/zlib": Answer(zlib.compress(text), headers={"Content-Encoding": "deflate"}),
        "/bare": Answer(bare.compress(text) + bare.flush(), headers={"Content-Encoding": "deflate"}),
    }
    with serve(routes) as server, client(None, clock) as web:
        assert [web.get(server.url(path)).body for path in routes] == [text] * 3


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


# Busy and broken servers


def test_it_waits_as_long_as_the_server_says(clock: Clock) -> None:
    date = format_datetime(datetime.fromtimestamp(clock.now + 12, UTC), usegmt=True)
    routes = {"/s": [busy(429, "7"), page("ok")], "/d": [busy(503, date), page("ok")]}
    with serve(routes) as server, client(None, clock) as web:
        assert web.get(server.url("/s")).body == b"ok"
        assert clock.slept == [7]
        assert web.get(server.url("/d")).body == b"ok"
    assert clock.slept == [7, 5]  # of the 12 seconds 7 have passed


def test_it_backs_off_and_gives_up_after_five(clock: Clock) -> None:
    with (
        serve({"/a": busy(429)}) as server,
        client(None, clock) as web,
        pytest.raises(FetchError, match=r"too many requests \(429\), 5 tries") as caught,
    ):
        web.get(server.url("/a"))
    assert caught.value.status == 429
    assert "in some minutes" in caught.value.hint
    assert len(server.requests) == 5
    assert len(clock.slept) == 4
    assert all(0.75 * 2**n <= wait <= 1.25 * 2**n for n, wait in enumerate(clock.slept))


def test_a_server_that_asks_for_an_hour_is_not_waited_for(clock: Clock) -> None:
    with serve({"/a": busy(429, "3600")}) as server, client(None, clock) as web, pytest.raises(FetchError) as caught:
        web.get(server.url("/a"))
    assert "3600 seconds" in caught.value.hint
    assert clock.slept == []


def test_trouble_passes(clock: Clock) -> None:
    routes = {"/a": [busy(500), busy(502), cut("whole thing"), page("whole thing")]}
    with serve(routes) as server, client(None, clock) as web:
        assert web.get(server.url("/a")).body == b"whole thing"
    assert len(server.requests) == 4


def test_packed_data_that_ends_early_is_a_cut(clock: Clock) -> None:
    packed = gzip.compress(b"words " * 1000)
    routes = {
        "/a": [Answer(packed[:-20], headers={"Content-Encoding": "gzip"}), page("ok")],
        "/b": Answer(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"}),
        "/c": Answer(b"x", headers={"Content-Encoding": "br"}),
    }
    with serve(routes) as server, client(None, clock) as web:
        assert web.get(server.url("/a")).body == b"ok"
        for path in ("/b", "/c"):
            with pytest.raises(FetchError, match="broke, 5 tries"):
                web.get(server.url(path))


def test_a_wrong_length(clock: Clock) -> None:
    long = Answer(b"abc", headers={"Content-Length": "10"}, cut=3)
    with serve({"/long": [long, page("ok")]}) as server, client(None, clock) as web:
        assert web.get(server.url("/long")).body == b"ok"


def test_a_server_that_stalls(clock: Clock) -> None:
    with (
        serve({"/a": Answer(b"x", stall=True)}) as server,
        client(None, clock, timeout=0.1) as web,
        pytest.raises(FetchError, match=r"did not answer within 0\.1 seconds"),
    ):
        web.get(server.url("/a"))
    assert len(server.requests) == 2


def test_a_server_that_drips_for_ever(clock: Clock) -> None:
    def drips() -> Iterator[bytes]:
        while True:
            clock.now += 20
            yield b"x"

    route = [Answer(pieces=drips()), Answer(pieces=drips())]
    with serve({"/a": route}) as server, client(None, clock) as web, pytest.raises(FetchError, match="did not answer"):
        web.get(server.url("/a"))


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "asks for a login"), (403, "refuses"), (404, "is not there"), (410, "was removed"), (418, "answered 418")],
)
def test_what_repeating_does_not_mend_is_not_repeated(clock: Clock, status: int, words: str) -> None:
    with (
        serve({"/a": Answer(b"because", status)}) as server,
        client(None, clock) as web,
        pytest.raises(FetchError, match=words) as caught,
    ):
        web.get(server.url("/a"))
    assert caught.value.status == status
    assert caught.value.body == b"because"
    assert server.url("/a") in caught.value.message
    assert caught.value.hint
    assert len(server.requests) == 1


def test_too_large(clock: Clock) -> None:
    bomb = Answer(gzip.compress(b"\0" * 30_000_000), headers={"Content-Encoding": "gzip"})
    said = Answer(b"", headers={"Content-Length": str(300 << 20)})
    routes = {"/huge": huge(300), "/bomb": bomb, "/said": said}
    with serve(routes) as server, client(None, clock, max_mb=1) as web:
        for path in routes:
            with pytest.raises(FetchError, match="larger than 1 MB") as caught:
                web.get(server.url(path))
            assert "max_download_mb" in caught.value.hint
    assert len(server.requests) == 3


def test_nobody_there(clock: Clock) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        with client(None, clock) as web, pytest.raises(FetchError, match="cannot connect to 127"):
            web.get(url)


def test_an_unknown_host(clock: Clock) -> None:
    def unknown(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with (
        client(None, clock, resolve=unknown) as web,
        pytest.raises(FetchError, match="cannot find the host nowhere"),
    ):
        web.get("https://nowhere/x")


# Addresses


def test_redirects_are_followed_and_the_end_is_told(tmp_path: Path, clock: Clock) -> None:
    routes = {"/a": redirect("/b", 301), "/b": redirect("c?x=1", 307), "/c": page("end")}
    with serve(routes) as server, client(tmp_path, clock) as web:
        assert web.get(server.url("/a")).url == server.url("/c?x=1")
        again = web.get(server.url("/a"))
    assert again.from_cache
    assert again.url == server.url("/c?x=1")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/x", "gopher://x/", "http://", "http://[x/"])
def test_only_the_web(clock: Clock, url: str) -> None:
    with serve({"/a": redirect(url)}) as server, client(None, clock) as web:
        with pytest.raises(FetchError):
            web.get(url)
        with pytest.raises(FetchError):
            web.get(server.url("/a"))


def test_redirects_come_to_an_end(clock: Clock) -> None:
    with serve({"/a": redirect("/a"), "/b": Answer(status=302)}) as server, client(None, clock) as web:
        with pytest.raises(FetchError, match="redirects more than 10 times"):
            web.get(server.url("/a"))
        with pytest.raises(FetchError, match="redirects to nowhere"):
            web.get(server.url("/b"))
    assert server.count("/a") == 11


def test_private_addresses_are_refused(clock: Clock) -> None:
    with serve({"/a": page("secret")}) as server, client(None, clock, allow_private=False) as web:
        with pytest.raises(FetchError, match=r"127\.0\.0\.1 is a private address") as caught:
            web.get(server.url("/a"))
        assert "--allow-private" in caught.value.hint
    assert server.requests == []


def test_names_of_private_addresses_are_refused_too(clock: Clock) -> None:
    """Also where a public page redirects to them, and where only one of a name's addresses is private."""
    asked: list[str] = []

    def names(host: str, _: int) -> list[str]:
        asked.append(host)
        return {"inside.example": ["93.184.216.34", "10.0.0.7"]}.get(host, ["127.0.0.1"])

    with (
        serve({"/a": redirect("http://inside.example/x")}) as server,
        client(None, clock, allow_private=False, resolve=names) as web,
    ):
        with pytest.raises(FetchError, match=r"inside\.example \(10\.0\.0\.7\) is a private address"):
            web.get("http://inside.example/")

        # The server itself is let in, so that its redirect is seen.
        with client(None, clock, allow_private=False, resolve=names) as web:
            web._guard.check = _refuse_ten  # type: ignore[method-assign]
            with pytest.raises(FetchError, match="private"):
                web.get(server.url("/a"))
    assert asked[-1] == "inside.example"


def _refuse_ten(host: str, found: Iterable[str]) -> None:
    if "10.0.0.7" in found:
        raise FetchError(f"{host} is a private address", "no")


def test_the_checked_address_is_the_one_connected_to(clock: Clock) -> None:
    """A name that resolves to something else the second time gains nothing: it is asked for once."""
    calls = 0

    def once(*_: object) -> list[str]:
        nonlocal calls
        calls += 1
        return ["127.0.0.1"] if calls == 1 else ["10.0.0.7"]

    with serve({"/a": page("hi")}) as server, client(None, clock, resolve=once) as web:
        port = server.base_url.rpartition(":")[2]
        assert web.get(f"http://some.example:{port}/a").body == b"hi"
    assert calls == 1
    assert server.requests[0].headers["host"] == f"some.example:{port}"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
        "nonsense",
    ],
)
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_what_is_public(address: str) -> None:
    assert is_public(address)


def test_headers_do_not_follow_to_another_server(clock: Clock) -> None:
    with serve({"/end": answer_json({})}) as other:
        routes = {"/a": redirect(other.url("/end"), 307), "/b": redirect("/c", 308), "/c": answer_json({})}
        with serve(routes) as server, client(None, clock) as web:
            for path in ("/a", "/b"):
                web.post_json(server.url(path), {"q": 1}, headers={"X-Key": "secret"})
    assert "x-key" not in other.requests[0].headers
    assert other.requests[0].json == {"q": 1}
    assert server.requests[-1].headers["x-key"] == "secret"


def test_errors_hold_no_secrets() -> None:
    url = "https://me:hunter2@example.org/x?q=beetles&access_token=abc123&api_key=k9#frag"
    assert shown(url) == "https://example.org/x?q=beetles&access_token=…&api_key=…"
    assert len(shown("https://example.org/" + "x" * 5000)) <= 200


def test_behind_a_proxy(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def names(host: str, _: int) -> list[str]:
        if host == "public.example":
            raise socket.gaierror(socket.EAI_NONAME, "only the proxy knows")
        return [host] if host[0].isdigit() else ["10.0.0.7"]

    with serve({"*": page("by proxy")}) as server:
        monkeypatch.setenv("http_proxy", server.base_url)
        with client(None, clock, allow_private=False, resolve=names) as web:
            assert web.get("http://public.example/x").body == b"by proxy"
            for url in ("http://intern.example/x", "http://169.254.169.254/meta"):
                with pytest.raises(FetchError, match="is a private address"):
                    web.get(url)
    assert len(server.requests) == 1


# Pacing


def test_the_gap_between_requests(clock: Clock) -> None:
    with serve({"*": page("x")}) as server, client(None, clock, pacing={"127.0.0.1": 3}) as web:
        for n in range(3):
            web.get(server.url(f"/{n}"))
        assert clock.slept == [3, 3]
        with client(None, clock) as web:  # this machine needs no sparing
            for n in range(3):
                web.get(server.url(f"/{n}"))
    assert clock.slept == [3, 3]


def test_a_redirect_keeps_the_gap_too(clock: Clock) -> None:
    with serve({"/a": redirect("/b"), "/b": page("x")}) as server, client(None, clock, pacing={"127.0.0.1": 3}) as web:
        web.get(server.url("/a"))
    assert clock.slept == [3]


def test_gaps_of_known_hosts(clock: Clock) -> None:
    pace = Pace({"www.lesswrong.com": 5}, clock, clock.sleep)
    hosts = ["export.arxiv.org", "arxiv.org", "www.lesswrong.com", "elsewhere.example", "127.0.0.1"]
    assert [pace.gap(host) for host in hosts] == [3, 15, 5, 1, 0]


def test_time_already_spent_counts(clock: Clock) -> None:
    pace = Pace({}, clock, clock.sleep)
    pace.asked("arxiv.org")
    clock.now += 10
    pace.wait("www.arxiv.org")
    assert clock.slept == [5]
    clock.now -= 5000  # a clock that was set back
    pace.wait("arxiv.org")
    assert clock.slept[-1] == 15


def test_no_connection_stays_open(clock: Clock) -> None:
    with serve({"/a": page("x")}) as server:
        assert isinstance(server, Server)
        web = client(None, clock)
        web.get(server.url("/a"))
        web.close()
        web.close()
