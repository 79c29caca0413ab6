"""The page of a map in a real browser: it can be read, folded, searched and filtered, and nothing leaves it or runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kb.maps.formats import html
from kb.model.argument_map import ArgumentMap
from tests.kb.maps.formats.example_maps import argument, hostile, real, undercut, wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

LETTERS = """() => Array.from(document.querySelectorAll('.node text, .reference text')).map(text =>
    parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getBoundingClientRect().width
    / text.ownerSVGElement.width.baseVal.value)"""
CUT = """() => Array.from(document.querySelectorAll('.node, .reference')).filter(node => {
    const box = node.querySelector('.box').getBBox();
    return Array.from(node.querySelectorAll(':scope > text')).some(text => {
        const words = text.getBBox();
        return words.x < box.x || words.x + words.width > box.x + box.width + 0.5
            || words.y < box.y - 1 || words.y + words.height > box.y + box.height + 1;
    });
}).map(node => node.textContent)"""
BOXES = """() => Array.from(document.querySelectorAll('.node .box, .reference .box')).map(box => {
    const found = box.getBoundingClientRect(); return [found.left, found.top, found.right, found.bottom]; })"""


def test_thirty_statements_can_be_read_at_once(show: Any) -> None:
    page = show(real())
    assert page.seen() == 30
    assert min(page.of(LETTERS)) >= 11
    assert page.of(CUT) == []
    assert "…" not in "".join(page.page.locator(".node text").all_text_contents())
    assert (
        page.of("() => { const v = document.querySelector('.map-view'); return v.scrollWidth - v.clientWidth; }") <= 1
    )


@pytest.mark.parametrize("map_", [real(), argument(), undercut(), hostile(), wide(120)])
def test_no_two_boxes_overlap_and_no_words_leave_theirs(show: Any, map_: ArgumentMap) -> None:
    page = show(map_)
    boxes = page.of(BOXES)
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert other[0] >= right or other[2] <= left or other[1] >= bottom or other[3] <= top
    assert [words for words in page.of(CUT) if words.isascii()] == []


def test_what_is_under_a_statement_folds_away_in_picture_and_outline(show: Any) -> None:
    page = show(real())
    page.page.locator('.node[data-node="1"]').press("c")
    assert page.page.locator('.node[data-node="1"] .fold text').text_content() == "+15"
    assert page.seen() == page.seen(".map-outline article") == 30 - 15
    assert page.page.locator('.node[data-node="1"]').get_attribute("aria-expanded") == "false"
    assert page.page.locator(".map-found").text_content() == "15 folded"
    page.page.locator("#map-n1 .map-fold").click()
    assert page.seen() == 30
    page.page.locator('.node[data-node="2"] .fold').click()
    assert page.seen() == 30 - 12
    page.page.get_by_role("button", name="Unfold all").click()
    assert page.seen() == 30
    assert page.count(".map-panel:visible") == 0


def test_find_tells_how_many_and_goes_from_one_to_the_next(show: Any) -> None:
    page = show(real())
    page.page.locator("body").press("/")
    assert page.of("() => document.activeElement.className") == "map-find"
    page.page.keyboard.type("model watch")
    wanted = [node for node in real().nodes if "model" in node.text and "watch" in node.text]
    assert page.page.locator(".map-found").text_content() == f"{len(wanted)} matches"
    assert page.count(".map-hit") == len(wanted) > 1
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Enter")
    assert page.page.locator(".map-found").text_content() == f"2 of {len(wanted)}"
    assert page.count(".map-now") == 1
    page.page.keyboard.press("Escape")
    assert page.count(".map-hit") == 0
    assert page.page.locator(".map-found").text_content() == ""


def test_what_is_found_is_unfolded(show: Any) -> None:
    page = show(argument())
    page.page.locator(".node", has_text="Reading circuits").press("c")
    before = page.seen()
    page.page.locator(".map-find").fill("nine of ten")
    page.page.locator(".map-find").press("Enter")
    assert page.seen() > before
    assert page.page.locator(".map-now").is_visible()


def test_suggested_links_and_what_only_they_lead_to_are_hidden(show: Any) -> None:
    page = show(argument())
    page.page.get_by_role("button", name="Hide suggested").click()
    assert page.seen() < 9
    assert page.seen('.edge[data-status="suggested"]') == 0
    assert page.seen('.edge[data-status="accepted"]') > 0
    page.page.get_by_role("button", name="Hide suggested").click()
    assert page.seen() == 9


def test_filters_by_person_and_source_dim_the_others(show: Any) -> None:
    page = show(real())
    people = page.page.get_by_label("Person").locator("option").all_text_contents()
    assert people == ["Everybody", "Ada Moss", "Ben Lund"]
    page.page.get_by_label("Person").select_option("Ada Moss")
    assert page.count(".node.map-dim") == 20
    page.page.get_by_label("Source").select_option("Text 0")
    assert page.count(".node:not(.map-dim)") == 5
    page.page.get_by_label("Person").select_option("")
    page.page.get_by_label("Source").select_option("")
    assert page.count(".map-dim") == 0


@pytest.mark.parametrize("width", [1400, 700, 360])
def test_the_panel_covers_nothing(show: Any, width: int) -> None:
    page = show(real(), viewport={"width": width, "height": 900})
    page.page.locator(".node").first.click()
    view, panel = (page.page.locator(one).bounding_box() for one in (".map-view", ".map-panel"))
    assert view["x"] + view["width"] <= panel["x"] or view["y"] + view["height"] <= panel["y"]
    assert page.of("() => document.documentElement.scrollWidth") <= width
    assert min(page.of(LETTERS)) >= 11
    page.page.locator(".map-close").click()
    assert page.seen(".map-panel") == 0


def test_keys_go_from_statement_to_statement(show: Any) -> None:
    page = show(real())
    page.page.locator(".map-view").focus()
    page.page.keyboard.press("Tab")
    assert page.of("() => document.activeElement.dataset.node") == "0"
    page.page.keyboard.press("ArrowDown")
    assert page.of("() => document.activeElement.dataset.node") not in (None, "0")
    page.page.keyboard.press("Enter")
    assert page.of("() => document.activeElement.className") == "map-panel"
    page.page.keyboard.press("Escape")
    assert page.seen(".map-panel") == 0
    assert page.of("() => document.activeElement.getAttribute('class')").split()[0] == "node"
    wide_before = page.page.locator(".map-view svg").bounding_box()["width"]
    page.page.keyboard.press("+")
    assert page.page.locator(".map-view svg").bounding_box()["width"] > wide_before
    page.page.keyboard.press("0")
    assert page.page.locator(".map-view svg").bounding_box()["width"] == pytest.approx(wide_before, abs=2)


def test_a_statement_is_a_button_with_its_words(show: Any) -> None:
    page = show(argument())
    assert page.page.get_by_role("button", name="No audit has yet found what testing had missed.").count() == 1


def test_a_reference_leads_to_what_it_refers_to(show: Any) -> None:
    page = show(undercut())
    page.page.get_by_role("link", name="It was dry on all three. Ada Moss").press("Enter")
    assert "It was dry on all three." in page.page.locator(".map-panel").text_content()
    page.page.locator(".map-panel a", has_text="Those farms").first.click()
    assert page.page.locator(".map-panel strong").text_content() == "Those farms gained by the rain."


def test_it_is_dark_where_the_screen_is_and_light_on_paper(show: Any) -> None:
    page = show(real(), color_scheme="dark")
    fill = "() => getComputedStyle(document.querySelector('.paper')).fill"
    ink = "() => getComputedStyle(document.querySelector('.node text')).fill"
    assert page.of(fill) == "rgb(22, 24, 27)"
    assert page.of(ink) != page.of(fill)
    page.page.get_by_role("button", name="Outline").click()
    assert page.seen(".map-outline") == 0
    page.page.emulate_media(media="print")
    assert page.of(fill) == "rgb(255, 255, 255)"
    assert page.seen(".map-tools") == 0
    assert page.seen(".map-outline article") == 30


def test_hostile_words_run_nothing_and_look_like_what_they_are(show: Any) -> None:
    page = show(hostile())
    assert page.seen() == len(hostile().nodes)
    for place in range(0, len(hostile().nodes), 5):
        page.page.locator(".node").nth(place).press("Enter")
    assert page.count("#map img, #map iframe, #map script, #map b") == 0


def test_no_statements_and_many(show: Any) -> None:
    assert show(ArgumentMap((), ())).count(".node") == 0
    page = show(wide(500))
    assert page.seen() == 500
    took = page.of(
        "() => { const before = performance.now(); document.querySelector('[data-do=suggested]').click();"
        " document.body.getBoundingClientRect(); return performance.now() - before; }"
    )
    assert took < 1500


def test_a_fragment_works_where_a_policy_forbids_all_but_files(browser: Browser) -> None:
    folder = Path(html.__file__).parent
    body = html.fragment(real(), address=lambda node: f"/s/{node.id}")
    other = html.fragment(argument())
    files = {
        "/": (
            f'<link rel="stylesheet" href="/map.css"><main>{body}</main><script src="/map.js"></script>',
            "text/html",
        ),
        "/map.css": ((folder / "map.css").read_text(), "text/css"),
        "/map.js": ((folder / "map.js").read_text(), "text/javascript"),
    }
    policy = "default-src 'none'; style-src 'self'; script-src 'self'"
    page, trouble = browser.new_page(), []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://kb.test")
        text, kind = files[path]
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Security-Policy": policy}
        route.fulfill(body=f"<!DOCTYPE html>{text}" if path == "/" else text, headers=headers)

    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.route("http://kb.test/**", answer)
    page.goto("http://kb.test/")
    page.locator(".node").first.click()
    assert page.locator(".map-panel .map-open").get_attribute("href") == "/s/n0"
    page.evaluate("other => { document.querySelector('main').innerHTML = other; window.kbMap.start(); }", other)
    page.locator(".node").first.press("c")
    assert page.locator(".node:visible").count() < 9
    assert page.evaluate("() => Object.keys(window.kbMap)") == ["start"]
    assert trouble == []
    page.close()
