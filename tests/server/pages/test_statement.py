"""A statement in the browser: what speaks for and against it, and what a person says to it."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import expect

from kb.store import links, statements
from kb.store.open import open_reader
from tests.browsing import Served, Tab


@pytest.fixture
def attacked(served: Served) -> str:
    """A statement with an attack on it."""
    with open_reader(served.home) as store:
        return next(one.to_id for one in links.chosen(store, relation="attacks") if one.to_id.startswith("c"))


def test_for_and_against_stand_side_by_side_with_the_quote_in_context(opened: Tab, attacked: str) -> None:
    page = opened.go(f"/statement/{attacked}")
    expect(page.locator(".excerpt mark").first).to_be_visible()
    left, right = (page.locator(f"section[aria-labelledby={name}]").bounding_box() for name in ("for", "against"))
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    assert page.locator("section[aria-labelledby=against] .bearing").count() >= 1


def test_credences_are_said_and_keep_their_history(client: httpx.Client, attacked: str) -> None:
    for given in ("0.7", "0.4-0.8"):
        assert client.post(f"/statement/{attacked}/believe", data={"credence": given, "note": "so"}).status_code == 200
    text = client.get(f"/statement/{attacked}").text
    assert "70 %" in text
    assert "40 % to 80 %" in text
    assert client.post(f"/statement/{attacked}/believe", data={"credence": "often"}).status_code == 400
    client.post(f"/statement/{attacked}/believe", data={"credence": ""})
    assert "taken back" in client.get(f"/statement/{attacked}").text


def test_an_answer_and_a_link_are_written_where_one_reads(opened: Tab, attacked: str) -> None:
    page = opened.go(f"/statement/{attacked}")
    page.keyboard.press("o")
    page.locator("details[open] textarea").fill("Ada does not believe it.")
    with page.expect_navigation():
        page.locator("details[open] button", has_text="Save").click()
    expect(page.locator("section[aria-labelledby=against]")).to_contain_text("Ada does not believe it.")


def test_a_link_is_accepted_or_rejected_where_it_stands(client: httpx.Client, served: Served, attacked: str) -> None:
    with open_reader(served.home) as store:
        link = next(
            one for one in links.touching(store, [attacked]) if one.to_id == attacked and one.status == "suggested"
        )
    assert client.post("/decide", data={"id": link.id, "verdict": "rejected"}).status_code == 200
    with open_reader(served.home) as store:
        assert links.read(store, [link.id])[link.id].status == "rejected"
    assert client.post("/decide", data={"id": link.id, "verdict": "perhaps"}).status_code == 400


def test_by_the_beginning_of_its_id_it_is_found_and_what_is_none_says_so(client: httpx.Client, attacked: str) -> None:
    assert client.get(f"/statement/{attacked[:6]}").status_code in (200, 404)
    assert client.get("/statement/czzzzzzzz").status_code == 404
    panel = client.get(f"/statement/{attacked}?panel=1").text
    assert "<html" not in panel
    assert "Against" in panel


def test_a_statement_that_nobody_makes_any_more_says_so(client: httpx.Client, served: Served) -> None:
    with open_reader(served.home) as store:
        every = statements.chosen(store)
    assert client.get(f"/statement/{every[0].id}").status_code == 200


def test_a_link_that_is_judged_beside_a_text_leads_back_to_the_text(opened: Tab, served: Served, attacked: str) -> None:
    with open_reader(served.home) as store:
        place = statements.read(store, [attacked])[attacked].mentions[0].source
    page = opened.go(f"/source/{place}")
    page.locator(f"#list [data-open={attacked}], #text mark[data-s~={attacked}]").first.click()
    with page.expect_navigation():
        page.locator("#panel button", has_text="accept").first.click()
    assert page.url == f"{opened.base}/source/{place}"
