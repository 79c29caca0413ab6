"""Review in the browser, by the keys of `kb review`."""

from __future__ import annotations

import re

import httpx
from playwright.sync_api import Page, expect

from kb.store import links, statements
from kb.store.open import open_reader
from tests.browsing import Served, Tab


def shown(page: Page) -> str:
    """The id of the suggestion that is shown."""
    return page.locator(".suggestion .by code").first.inner_text()


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for that."""
    with page.expect_navigation():
        page.keyboard.press(key)


def status(served: Served, name: str) -> str:
    with open_reader(served.home) as store:
        return (links.read(store, [name]) or statements.read(store, [name]))[name].status


def test_each_key_decides_and_undo_takes_the_last_back(opened: Tab, served: Served) -> None:
    page = opened.go("/review")
    first = shown(page)
    press(page, "a")
    assert status(served, first) == "accepted"
    second = shown(page)
    assert second != first
    press(page, "r")
    assert status(served, second) == "rejected"
    expect(page.locator(".lead").first).to_contain_text("2 decided")
    press(page, "u")
    assert status(served, second) == "suggested"
    press(page, "u")
    assert status(served, first) == "suggested"
    expect(page.locator(".lead").first).to_contain_text("0 decided")
    before = shown(page)
    press(page, "s")
    assert shown(page) != before
    assert status(served, before) == "suggested"


def test_a_link_is_turned_round_and_gets_another_relation(opened: Tab, served: Served) -> None:
    page = opened.go("/review?basis=structure")
    name = shown(page)
    with open_reader(served.home) as store:
        link = links.read(store, [name])[name]
    press(page, "t")
    with open_reader(served.home) as store:
        turned = [one for one in links.touching(store, [link.from_id]) if one.from_id == link.to_id]
    assert [one.status for one in turned if one.to_id == link.from_id] == ["accepted"]
    assert status(served, name) == "rejected"
    other = shown(page)
    page.keyboard.press("c")
    expect(page.locator("details[open] button", has_text="restates")).to_be_visible()
    press(page, "r")
    assert status(served, other) in ("rejected", "accepted")
    with open_reader(served.home) as store:
        was = links.read(store, [other])[other]
        new = [
            one for one in links.touching(store, [was.from_id]) if one.to_id == was.to_id and one.relation == "restates"
        ]
    assert [one.status for one in new] == ["accepted"]


def test_a_statement_is_put_in_other_words(opened: Tab, served: Served) -> None:
    page = opened.go("/review?what=statements")
    name = shown(page)
    page.keyboard.press("e")
    page.locator("details[open] textarea").fill("In my words it is so.")
    page.locator("details[open] select[name=kind]").select_option("question")
    with page.expect_navigation():
        page.locator("details[open] button", has_text="Save").click()
    with open_reader(served.home) as store:
        one = statements.read(store, [name])[name]
    assert (one.text, one.kind, one.status) == ("In my words it is so.", "question", "accepted")
    press(page, "u")
    with open_reader(served.home) as store:
        assert statements.read(store, [name])[name].status == "suggested"


def test_to_the_end_and_what_cannot_be_done_says_so(client: httpx.Client) -> None:
    assert client.post("/review/undo").status_code == 400
    assert client.post("/review/dance", data={"id": "x"}).status_code == 404
    assert client.post("/review/accept", data={"id": "ezzzzzzzzz"}).status_code == 404
    for _ in range(400):
        name = re.search(r"<code>(e\w+)</code>", client.get("/review").text)
        if name is None:
            break
        assert client.post("/review/skip", data={"id": name[1]}).status_code == 200
    assert "No more to review" in client.get("/review").text
