"""Feeds by address: followed, read leniently, with full texts where they have summaries. The sites are made up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from importers.web import feed
from tests.conftest import Kb
from tests.importers.web.web_server import Answer, Request, Server, page, redirect, serve

SITE = "https://ponds.example"
LONG = "We counted the frogs of nine ponds for nine summers, and wrote down each pond that had none. " * 12


def article(title: str, words: str = LONG, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><nav>Menu</nav><article><h1>{title}</h1>"
        f"<p>{words}</p><p>{words}</p></article></body></html>"
    )


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Pond notes</title><link>https://ponds.example</link><description>Counts.</description>{''.join(items)}"
        "</channel></rss>"
    )


def item(name: str, description: str = "Nine ponds…", more: str = "", link: str = "") -> str:
    return (
        f"<item><title>On {name}</title><link>{link or f'{SITE}/{name}'}</link><guid isPermaLink='false'>id-{name}"
        f"</guid><pubDate>Mon, 04 May 2026 09:00:00 GMT</pubDate><description>{description}</description>{more}</item>"
    )


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serve({f"/{name}": page(article(f"On {name}")) for name in ("a", "b", "c")}) as running:
        monkeypatch.setenv("KB_ENDPOINTS", f"ponds.example={running.base_url}")
        yield running


@pytest.fixture
def run(kb: Kb) -> Any:
    def ran(*arguments: str) -> tuple[dict[str, int], list[str]]:
        done = kb(*arguments, "--allow-private", *(["--no-embed"] if arguments[0] == "add" else []))
        assert done.code == 0, done.out + done.err
        lines = (done.out + "\n" + done.err).split("\n")
        counts = re.findall(r"(\d+) (added|updated|unchanged)", next(one for one in lines if one[:1].isdigit()))
        return {what: int(count) for count, what in counts}, [one[4:] for one in lines if one.startswith("odd ")]

    return ran


def texts(kb: Kb) -> dict[str, str]:
    listed = kb("list", "--json").json
    rows = listed["sources"] if isinstance(listed, dict) else listed
    return {row["title"]: kb("show", row["id"], "--json").json["text"] for row in rows}


def test_a_feed_is_followed_and_what_is_new_comes(kb: Kb, run: Any, server: Server) -> None:
    full = f"<content:encoded><![CDATA[<p>{LONG}</p><p>The end.</p>]]></content:encoded>"
    before = rss(item("a"), item("whole", more=full))
    after = rss(item("b"), item("a"))  # "whole" has fallen out

    def feed_of(request: Request) -> Answer:
        if request.headers.get("if-none-match") == '"1"' and not changed:
            return Answer(b"", 304)
        return page(after if changed else before, "application/rss+xml", ETag='"2"' if changed else '"1"')

    changed: list[bool] = []
    server.routes["/feed.xml"] = feed_of
    counts, problems = run("add", SITE + "/feed.xml")
    assert counts == {"added": 3}
    assert problems == []
    assert (server.count("/a"), server.count("/whole")) == (1, 0)
    assert run("refresh")[0] == {"unchanged": 3}
    assert server.requests[-1].headers["if-none-match"] == '"1"'
    changed.append(True)
    assert run("refresh")[0] == {"added": 1, "unchanged": 2}
    assert (server.count("/a"), server.count("/b")) == (1, 1)  # no page twice
    known = texts(kb)
    assert set(known) == {"Pond notes", "On a", "On b", "On whole"}
    assert all(LONG.strip() in known[f"On {name}"] for name in ("a", "b", "whole"))
    assert "Menu" not in known["On a"]


def test_pages_are_fetched_so_many_a_run_and_the_rest_waits(
    kb: Kb, run: Any, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "PAGES", 2)
    server.routes["/f"] = page(rss(*(item(name) for name in "abc")), "text/xml")
    counts, problems = run("add", SITE + "/f")
    assert counts == {"added": 4}
    assert any("of which only the summary is in: 1; kb refresh" in one for one in problems)
    assert LONG.strip() not in texts(kb)["On c"]
    run("refresh")
    assert LONG.strip() in texts(kb)["On c"]
    assert server.count("/a") == 1


def test_an_entry_is_one_source_by_guid_link_and_page(kb: Kb, run: Any, server: Server) -> None:
    canonical = f'<link rel="canonical" href="{SITE}/a/">'
    server.routes["/a"] = page(article("On a", head=canonical))
    run("add", SITE + "/b")
    moved = item("a", link=SITE + "/a-new")
    server.routes["/f"] = [
        page(rss(item("a", link=SITE + "/a?utm_source=rss"), item("b"))),
        page(rss(moved, item("b"))),
    ]
    server.routes["/f"] = [page(one.body, "application/xml") for one in server.routes["/f"]]
    assert run("add", SITE + "/f")[0] == {"added": 2, "updated": 1}  # the page has got its date
    counts, _ = run("refresh", SITE + "/f")
    assert "added" not in counts
    assert sum(title == "On a" for title in texts(kb)) == 1


def test_a_page_that_cannot_be_had_leaves_the_summary_and_says_so(kb: Kb, run: Any, server: Server) -> None:
    server.routes["/old"] = redirect("/f", 301)
    server.routes["/f"] = page(rss(item("gone"), "<item></item>"), "text/xml")
    counts, problems = run("add", SITE + "/old")
    assert counts == {"added": 2}
    assert any("On gone: only the summary of the feed:" in one for one in problems)
    assert any("item 2 has neither a link nor a title" in one for one in problems)
    assert "Nine ponds" in texts(kb)["On gone"]


def test_atom_rdf_json_and_broken_xml_are_read(kb: Kb, run: Any, server: Server) -> None:
    body = f"<p>{LONG}</p>"
    server.routes |= {
        "/atom": page(
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><entry><title>One &amp; only</title>'
            f'<link href="{SITE}/1"/><id>urn:1</id><content type="html">{body.replace("<", "&lt;")}</content>'
            "</entry></feed>",
            "application/atom+xml",
        ),
        "/rdf": page(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            f"<channel><title>Old form</title></channel><item><title>Two</title><link>{SITE}/2</link>"
            f"<description>{LONG}</description></item></rdf:RDF>",
            "text/plain",
        ),
        "/json": page(
            json.dumps(
                {
                    "version": "https://jsonfeed.org/version/1.1",
                    "title": "JSON",
                    "items": [{"id": "3", "url": f"{SITE}/3", "title": "Three", "content_text": f"{LONG}\n\nEnd."}],
                }
            ),
            "application/feed+json",
        ),
        "/broken": page(
            rss(item("mended", f"R&nbsp;&D & more. {LONG}")).replace("</channel></rss>", "<item><title>Cut"),
            "application/xml",
        ),
    }
    for path, title in (("/atom", "One & only"), ("/rdf", "Two"), ("/json", "Three"), ("/broken", "On mended")):
        _, problems = run("add", SITE + path)
        assert title in texts(kb)
        assert any("read as far as it goes" in one for one in problems) == (path == "/broken")
    assert "R &D & more." in texts(kb)["On mended"].replace("\xa0", " ").replace("\\&", "&")


def test_a_front_page_offers_its_feed_and_is_a_page_all_the_same(kb: Kb, server: Server) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    server.routes["/"] = page(article("Pond notes", head=head))
    ran = kb("add", SITE + "/", "--allow-private", "--no-embed")
    assert f"has a feed, which kb refresh can follow: kb add {SITE}/feed.xml" in ran.err
    assert server.count("/feed.xml") == 0
    assert "1 added" in ran.out + ran.err
