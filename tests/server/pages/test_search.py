"""Searching in the browser: while one types, by keys, narrowed by facets."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import httpx
from playwright.sync_api import expect

from kb.search.search import search
from kb.store.open import open_reader
from tests.browsing import Served, Tab


def test_hits_follow_what_is_typed_and_the_address_can_be_kept(opened: Tab) -> None:
    page = opened.page
    page.locator("#q").press_sequentially("fixed routes")
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".hit mark").first).to_be_visible()
    page.wait_for_url("**q=fixed*routes*")
    first = page.locator(".hit .title").first.inner_text()
    page.reload()
    assert page.locator("#q").input_value() == "fixed routes"
    assert page.locator(".hit .title").first.inner_text() == first


def test_keys_go_to_the_box_through_the_hits_and_into_one(opened: Tab) -> None:
    page = opened.go("/theories")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "ask"
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url(f"{opened.base}/")
    page.locator("#q").fill("records")
    expect(page.locator(".hit").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    expect(page.locator(".hit.at")).to_have_count(1)
    assert page.locator(".hit").nth(1).get_attribute("class").split()[-1] == "at"  # type: ignore[union-attr]
    page.keyboard.press("k")
    assert "at" in page.locator(".hit").first.get_attribute("class").split()  # type: ignore[union-attr]
    wanted = page.locator(".hit .go").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{opened.base}{wanted}")


def test_a_hit_opens_its_text_at_the_place(opened: Tab) -> None:
    page = opened.go("/?q=fixed+routes")
    page.locator(".hit .go").first.click()
    expect(page.locator(".here").first).to_be_in_viewport()


def test_facets_narrow_and_are_taken_away_again(opened: Tab) -> None:
    page = opened.go("/?q=records")
    before = page.locator(".hit").count()
    facet = page.locator(".facet", has_text="kind").locator("li").first
    count = int(facet.locator(".count").inner_text())
    facet.locator("a").click()
    expect(page.locator(".pill.on")).to_have_count(1)
    assert parse_qs(urlsplit(page.url).query)["q"] == ["records"]
    assert 0 < count <= page.locator(".hit").count() <= before
    page.locator(".pill.on").click()
    expect(page.locator(".pill.on")).to_have_count(0)
    assert page.locator(".hit").count() == before


def test_the_hits_are_those_of_the_command_line(client: httpx.Client, served: Served) -> None:
    for query in ("records", '"fixed routes" -author:Sorel', "what speaks against volunteer records?"):
        with open_reader(served.home) as store:
            wanted = [hit.unit.source.id for hit in search(store, query).hits]
        shown = re.findall(r'class="go" href="/source/(\w+)', client.get("/", params={"q": query}).text)
        assert shown[: len(wanted)] == wanted


def test_words_of_any_kind_are_legal(client: httpx.Client) -> None:
    for query in ("<b>", '"', "AND OR NOT", "kind:", "a" * 5000, "\x00", "漢字", "%", "author:nobody-at-all"):
        assert client.get("/", params={"q": query}).status_code in (200, 400), query
