"""The HTTP client: manners, bounds and faults."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from importers.web.errors import FetchError
from tests.importers.web.clients import Clock, client
from tests.importers.web.web_server import Answer, Server, busy, cut, huge, page, serve


def test_it_names_itself_and_reads_a_page(tmp_path: Path, clock: Clock) -> None:
    with serve({"/a": page("<p>Käfer")}) as server, client(tmp_path, clock, contact="me@example.org") as web:
        got = web.get(server.url("/a"), accept="text/html")
    assert (got.status, got.text, got.type, got.from_cache) == (200, "<p>Käfer", "text/html", False)
    assert got.url == server.url("/a")
    assert got.fetched_at == "2023-11-14T22:13:20+00:00"
    sent = server.requests[0].headers
    assert sent["user-agent"].startswith("kb/")
    assert sent["user-agent"].endswith("(mailto:me@example.org)")
    assert sent["accept"] == "text/html"


def test_a_contact_cannot_forge_headers(clock: Clock) -> None:
    web = client(None, clock, contact="a\r\nX-Evil: 1 (x)")
    assert "\n" not in web.user_agent
    assert web.user_agent.count("(") == 1
    assert client(None, clock, contact="https://example.org/me").user_agent.endswith("(+https://example.org/me)")


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


def test_no_connection_stays_open(clock: Clock) -> None:
    with serve({"/a": page("x")}) as server:
        assert isinstance(server, Server)
        web = client(None, clock)
        web.get(server.url("/a"))
        web.close()
        web.close()
