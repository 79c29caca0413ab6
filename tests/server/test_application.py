"""Every page: readable for everybody, in light and dark, wide and narrow, and safe whatever texts say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from kb.review import write
from kb.sources import add
from kb.store import sources, statements
from kb.store.open import open_reader, open_store
from tests.browsing import Served, serving, tab
from tests.server.reading.test_html import HOSTILE

PAGES = (
    "/", "/?q=records", "/?q=records&in=statements", "/?kind=comment", "/?q=nothingofthatname", "/source/{source}",
    "/source/{talk}", "/statement/{statement}", "/theories", "/critiques", "/critiques?open=1", "/issues",
    "/issue/{issue}", "/people", "/person?name=Wren+Okafor", "/compare", "/compare?a=Tomas+Ekdahl&b=Marguerite+Sorel",
    "/map?about={source}", "/review", "/review?what=statements", "/queue", "/changes?since=2020", "/import",
    "/settings?check=1", "/nowhere",
)  # fmt: skip


ONCE = [
    path for path in PAGES if not path.endswith(("statements", "comment", "thatname", "{talk}", "open=1", "/compare"))
]
"""A page of each kind."""


def names(home: Path, client: httpx.Client) -> dict[str, str]:
    """What stands in the addresses of pages."""
    with open_reader(home) as store:
        found = {one.kind: one.id for one in sorted(sources.listed(store), key=lambda one: one.statements)}
        made = statements.chosen(store)
    issue = re.search(r"/issue/(i\w+)", client.get("/issues").text)
    assert issue
    return {"source": found["post"], "talk": found["transcript"], "statement": made[0].id, "issue": issue[1]}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers(visitor: httpx.Client, standing: Served, path: str) -> None:
    answer = visitor.get(path.format_map(names(standing.home, visitor)))
    assert answer.status_code == (404 if path == "/nowhere" else 200)
    assert answer.text.count("<h1") == 1
    assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 360)])
def test_every_page_is_for_everybody(browser: Browser, served: Served, scheme: str, width: int) -> None:
    """axe-core finds nothing wrong, and nothing is wider than the screen."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    opened = tab(context, served)
    with served.client() as client:
        known = names(served.home, client)
    wrong = []
    for path in PAGES if width > 1000 else ONCE:
        page = opened.go(path.format_map(known))
        opened.wrong[:] = [line for line in opened.wrong if "404" not in line]  # the page that is not there
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{path}: wider than the screen")
        found = Axe().run(page)
        wrong += [f"{path}: {one['id']} {one['nodes'][0]['html'][:160]}" for one in found.response["violations"]]
    assert not wrong, "\n".join(wrong)
    opened.check()
    context.close()


SHIFTS = """() => new Promise((done) => { let sum = 0;
new PerformanceObserver((list) => { list.getEntries().forEach((one) => { sum += one.value; }); })
.observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 400); })"""


def test_no_page_jumps_while_it_loads(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    opened = tab(context, served)
    with served.client() as client:
        known = names(served.home, client)
    paths = (
        "/",
        "/?q=records",
        "/source/{source}",
        "/statement/{statement}",
        "/theories",
        "/map?about={source}",
        "/review",
    )
    shifts = {path: opened.go(path.format_map(known)).evaluate(SHIFTS) for path in paths}
    assert all(shift < 0.02 for shift in shifts.values()), shifts
    context.close()


def test_dark_is_dark_and_light_is_light(browser: Browser, served: Served) -> None:
    shades = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        page = tab(context, served).page
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades.append(sum(map(int, re.findall(r"\d+", colour)[:3])))
        context.close()
    assert shades[0] > 700
    assert shades[1] < 120


def test_every_link_that_a_page_offers_leads_to_a_page(visitor: httpx.Client) -> None:
    """Facets, tags, people, files of maps: from the search on, as far as links lead, a few of each kind."""
    waiting, seen, asked = ["/"], {"/"}, Counter[str]()
    while waiting:
        path = waiting.pop(0)
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        if "text/html" not in answer.headers["content-type"]:
            continue
        for found in re.findall(r'href="(/[^"#]*)', answer.text):
            address = unescape(found)
            kind = re.sub(r"/(source|statement|issue)/.*", r"/\1", re.sub(r"=[^&]*", "", address))
            if address not in seen and not address.startswith("/static/") and asked[kind] < 6:
                asked[kind] += 1
                seen.add(address)
                waiting.append(address)
    assert len(seen) > 60
    assert not any(name in kind for kind in asked for name in ("{", "None"))


def test_filters_without_a_query_list_what_they_leave(client: httpx.Client) -> None:
    for asked in ("kind=comment", "author=Wren+Okafor", "year=2023", "kind=critique", "q=&kind=comment"):
        text = client.get(f"/?{asked}").text
        assert 'class="row-item"' in text, asked
        assert "Nothing found" not in text
        assert "there is no word" not in text


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Served]:
    """A home in which every title, name, tag, text, statement and address is hostile."""
    from importers.base import Input
    from importers.texts import markdown

    home = tmp_path / "hostile"
    with open_store(home) as store:
        for number, words in enumerate(HOSTILE):
            title = words.replace("\n", " ")
            note = (
                f"# {title}\n\n{words} is so because {words}.\n\n- Objection: {words} is wrong.\n\n[[{title}]] #tag\n"
            )
            document = markdown.read(Input(note, f"note {number}.md"))[0]
            add.add(store, document, "1", sole=False)
            first = write.claim(store, f"{words} holds.", title[:60] or "me")
            write.claim(store, f"{words} does not hold.", title[:60] or "me", attacks=[first])
            write.note(store, f"{words} on it", first and sources.listed(store)[0].id, title[:60] or "me")
    with serving(home) as made:
        yield made


