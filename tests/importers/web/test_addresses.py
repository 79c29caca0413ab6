"""Which addresses are asked: redirects, private networks, proxies."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from pathlib import Path

import pytest

from importers.web.addresses import is_public
from importers.web.errors import FetchError
from tests.importers.web.clients import Clock, client
from tests.importers.web.web_server import Answer, answer_json, page, redirect, serve

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
