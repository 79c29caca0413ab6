"""Clients that mean no good: each is refused with a line in the log, and the server goes on."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from server.guard import Limits
from tests.browsing import Served, serving

FORM = {"targets": "https://example.org/"}


def bare(served: Served) -> httpx.Client:
    """Somebody who knows the port, and nothing else."""
    return httpx.Client(base_url=served.base, timeout=20)


def told(served: Served, words: str) -> bool:
    """Whether the log says so, within the moment after an answer in which it is written."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if any(words in line for line in served.log):
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def alive(served: Served) -> Iterator[Served]:
    """Whatever happened, the server answers its own browser afterwards, and has told of it in a line."""
    yield served
    assert told(served, "refused")
    refusals = [line for line in served.log if "refused" in line]
    assert all("\n" not in line and "\x1b" not in line for line in refusals)
    with served.client() as friend:
        assert friend.get("/").status_code == 200


def test_without_the_token_nothing_is_shown(alive: Served) -> None:
    with bare(alive) as stranger:
        for path in ("/", "/settings", "/static/style.css", "/live", "/source/x"):
            answer = stranger.get(path)
            assert answer.status_code == 403
            assert "Volunteer" not in answer.text


def test_another_token_is_none(alive: Served) -> None:
    with bare(alive) as stranger:
        assert stranger.get("/?token=guess").status_code == 403
        assert stranger.get("/", cookies={alive.serving.guard.cookie: "guess"}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "localhost", ""])
def test_another_host_is_refused_even_with_the_token(alive: Served, host: str) -> None:
    with alive.client() as friend:
        assert friend.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_another_origin_is_refused_even_with_the_token(alive: Served, origin: str) -> None:
    with alive.client() as friend:
        assert friend.get("/", headers={"Origin": origin}).status_code == 403
        assert (
            friend.post("/settings", data={"name": "me", "value": "x"}, headers={"Origin": origin}).status_code == 403
        )


def test_a_form_without_an_origin_is_refused(alive: Served) -> None:
    with alive.client() as friend:
        del friend.headers["Origin"]
        assert friend.post("/undo").status_code == 403


def test_what_another_site_embeds_is_refused_and_a_link_that_is_followed_is_not(alive: Served) -> None:
    with alive.client() as friend:
        del friend.headers["Origin"]
        embedded = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
        followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        assert friend.get("/", headers=embedded).status_code == 403
        assert friend.get("/", headers=followed).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_reading_and_forms_are_known(alive: Served, method: str) -> None:
    with alive.client() as friend:
        assert friend.request(method, "/").status_code == 405


def test_a_hundred_megabytes_are_refused_before_they_are_sent(alive: Served) -> None:
    address = urlsplit(alive.base)
    cookie = f"{alive.serving.guard.cookie}={alive.serving.guard.token}"
    with socket.create_connection((address.hostname or "", address.port or 0), 10) as raw:
        raw.sendall(
            f"POST /import/files HTTP/1.1\r\nHost: {address.netloc}\r\nOrigin: {alive.base}\r\nCookie: {cookie}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 104857600\r\n\r\n".encode()
        )
        assert raw.recv(100).startswith(b"HTTP/1.1 413")


def test_more_than_was_said_is_refused_as_it_comes(alive: Served) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(80):
            yield b"a" * 100_000

    with alive.client() as friend:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        with suppress(httpx.WriteError):  # it was refused while it was still being sent
            assert friend.post("/note", content=endless(), headers=kind).status_code == 413
    assert told(alive, "more than is allowed")


def test_a_body_that_does_not_come_is_given_up(home: Path) -> None:
    with serving(home) as served:
        object.__setattr__(served.serving.guard, "limits", Limits(silence_s=0.3))
        address = urlsplit(served.base)
        cookie = f"{served.serving.guard.cookie}={served.serving.guard.token}"
        with socket.create_connection((address.hostname or "", address.port or 0), 10) as raw:
            raw.sendall(
                f"POST /note HTTP/1.1\r\nHost: {address.netloc}\r\nOrigin: {served.base}\r\nCookie: {cookie}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ntext=".encode()
            )
            assert raw.recv(100).startswith(b"HTTP/1.1 408")
        assert told(served, "does not come")


PARAMETERS = {
    "/": ("q", "kind", "in", "n", "source", "since"), "/map": ("about", "format", "nodes"), "/person": ("name",),
    "/compare": ("a", "b"), "/review": ("what", "basis", "source"), "/theories": ("q",), "/changes": ("since",),
}  # fmt: skip
TRAVERSAL = ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "%00", "....//", "\\..\\", "x" * 3000]


@pytest.mark.parametrize("path", TRAVERSAL)
def test_no_parameter_is_a_path(served: Served, path: str) -> None:
    with served.client() as friend:
        for address in (
            f"/static/{path}",
            f"/source/{path}",
            f"/statement/{path}",
            f"/issue/{path}",
            f"/import/{path}",
        ):
            answer = friend.get(address)
            assert answer.status_code in (400, 404, 409), address
            assert "root:" not in answer.text
        for page, names in PARAMETERS.items():
            for name in names:
                answer = friend.get(page, params={name: path})
                assert answer.status_code in (200, 400, 404, 409), (page, name)
                assert "root:" not in answer.text
    assert not any(line.startswith("500") for line in served.log)


def test_the_way_in_leads_nowhere_else(alive: Served) -> None:
    token = alive.serving.guard.token
    with bare(alive) as stranger:
        answer = stranger.get(f"{alive.base}//evil.example/?token={token}")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/evil.example/"
        assert stranger.get("/").status_code == 200
        assert stranger.get("/", headers={"Host": "x"}).status_code == 421


def test_the_token_leaves_the_address_and_no_script_can_read_it(served: Served) -> None:
    with bare(served) as browser:
        answer = browser.get(served.serving.address.removeprefix(served.base))
    assert answer.status_code == 303
    assert "token" not in answer.headers["location"]
    assert {"HttpOnly", "SameSite=lax"} <= {part.strip() for part in answer.headers["set-cookie"].split(";")}


def test_with_read_only_no_address_writes(home: Path) -> None:
    from server.pages import every

    with serving(home, read_only=True) as served, served.client() as friend:
        before = (home / "kb.sqlite").read_bytes()
        paths = [
            page.path.replace("{ref}", "x").replace("{action}", "accept") for page in every() if page.method == "POST"
        ]
        assert len(paths) > 8
        for path in paths:
            assert friend.post(path, data={"text": "I doubt it.", "value": "x", "name": "me"}).status_code == 403
        for page in ("/", "/review", "/queue", "/import", "/settings", "/changes", "/people"):
            assert '<form method="post"' not in friend.get(page).text
        assert (home / "kb.sqlite").read_bytes() == before
        assert not (home / "config.toml").exists()


def test_every_answer_forbids_inline_scripts_and_other_origins(client: httpx.Client) -> None:
    for path in ("/", "/static/style.css", "/nowhere"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
