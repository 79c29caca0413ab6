"""The gaps between requests to one host."""

from __future__ import annotations

from importers.web.pace import Pace
from tests.importers.web.clients import Clock, client
from tests.importers.web.web_server import page, redirect, serve

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
