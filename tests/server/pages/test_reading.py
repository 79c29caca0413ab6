"""The reading queue, what changed since the last visit, and undo."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from kb.store import sources
from kb.store.open import open_reader
from server.pages.reading import _visits
from tests.browsing import Served


def test_a_text_goes_onto_the_list_and_off_it(client: httpx.Client, served: Served) -> None:
    with open_reader(served.home) as store:
        name = next(one.id for one in sources.listed(store) if one.kind == "post")
    assert client.post(f"/source/{name}/reading", data={"state": "to-read", "back": "/queue"}).url.path == "/queue"
    assert "1 text on your list" in client.get("/queue").text
    assert client.post(f"/source/{name}/reading", data={"state": "perhaps"}).status_code == 400
    client.post(f"/source/{name}/reading", data={"state": "none"})
    assert "0 texts on your list" in client.get("/queue").text


def test_changes_are_told_with_the_command_and_the_last_is_undone(client: httpx.Client) -> None:
    client.post("/claim", data={"text": "Ada says so."})
    text = client.get("/changes", params={"since": "2020"}).text
    assert "Ada says so." in text
    assert "kb claim" in text
    assert client.post("/undo").url.path == "/changes"
    assert "Ada says so." not in client.get("/", params={"q": "Ada says so", "in": "statements"}).text
    assert client.get("/changes", params={"since": "when frogs fly"}).status_code == 400


def test_the_last_visit_is_remembered_and_pages_of_one_visit_do_not_end_it(client: httpx.Client) -> None:
    first = client.get("/changes")
    assert "your first visit" in first.text
    assert "your last visit" not in client.get("/changes").text  # the visit has not ended
    assert "kb-seen" in first.headers["set-cookie"]
    assert re.search(r"Since [0-9-]{10}", first.text)


@pytest.mark.parametrize("minutes", [1, 100])
def test_a_visit_ends_after_half_an_hour(minutes: int) -> None:
    last = (datetime.now(UTC) - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    before = "2024-01-01T00:00:00Z"
    assert _visits(f"{before}|{last}")[0] == (before if minutes == 1 else last)


@pytest.mark.parametrize(
    "cookie", ["", "|", "x|y", "2024-01-01|2024", "a" * 5000, "2024-01-01T00:00:00|2024-01-01T00:00:00"]
)
def test_any_cookie_is_legal(cookie: str) -> None:
    before, here = _visits(cookie)
    assert here[:2] == "20"
    assert len(before) < 40
