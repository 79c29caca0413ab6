"""Adding texts in the browser: files that are dropped, addresses that are pasted."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from kb.store import sources
from kb.store.open import open_reader
from tests.browsing import Served, Tab

DROP = """(files) => { const data = new DataTransfer();
files.forEach(([name, text]) => data.items.add(new File([text], name)));
document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }"""


def test_files_that_are_dropped_go_in_and_a_broken_one_fails_alone(opened: Tab, served: Served) -> None:
    page = opened.go("/import")
    note = "# Frogs in spring\n\nCounting frogs by ear is more reliable than by eye, because they hide.\n"
    with page.expect_navigation():
        page.evaluate(DROP, [["../../frogs.md", note], ["broken.pdf", "%PDF-1.4 this is none"]])
    done = page.locator(".import p[role=status]", has_text="Done")
    expect(done).to_be_visible(timeout=60_000)
    expect(done).to_contain_text("1 failed")
    expect(page.locator(".import")).to_contain_text("broken.pdf")
    page.locator(".import a", has_text="Frogs in spring").click()
    expect(page.locator("#text mark").first).to_be_visible()
    with open_reader(served.home) as store:
        assert "Frogs in spring" in {one.title for one in sources.listed(store)}


def test_only_addresses_are_taken_and_nothing_is_an_error(client: httpx.Client) -> None:
    for given in ("", "/etc/passwd", "~/notes", "../x.md", "-", "file:///etc/passwd"):
        assert client.post("/import/addresses", data={"targets": given}).status_code == 400, given
    assert client.post("/import/files").status_code == 400
    assert client.get("/import/99").status_code == 404


def test_an_address_that_cannot_be_had_says_why(client: httpx.Client, served: Served) -> None:
    """The server's own address is on this machine, where nothing is fetched from unless a person allows it."""
    import time

    done = client.post("/import/addresses", data={"targets": served.base})
    assert done.url.path == "/import"
    deadline = time.monotonic() + 30
    text = ""
    while "progress" in (text := client.get("/import/1").text) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert "failed" in text
    assert "not public" in text or "private" in text