def test_hostile_texts_run_nothing_on_any_page(browser: Browser, hostile: Served) -> None:
    context = browser.new_context()
    opened = tab(context, hostile)
    with open_reader(hostile.home) as store:
        texts = [one.id for one in sources.listed(store)][::3]
        made = [one.id for one in statements.chosen(store)][::4]
        people = {name for one in sources.listed(store) for name in one.authors}
    paths = ["/", "/?q=alert", "/theories", "/critiques", "/issues", "/people", "/map", "/review", "/queue"]
    paths += ["/changes?since=2020", "/settings?check=1", *(f"/source/{name}" for name in texts)]
    paths += [f"/statement/{name}" for name in made]
    paths += [f"/map?about={name}" for name in made[:3]]
    paths += [str(httpx.URL("/person", params={"name": name})) for name in list(people)[::4]]
    paths += [str(httpx.URL("/", params={"q": words})) for words in HOSTILE[:6]]
    for path in paths:
        page = opened.go(path)
        assert (
            page.evaluate("document.querySelectorAll('main script, main iframe, main [onerror], main [onload]').length")
            == 0
        )
        opened.wrong[:] = [line for line in opened.wrong if "the server responded with a status of" not in line]
    assert not any(line.startswith("500") for line in hostile.log)
    opened.check()
    context.close()


def test_an_error_says_what_to_do_and_a_name_that_means_several_offers_them(client: httpx.Client) -> None:
    answer = client.get("/", params={"kind": "novel"})
    assert answer.status_code == 400
    assert "novel" in answer.text
    lost = client.get("/source/nothing-of-this-name")
    assert lost.status_code == 404
    assert 'role="alert"' in lost.text
    several = client.get("/source/comment on")
    assert several.status_code == 404
    assert several.text.count('href="/source/') > 1


@pytest.mark.parametrize(
    "back", ["//evil.example/", "/\\evil.example", "https://evil.example", "/a b", "/a\r\nX: y", "javascript:x"]
)
def test_a_form_leads_back_to_our_own_pages_only(served: Served, back: str) -> None:
    with served.client() as client:
        client.follow_redirects = False
        answer = client.post("/note", data={"text": "I doubt it.", "back": back})
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/source/s")
        own = client.post("/note", data={"text": "I doubt it too.", "back": "/queue?n=3"})
        assert own.headers["location"] == "/queue?n=3"


def test_a_store_that_cannot_be_read_is_told_and_read_again_once_it_can(client: httpx.Client, served: Served) -> None:
    file = served.home / "kb.sqlite"
    good = file.read_bytes()
    served.serving.place.stores.close()
    for side in served.home.glob("kb.sqlite-*"):
        side.unlink()
    file.unlink()
    file.write_bytes(b"this is no database, whatever its name says" * 100)
    broken = client.get("/")
    assert broken.status_code == 500
    assert 'role="alert"' in broken.text
    file.unlink()
    file.write_bytes(good)
    assert client.get("/").status_code == 200


def test_without_a_knowledge_base_the_pages_say_how_to_begin(tmp_path: Path) -> None:
    with serving(tmp_path / "none") as served, served.client() as client:
        assert "Add texts" in client.get("/").text
        for path in (
            "/theories",
            "/critiques",
            "/issues",
            "/people",
            "/map",
            "/review",
            "/queue",
            "/changes",
            "/settings",
        ):
            assert client.get(path).status_code == 200
