"""A page that is open follows what others do, and does not disturb who is in the middle of something."""

from __future__ import annotations

from playwright.sync_api import expect

from kb.review import write
from kb.store.open import open_store
from tests.browsing import Served, Tab


def say(served: Served, text: str) -> None:
    """What the command line does in another process."""
    with open_store(served.home) as store:
        write.claim(store, text, "Ada")


def test_what_the_terminal_writes_appears_without_a_reload(opened: Tab, served: Served) -> None:
    page = opened.go("/")
    page.evaluate("window.unloaded = false; addEventListener('beforeunload', () => { window.unloaded = true; })")
    say(served, "Toads were counted in the cellar.")
    expect(page.get_by_text("Toads were counted in the cellar.").first).to_be_visible(timeout=10_000)
    assert page.evaluate("window.unloaded") is False


def test_what_another_tab_writes_appears_too(opened: Tab, served: Served) -> None:
    page = opened.go("/?q=&in=passages")
    with served.client() as friend:
        friend.post("/note", data={"text": "# Newts at noon\n\nThey sleep."})
    expect(page.get_by_text("Newts at noon").first).to_be_visible(timeout=10_000)


def test_words_that_are_being_typed_and_what_is_selected_stay(opened: Tab, served: Served) -> None:
    page = opened.go("/changes?since=2020")
    page.locator("input[name=since]").fill("last mon")
    say(served, "Toads were counted again.")
    expect(page.locator("#stale")).to_be_visible(timeout=10_000)
    assert page.locator("input[name=since]").input_value() == "last mon"
    page.locator("#refresh").click()
    expect(page.locator("#live")).to_contain_text("Toads were counted again.")


def test_a_field_that_was_filled_and_left_is_not_emptied(opened: Tab, served: Served) -> None:
    page = opened.go("/settings")
    field = page.locator("#related input[name=value]").last
    field.fill("7")
    page.locator("#related_threshold input[name=value]").last.focus()
    say(served, "Toads were counted a third time.")
    expect(page.locator("#stale")).to_be_visible(timeout=10_000)
    assert field.input_value() == "7"
