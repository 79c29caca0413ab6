"""Maps in the browser, and as files."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from kb.maps import formats
from kb.store import sources
from kb.store.open import open_reader
from tests.browsing import Tab


@pytest.fixture
def post(corpus: Path) -> str:
    with open_reader(corpus) as store:
        return max(sources.listed(store), key=lambda one: one.statements).id


def test_a_map_is_drawn_and_a_node_leads_to_its_statement(opened: Tab, post: str) -> None:
    page = opened.go(f"/map?about={post}")
    assert page.locator("#map .node").count() > 5
    page.locator("#map .node").first.click()
    page.locator(".map-panel a", has_text="open").first.click()
    page.wait_for_url(re.compile("/(statement|source)/"))
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("name", formats.names())
def test_it_is_had_as_a_file_in_every_format(visitor: httpx.Client, post: str, name: str) -> None:
    answer = visitor.get("/map", params={"about": post, "format": name})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert len(answer.content) > 200


def test_a_format_that_is_none_and_a_map_of_nothing_say_so(client: httpx.Client, post: str) -> None:
    assert client.get("/map", params={"about": post, "format": "oil painting"}).status_code == 400
    assert client.get("/map", params={"about": "czzzzzzzz"}).status_code in (200, 404)
