"""Web pages: the main text with its forms, what the page says of itself, encodings, walls, and what is no page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import importers
from importers.base import Input
from importers.documents.pdf.convert import IMPORTER as PDF
from importers.files import Skipped, read_files
from importers.web.any_address import FETCHER
from importers.web.base import Options
from importers.web.client import Client
from importers.web.page import IMPORTER, document_of
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.documents.pdf.test_convert import LEFT
from tests.importers.documents.pdf.tiny_pdf import Sheet, pdf
from tests.importers.importer_checks import check
from tests.importers.web.web_server import Answer, page, redirect, serve

BODY = """
<p>Streaks came in <em>2019</em>, so that people would record <strong>every day</strong>, and the number of records
grew by a third within a year. See <a href="/2023/method">our method</a> and <a href="https://other.example/a">hers</a>.
</p>
<h2>What we saw</h2>
<p>The share of garden squares rose with them, because a streak is kept most easily at home, and at home there is a
wall with the same eleven beetles on it every morning of the year.</p>
<blockquote><p>I walk the same wall each day so that I do not lose my flame.</p><p>It is a good wall.</p></blockquote>
<ul><li>Gardens are recorded too often<ul><li>by half in towns</li></ul></li><li>Hills are left out</li></ul>
<ol><li>Walk the route</li><li>Write the zeros</li></ol>
<table><tr><th>Year</th><th>Records</th></tr><tr><td>2018</td><td>1200</td></tr></table>
<figure><img src="/img/wall.png" alt="A wall"><figcaption>The wall in question</figcaption></figure>
<pre><code class="language-python">x = 1\n</code></pre>
<h3>What to do</h3>
<p>Nobody decided that streaks should be part of the method, and I think they are the main reason for the bias that
we now have to correct with models that cannot know about the walls. The flame should go.</p>
"""
HEAD = """<meta charset="utf-8"><title>Why streaks fail | The Beetle Blog</title>
<link rel="canonical" href="/2024/why-streaks-fail"><meta property="og:site_name" content="The Beetle Blog">
<meta property="article:published_time" content="2024-05-03T10:00:00Z">
<meta name="author" content="By Ada Brandt and Bo Lind">
<meta property="article:tag" content="beetles">"""
AROUND = """<body class="has-sidebar">
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About us</a></li></ul></nav>
<div class="cookie-banner">We use cookies. <button>Accept all</button></div>
<main><article><h1>Why streaks fail</h1>%s<div class="share-buttons"><a href="https://t.example">Tweet this</a></div>
</article></main>
<aside><h3>Related posts</h3><ul><li><a href="/x">Ten beetles you will not believe</a></li></ul></aside>
<div id="comments"><h3>3 comments</h3><p>First! What a splendid post this is, thank you for it.</p></div>
<footer><p>Copyright 2024. All rights reserved.</p></footer><script>var flame = 1;</script></body>"""


def html(body: str = AROUND % BODY, head: str = HEAD) -> str:
    return f"<!doctype html><html lang=en><head>{head}</head>{body}</html>"


def saved(text: str, name: str = "saved.html") -> Document:
    (document,) = IMPORTER.read(Input(text, name, name, text.encode()))
    check(IMPORTER, document)
    return document


def test_main_text_keeps_its_forms() -> None:
    document = saved(html())
    assert document.text.split("\n\n") == [
        "# Why streaks fail",
        "Streaks came in *2019*, so that people would record **every day**, and the number of records grew by a third "
        "within a year. See [our method](/2023/method) and [hers](https://other.example/a).",
        "## What we saw",
        "The share of garden squares rose with them, because a streak is kept most easily at home, and at home there "
        "is a wall with the same eleven beetles on it every morning of the year.",
        "> I walk the same wall each day so that I do not lose my flame.\n>\n> It is a good wall.",
        "- Gardens are recorded too often\n  - by half in towns\n- Hills are left out",
        "1. Walk the route\n2. Write the zeros",
        "| Year | Records |\n| --- | --- |\n| 2018 | 1200 |",
        "![The wall in question](/img/wall.png)",
        "```python\nx = 1\n```",
        "### What to do",
        "Nobody decided that streaks should be part of the method, and I think they are the main reason for the bias "
        "that we now have to correct with models that cannot know about the walls. The flame should go.",
    ]


def test_what_the_page_says_of_itself() -> None:
    document = saved(html(head=HEAD.replace('"/2024', '"https://beetles.example/2024')))
    assert (document.kind, document.title) == ("web", "Why streaks fail")
    assert [author.name for author in document.authors] == ["Ada Brandt", "Bo Lind"]
    assert (document.published, document.tags) == ("2024-05-03T10:00:00Z", ("beetles",))
    assert document.url == "https://beetles.example/2024/why-streaks-fail"


LINKED = """<title>Zeros</title><script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Beetles"},
{"@type": "NewsArticle", "headline": "Zeros matter", "author": [{"name": "Bo Lind"}, {"name": "Ada Brandt"}],
"datePublished": "2023-01-02", "publisher": {"name": "Beetles"}}]}</script>
<script type="application/ld+json">{broken</script>"""
CITED = """<title>x</title>
<meta name="citation_title" content="On zeros"><meta name="citation_author" content="Brandt, Ada">
<meta name="citation_author" content="Lind, Bo"><meta name="citation_publication_date" content="2022/3/7">
<meta name="citation_doi" content="10.1234/Zeros.17">"""


def test_linked_data_and_citations() -> None:
    document = saved(html(head=LINKED, body=f"<body><article>{BODY}</article></body>"))
    assert (document.title, document.published) == ("Zeros matter", "2023-01-02")
    assert [author.name for author in document.authors] == ["Bo Lind", "Ada Brandt"]
    document = saved(html(head=CITED, body=f"<body><article>{BODY}</article></body>"))
    assert (document.title, document.published) == ("On zeros", "2022-03-07")
    assert [author.name for author in document.authors] == ["Ada Brandt", "Bo Lind"]
    assert document.external_ids == {"doi": "10.1234/zeros.17"}


def test_a_page_that_a_browser_saved_knows_its_address() -> None:
    text = "<!-- saved from url=(0031)https://beetles.example/2024/a -->\n" + html(head="<title>A</title>")
    assert saved(text).url == "https://beetles.example/2024/a"


def test_formulas_and_footnotes_survive() -> None:
    body = BODY + '<p>So <span class="math-tex"><script type="math/tex">n^2</script></span> is large.</p>'
    assert "The flame should go." in saved(html(f"<body><article>{body}</article></body>")).text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<h1>Sign in</h1><form><input name=u><input type=password></form>", "asks for a login"),
        ("<h1>Zeros</h1><p>The first line.</p><p>Subscribe to keep reading. Already a subscriber? Log in</p>", "login"),
        ("<h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services.</p>", "consent"),
        ("<h1>Just a moment...</h1><p>Verifying you are human. This may take a few seconds.</p>", "check for robots"),
        ("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"
         "<p>Please enable JavaScript.</p>", "JavaScript"),
        ("<div id=app></div>", "holds no text"),
        ("", "holds no text"),
    ],
)  # fmt: skip
def test_walls(text: str, message: str) -> None:
    with pytest.raises(KbError) as error:
        saved(html(f"<body>{text}</body>", "<title>A site</title>"), "wall.html")
    assert message in error.value.message
    assert "wall.html" in error.value.message
    assert error.value.hint


def test_a_short_page_and_one_about_cookies_are_no_walls() -> None:
    short = "<p>Log in</p><article><h1>Note</h1><p>A list of finds says where people like to go, and a list with zeros"
    short += " says where the beetles are. That is all I have to say today, and it is enough for a note.</p></article>"
    assert "enough for a note" in saved(html(f"<body>{short}</body>", "<title>Note</title>")).text
    cookies = (
        BODY + "<p>Before you continue: we use cookies, and you may log in, says every site that I know of.</p>" * 3
    )
    assert "every site" in saved(html(f"<body><article>{cookies}</article></body>")).text


BOMB = """<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">%s<!ENTITY x SYSTEM "file:///etc/passwd">]>"""


def test_bombs_are_harmless() -> None:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    text = (
        BOMB % entities
        + f"<html><head><title>T</title></head><body><article>{BODY}<p>&i; &x;</p></article></body></html>"
    )
    document = saved(text, "bomb.xhtml")
    assert len(document.text) < 3000
    assert "root:" not in document.text
    deep = "<div>" * 30_000 + BODY + "</div>" * 30_000
    assert "The flame should go." in saved(html(f"<body>{deep}</body>")).text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (html().replace("utf-8", "iso-8859-1").replace("wall with", "Käfer – wall").encode("cp1252"), "Käfer – wall"),
        (html().replace("utf-8", "windows-1251").replace("wall with", "жук").encode("cp1251"), "жук"),
        (html(head="<title>A</title>").replace("wall with", "Käfer").encode("latin-1"), "Käfer"),
        (html().replace("wall with", "Käfer").encode("utf-16"), "Käfer"),
        (b"\xef\xbb\xbf" + html().replace("utf-8", "latin-1").replace("wall with", "Käfer").encode(), "Käfer"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, word: str) -> None:
    (tmp_path / "a.html").write_bytes(data)
    (item,) = read_files(tmp_path)
    assert isinstance(item, Input)
    assert word in importers.read(item)[0].text


def test_data_that_nobody_knows_is_skipped_in_a_folder_only(tmp_path: Path) -> None:
    (tmp_path / "numbers.json").write_text('{"rows": [1, 2, 3], "note": "see [a](http://b.example)"}')
    (tmp_path / "numbers.csv").write_bytes("Größe,Zahl\n1,2\n".encode("latin-1"))
    (tmp_path / "feedless.xml").write_text("<?xml version='1.0'?><rows><row/></rows>")
    (tmp_path / "empty.json").write_text("")
    (tmp_path / "page.html").write_text(html())
    items = list(read_files(tmp_path))
    assert [item.name for item in items if isinstance(item, Input)] == ["page.html"]
    assert items[-1] == Skipped({"csv": 1, "json": 2, "xml": 1})
    (item,) = read_files(tmp_path / "numbers.json")
    assert isinstance(item, Input)
    with pytest.raises(KbError, match="form that kb does not know"):
        importers.read(item)


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(None, allow_private=True, pacing={"127.0.0.1": 0}) as client:
        yield client


def _fetch(client: Client, url: str) -> Document:
    (document,) = FETCHER.fetch(url, client, Options())
    assert isinstance(document, Document)
    return document


def test_fetch(client: Client) -> None:
    paper = pdf([Sheet().at(72, 720, "Zeros in lists", 20, bold=True).column(72, 650, LEFT)])
    routes = {
        "/a": page(html()),
        "/to": redirect("/a"),
        "/p": page(paper, "application/pdf"),
        "/note.md": page("# A note\n\nwith [a link](http://b.example).", "text/plain; charset=utf-8"),
        "/latin": page(
            html(head="<title>A</title>").replace("wall with", "Käfer").encode("latin-1"), "text/html; charset=latin-1"
        ),
    }
    with serve(routes) as server:
        base = server.url("").rstrip("/")
        document = _fetch(client, f"{base}/to")
        check(IMPORTER, document)
        assert (document.title, document.target) == ("Why streaks fail", f"{base}/to")
        assert document.url is not None
        assert document.url.endswith("/2024/why-streaks-fail")
        assert f"[our method]({base}/2023/method)" in document.text
        document = _fetch(client, f"{base}/p")
        assert (document.kind, document.title, document.importer) == ("paper", "Zeros in lists", PDF.name)
        assert document.url == f"{base}/p"
        document = _fetch(client, f"{base}/note.md")
        assert (document.kind, document.title, document.url) == ("web", "A note", f"{base}/note.md")
        assert "Käfer" in _fetch(client, f"{base}/latin").text


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (page(b"", "text/html"), "answers with nothing"),
        (page(b"\x89PNG\r\n", "image/png"), "is image/png, not a page"),
        (page(b"{}", "application/json"), "is application/json"),
        (page(html("<body><h1>Log in</h1><form><input type=password></form></body>"), "application/pdf"), "login"),
        (Answer(b"gone", 404), "404"),
    ],
)
def test_what_cannot_be_fetched(client: Client, answer: Answer, message: str) -> None:
    with serve({"/x": answer}) as server, pytest.raises(KbError) as error:
        _fetch(client, server.url("/x"))
    assert message in error.value.message
    assert "/x" in error.value.message
    assert error.value.hint


def test_which_targets() -> None:
    assert FETCHER.matches("https://beetles.example/a")
    assert FETCHER.matches("HTTP://beetles.example")
    assert not any(map(FETCHER.matches, ["ftp://a.example", "notes/a.md", "arxiv:2403.01234", "https:///a"]))


def test_a_page_in_a_script_without_blanks_is_counted_by_its_characters() -> None:
    said = "我们在池塘边数了四十个早晨的鸟并且把每一只都写了下来。" * 3
    html = f"<html><head><title>池塘</title></head><body><article><h1>池塘</h1><p>{said}</p></article></body></html>"
    assert said in document_of(html, Input(html, "p.html"), None).text


def test_a_file_of_few_words_is_a_text_where_no_script_was_to_fill_it() -> None:
    html = "<p>Let the rate be <mjx-container><mjx-math><mjx-mi><mjx-c class='mjx-c1D465'></mjx-c></mjx-mi></mjx-math>"
    html += "</mjx-container> per visit.</p>"
    assert document_of(html, Input(html, "comment.html"), None).text == "Let the rate be $x$ per visit."
    with pytest.raises(KbError, match="holds no text"):
        document_of(html + "<script>fill()</script>", Input(html, "comment.html"), None)
