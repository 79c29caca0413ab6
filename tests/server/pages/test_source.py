"""Reading in the browser: statements where they stand, and what is made of words that are selected."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from kb.store import sources, statements
from kb.store.open import open_reader
from tests.browsing import Served, Tab

TITLE = "Comment on Volunteer Records Are Not Monitoring"


@pytest.fixture
def post(served: Served) -> str:
    """The example with most statements."""
    with open_reader(served.home) as store:
        return max(sources.listed(store), key=lambda one: one.statements).id


def select(page: Page, paragraph: str) -> str:
    """Select a paragraph of the text, and wait until the page has seen it. Returns its words."""
    page.evaluate("getSelection().removeAllRanges()")
    page.locator("#selected").wait_for(state="hidden")
    words = page.evaluate(
        """(start) => { const all = [...document.querySelectorAll('#text p')];
        const found = all.find((p) => p.textContent.includes(start));
        getSelection().selectAllChildren(found); return getSelection().toString(); }""",
        paragraph,
    )
    page.locator("#selected").wait_for()
    return str(words)


def save(page: Page) -> None:
    """Press Save in the dialog, and wait for what it leads to."""
    with page.expect_navigation():
        page.locator("#say button", has_text="Save").click()


def words_of(page: Page) -> str:
    return page.locator("#text p").nth(3).inner_text()[:40]


def test_every_statement_that_is_listed_is_marked_where_it_stands(opened: Tab, served: Served, post: str) -> None:
    page = opened.go(f"/source/{post}")
    listed = page.locator("#list [data-open]").evaluate_all("all => all.map((one) => one.dataset.open)")
    assert len(listed) > 10
    with open_reader(served.home) as store:
        known = statements.read(store, listed)
    for name in listed:
        shown = page.locator(f'mark[data-s~="{name}"]').all_text_contents()
        quote = "".join(mention.quote for mention in known[name].mentions if mention.source == post)
        assert re.sub(r"\W", "", "".join(shown)) == re.sub(r"\W", "", re.sub(r"\]\([^)]*\)", "", quote)), name


def test_a_click_on_a_statement_tells_who_answers_it(opened: Tab, post: str) -> None:
    page = opened.go(f"/source/{post}")
    expect(page.locator("#panel")).to_be_hidden()
    page.locator("#text mark").nth(4).click()
    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator("#panel")).to_contain_text(re.compile("For|Against|bears on|No reply recorded"))
    assert page.locator("mark.open").count() > 0
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_by_keyboard_alone_a_statement_opens_and_closes(opened: Tab, post: str) -> None:
    page = opened.go(f"/source/{post}")
    page.locator("#text .sign").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('sign')")


def test_words_that_are_selected_become_a_claim_with_its_quote(opened: Tab, served: Served, post: str) -> None:
    page = opened.go(f"/source/{post}")
    selected = select(page, words_of(page))
    expect(page.locator("#selected")).to_be_visible()
    page.keyboard.press("c")
    page.locator("#say textarea").fill("Ada reads it so.")
    page.locator("#say select[name=kind]").select_option("critique")
    save(page)
    assert page.url == f"{opened.base}/source/{post}"
    expect(page.locator("#list")).to_contain_text("Ada reads it so.")
    with open_reader(served.home) as store:
        made = next(one for one in statements.of_source(store, post) if one.text == "Ada reads it so.")
        stored = sources.stored(store, post)
    mention = made.mentions[0]
    assert (made.kind, made.status, made.basis) == ("critique", "accepted", "authored")
    assert stored is not None
    assert stored.text[mention.start : mention.end] == mention.quote
    assert re.findall(r"\w+", mention.quote) == re.findall(r"\w+", selected)


def test_a_selection_becomes_a_link_a_note_and_a_quotation(opened: Tab, served: Served, post: str) -> None:
    page = opened.go(f"/source/{post}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=opened.base)
    target = page.locator("#list [data-open]").first.get_attribute("data-open") or ""
    words = words_of(page)
    selected = select(page, words)
    page.keyboard.press("y")
    expect(page.locator("#said")).to_contain_text("clipboard")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("> ")
    assert copied.splitlines()[-1].startswith("> — ")
    select(page, words)
    page.locator("#selected button", has_text="Link").click()
    page.locator("#say select[name=relation]").select_option("attacks")
    page.locator("#say input[name=ref]").fill(target)
    save(page)
    select(page, words)
    page.locator("#selected button", has_text="Note").click()
    page.locator("#say textarea").fill("I doubt it.")
    save(page)
    expect(page.locator("#backlinks")).to_be_visible()
    with open_reader(served.home) as store:
        notes = [sources.stored(store, one.id) for one in sources.listed(store) if one.kind == "note"]
    note = next(one for one in notes if one is not None and "I doubt it." in one.text)
    assert "> " + selected[:20] in note.text
    assert (
        page.evaluate(
            "fetch(`/statement/${arguments}`)".replace("${arguments}", target) + ".then((one) => one.text())"
        ).count("attacked by")
        >= 1
    )


def test_a_comment_tree_stands_below_its_post(opened: Tab, served: Served) -> None:
    with open_reader(served.home) as store:
        parent = next(one.parent for one in sources.listed(store) if one.kind == "comment" and one.parent)
    page = opened.go(f"/source/{parent}")
    assert page.locator(".thread .comment").count() >= 1
    page.locator(".thread .comment a.by").first.click()
    expect(page.locator(".head")).to_contain_text("answers")


def test_formulas_tables_and_footnotes_are_drawn(opened: Tab, served: Served) -> None:
    with served.client() as friend:
        text = "# Formulas\n\nSo $x^2 < y$ holds[^1].\n\n$$\n\\frac{a}{b}\n$$\n\n$\\undefinedthing{$\n\n"
        text += "| a |\n|---|\n| b |\n\n[^1]: yes"
        answer = friend.post("/note", data={"text": text})
        assert answer.status_code == 200
    page = opened.go(answer.url.path)
    expect(page.locator(".katex")).to_have_count(2)
    expect(page.locator("#text table td")).to_have_text("b")
    expect(page.locator(".footnotes")).to_contain_text("yes")


def test_how_far_one_is_with_a_text_is_kept(opened: Tab, served: Served, post: str) -> None:
    page = opened.go(f"/source/{post}")
    with page.expect_navigation():
        page.locator("select[name=state]").select_option("reading")
    expect(page.locator("select[name=state]")).to_have_value("reading")
    with open_reader(served.home) as store:
        assert sources.read(store, [post])[post].reading == "reading"


def test_words_that_do_not_stand_in_the_text_are_refused(client: httpx.Client, post: str) -> None:
    answer = client.post("/claim", data={"text": "x", "source": post, "words": "never said so anywhere", "at": "0"})
    assert answer.status_code == 404
    assert "select them again" in answer.text
    assert client.post("/claim", data={"text": "x", "relation": "attacks"}).status_code == 400
    assert client.post("/note", data={"text": ""}).status_code == 400


def test_what_is_refused_is_told_in_the_dialog_and_what_was_typed_stays(opened: Tab, post: str) -> None:
    page = opened.go(f"/source/{post}")
    select(page, words_of(page))
    page.keyboard.press("l")
    page.locator("#say textarea").fill("Ada says so.")
    page.locator("#say input[name=ref]").fill("comment on")
    page.locator("#say button", has_text="Save").click()
    expect(page.locator("#say .refused")).to_be_visible()
    assert page.locator("#say textarea").input_value() == "Ada says so."
    page.locator("#say .refused a").first.click()
    assert page.locator("#say input[name=ref]").input_value().startswith("s")
    save(page)
    expect(page.locator("#said")).to_contain_text("Saved")
    opened.wrong[:] = [line for line in opened.wrong if "404" not in line]


def test_the_page_stays_where_it_was_when_something_is_saved(opened: Tab, post: str) -> None:
    page = opened.go(f"/source/{post}")
    page.evaluate("scrollTo(0, 1500)")
    before = page.evaluate("scrollY")
    shown = page.locator("#text p").evaluate_all(
        "all => all.find((p) => p.getBoundingClientRect().top > 80).textContent.slice(0, 50)"
    )
    select(page, shown)
    page.keyboard.press("c")
    save(page)
    page.wait_for_timeout(300)
    assert abs(page.evaluate("scrollY") - before) < 200


def test_words_of_a_comment_below_a_post_become_a_claim_of_the_comment(opened: Tab, served: Served) -> None:
    with open_reader(served.home) as store:
        one = next(one for one in sources.listed(store) if one.kind == "comment" and one.parent)
    page = opened.go(f"/source/{one.parent}")
    page.evaluate(f"getSelection().selectAllChildren(document.querySelector('[data-source={one.id}] p'))")
    page.locator("#selected").wait_for()
    page.keyboard.press("c")
    page.locator("#say textarea").fill("Ada reads the comment so.")
    save(page)
    with open_reader(served.home) as store:
        assert "Ada reads the comment so." in {made.text for made in statements.of_source(store, one.id)}


def test_what_is_quoted_in_a_note_is_not_said_by_who_wrote_the_note(
    client: httpx.Client, served: Served, post: str
) -> None:
    quote = "Unstructured records do not measure abundance"
    answer = client.post("/note", data={"text": "So he says.", "source": post, "words": quote, "at": "0"})
    name = answer.url.path.rpartition("/")[2]
    with open_reader(served.home) as store:
        made = statements.of_source(store, name)
    assert not [one for one in made if quote in one.text and one.mentions[0].speaker == "me"]


def test_words_that_are_shown_are_found_in_the_text_whatever_stands_between_them(opened: Tab, post: str) -> None:
    """Every paragraph, item and heading of the text can be selected as a whole and is found again."""
    page = opened.go(f"/source/{post}")
    lost = page.evaluate(
        """async () => { const lost = [];
        for (const one of document.querySelectorAll('#text :is(p, li, h2, h3)')) {
          const asked = new URLSearchParams({ words: one.textContent, at: one.dataset.at ?? '0' });
          const answer = await fetch(`${location.pathname}/quotation?${asked}`);
          if (!answer.ok) { lost.push(one.textContent.slice(0, 80)); }
        } return lost; }"""
    )
    assert not lost
    opened.wrong.clear()
