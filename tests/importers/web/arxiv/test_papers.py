"""arXiv: which targets, which errors, which text. The feeds and pages are made up in arXiv's form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from importers.base import Input
from importers.web.arxiv import papers
from importers.web.arxiv.feed import by_id, search
from importers.web.base import Missed, Options
from importers.web.client import Client, FetchError
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.importer_checks import check
from tests.importers.web.web_server import Answer, Request, Server, busy, page, redirect, serve

ATOM = "application/atom+xml"
WORDS = "Walkers who keep to a fixed route write zeros, and zeros are what a model needs. " * 30


def entry(name: str = "2405.01234v2", **fields: Any) -> str:
    given = {
        "title": "Zeros on a\n  fixed route",
        "comment": "12 pages",
        "authors": ["Ada Ekdahl", "Tomas Sorel"],
    } | fields
    authors = "".join(f"<author><name>{one}</name></author>" for one in given["authors"])
    doi = f"<arxiv:doi>{given['doi']}</arxiv:doi>" if "doi" in given else ""
    return f"""<entry><id>http://arxiv.org/abs/{name}</id><title>{given["title"]}</title>
      <updated>2024-06-01T00:00:00Z</updated><published>2024-05-02T17:59:46Z</published>
      <link href="https://arxiv.org/pdf/{name}" rel="related" type="application/pdf" title="pdf"/>
      <summary>  {escape(given.get("summary", "We walk $n$ routes."))}</summary>
      <category term="q-bio.PE"/><category term="stat.AP"/><arxiv:primary_category term="q-bio.PE"/>
      <arxiv:comment>{given["comment"]}</arxiv:comment>{doi}{authors}</entry>"""


def feed(*entries: str, total: int | None = None) -> Answer:
    count = len(entries) if total is None else total
    return page(
        f"""<?xml version='1.0' encoding='UTF-8'?>
        <feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
          xmlns="http://www.w3.org/2005/Atom"><opensearch:totalResults>{count}</opensearch:totalResults>
          {"".join(entries)}</feed>""",
        ATOM,
    )


def refusal(text: str) -> Answer:
    body = feed(
        f"<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>{text}</summary></entry>"
    ).body
    return Answer(body, 400, {"Content-Type": ATOM})


def html(name: str = "2405.01234v2", body: str = "") -> Answer:
    paragraphs = "".join(f'<div class="ltx_para"><p class="ltx_p">{WORDS}</p></div>' for _ in range(3))
    return page(
        f"""<html><head><base href="/html/{name}/"></head><body><article class="ltx_document">
        <h1 class="ltx_title ltx_title_document">Zeros</h1>
        <div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract.</h6>
          <p class="ltx_p">We walk <math alttext="n" class="ltx_Math"><mi>n</mi></math> routes.</p></div>
        <section class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag">1 </span>Routes</h2>
        {paragraphs}{body}</section></article></body></html>"""
    )


Routes = dict[str, Any]


def options(server: Server, **more: Any) -> Options:
    return Options(
        endpoints={
            "export.arxiv.org": server.base_url,
            "arxiv.org": server.base_url,
            "ar5iv.labs.arxiv.org": server.url("/ar5iv"),
        },
        **more,
    )


def web(home: Path | None = None, **more: Any) -> Client:
    return Client(home, allow_private=True, sleep=lambda _: None, **more)


def fetched(routes: Routes, target: str = "arxiv:2405.01234", home: Path | None = None, **more: Any) -> list[Any]:
    with serve(routes) as server, web(home) as client:
        found = list(papers.fetch(target, client, options(server, **more)))
    for one in found:
        if isinstance(one, Document):
            check(papers.IMPORTER, one)
    return found


QUERY = "/api/query"
PAPER = "/html/2405.01234v2"


# Targets


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("1706.03762", "1706.03762"),
        ("arXiv:1706.03762v5", "1706.03762v5"),
        ("arxiv: 0706.0001", "0706.0001"),
        ("astro-ph/0601001", "astro-ph/0601001"),
        ("math.CA/0611800v1", "math/0611800v1"),
        ("https://arxiv.org/abs/1706.03762v5", "1706.03762v5"),
        ("http://www.arxiv.org/pdf/1706.03762v5.pdf", "1706.03762v5"),
        ("arxiv.org/pdf/1706.03762", "1706.03762"),
        ("https://arxiv.org/html/2405.01234v2#S3.p1", "2405.01234v2"),
        ("https://arxiv.org/e-print/2405.01234", "2405.01234"),
        ("https://arxiv.org/src/2405.01234", "2405.01234"),
        ("https://export.arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://xxx.lanl.gov/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://ar5iv.org/abs/2405.01234", "2405.01234"),
        ("https://ar5iv.labs.arxiv.org/html/2405.01234", "2405.01234"),
        ("https://www.arxiv-vanity.com/papers/2405.01234/", "2405.01234"),
        ("https://www.alphaxiv.org/abs/2405.01234v1", "2405.01234v1"),
        ("https://huggingface.co/papers/2405.01234", "2405.01234"),
        ("https://doi.org/10.48550/arXiv.2405.01234", "2405.01234"),
        ("10.48550/arXiv.2405.01234", "2405.01234"),
        ("arXiv:0706.0001v1 [q-bio.CB] 1 Jun 2007", "0706.0001v1"),
    ],
)
def test_every_form_of_an_id(target: str, name: str) -> None:
    assert papers.matches(target)
    assert papers._id(papers._listed(target)[0]) == name


@pytest.mark.parametrize("target", ["arxiv:search:cat:cs.AI", "arxiv:abc", "https://arxiv.org/abs/abc", "arXiv:"])
def test_what_claims_to_be_arxiv_is_arxivs(target: str) -> None:
    assert papers.matches(target)


@pytest.mark.parametrize(
    "target",
    [
        "notes.md",
        "1234.56789",
        "2413.01234",
        "https://huggingface.co/models",
        "https://example.org/abs/1706.03762",
        "https://arxiv.org/list/cs.AI/recent",
        "10.1145/3442188.3445922",
        "https://info.arxiv.org/help",
    ],
)
def test_what_is_not_arxivs(target: str) -> None:
    assert not papers.matches(target)


# Papers


def test_a_paper(tmp_path: Path) -> None:
    routes: Routes = {QUERY: feed(entry(doi="10.1000/ABC 10.1000/d")), PAPER: html()}
    with serve(routes) as server:
        for _ in range(2):
            with web(tmp_path) as client:
                (paper,) = papers.fetch("arxiv:2405.01234", client, options(server))
        assert len(server.requests) == 2  # the second time costs nothing
        assert "id_list=2405.01234&" in server.requests[0].path
    assert isinstance(paper, Document)
    check(papers.IMPORTER, paper)
    assert (paper.kind, paper.title) == ("paper", "Zeros on a fixed route")
    assert [one.name for one in paper.authors] == ["Ada Ekdahl", "Tomas Sorel"]
    assert paper.published == "2024-05-02T17:59:46Z"
    assert paper.url == "https://arxiv.org/abs/2405.01234"
    assert paper.external_ids == {"arxiv": "2405.01234", "arxiv_version": "2", "doi": "10.1000/abc"}
    assert paper.tags == ("q-bio.PE", "stat.AP")
    assert paper.text.startswith("## Abstract\n\nWe walk $n$ routes.\n\n## 1 Routes\n\nWalkers who")
    assert paper.problems == ("full text from HTML at arxiv.org",)
    assert paper.original == html().body


def test_ar5iv_is_the_second_choice() -> None:
    (paper,) = fetched({QUERY: feed(entry()), "/ar5iv/html/2405.01234": html("2405.01234")})
    assert paper.problems[0].startswith("full text from HTML at ar5iv")


STUB = page('<article class="ltx_document"><p class="ltx_p">See pages 1-last of x.pdf</p></article>')


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (redirect("/abs/2405.01234"), "no HTML at ar5iv"),
        (STUB, "the HTML at ar5iv holds no text"),
        (Answer(html().body.partition(b"</article>")[0]), "the HTML at ar5iv breaks off"),
        (page("<h1>Log in"), "no HTML at ar5iv"),
        (Answer(status=403), "HTML at ar5iv: 127.0.0.1 refuses"),
    ],
)
def test_no_page_in_the_papers_place(answer: Answer, words: str) -> None:
    routes: Routes = {QUERY: feed(entry()), "/abs/2405.01234": html(), "/ar5iv/html/2405.01234": answer}
    (paper,) = fetched(routes)
    assert paper.text == "## Abstract\n\nWe walk $n$ routes."
    assert paper.problems[0].startswith("abstract only: no HTML at arxiv.org; ")
    assert words in paper.problems[0]
    assert paper.problems[0].endswith("no PDF")


def test_a_login_page_for_a_pdf_and_one_too_large() -> None:
    routes: Routes = {QUERY: feed(entry()), "/pdf/2405.01234v2": page("<html><body>Log in")}
    (paper,) = fetched(routes)
    assert "is a web page" in paper.problems[0]
    routes["/pdf/2405.01234v2"] = Answer(b"%PDF-" + b"x" * 3_000_000)
    with serve(routes) as server, web(max_mb=1) as client:
        (big,) = papers.fetch("2405.01234", client, options(server))
    assert isinstance(big, Document)
    assert "larger than 1 MB (kb config" in big.problems[0]


def test_the_pdf_is_the_third_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    from importers.documents.pdf import convert

    markdown = "# Zeros\n\n## Abstract\n\nWe walk n routes.\n\n<!-- page 2 -->\n\n## 1 Routes\n\nWe went by bus.\n"
    text = convert.PdfText(markdown, "Zeros", (), None, 2, problems=("page 2 is odd",))
    monkeypatch.setattr(convert, "text_of", lambda *_: text)
    routes = {
        QUERY: feed(entry(summary="We walk n routes.")),
        "/pdf/2405.01234v2": page(b"%PDF-1.5", "application/pdf"),
    }
    (paper,) = fetched(routes)
    assert paper.problems == ("full text from PDF", "page 2 is odd")
    assert paper.text.count("We walk n routes.") == 1
    assert [(block.label, paper.text[block.start : block.end]) for block in paper.blocks][-1] == (
        "p. 2",
        "We went by bus.",
    )


def test_a_server_in_trouble_is_no_reason_for_less_text() -> None:
    for answer in (busy(503), Answer(status=403)):
        with pytest.raises(FetchError):
            fetched({QUERY: feed(entry()), PAPER: answer})


def test_commands_that_were_not_converted_are_counted() -> None:
    errors = '<p class="ltx_p">a <span class="ltx_ERROR undefined">\\foo</span> b</p>'
    (paper,) = fetched({QUERY: feed(entry()), PAPER: html(body=errors)})
    assert paper.problems[1] == "1 LaTeX commands could not be converted"
    assert "foo" not in paper.text


# Errors


def test_errors_are_told_apart() -> None:
    with pytest.raises(KbError, match="'abc' is no arXiv id"):
        fetched({}, "arxiv:abc")
    with pytest.raises(KbError, match=r"'9999\.9' is no arXiv id") as bad:
        fetched({QUERY: refusal("incorrect id format for 9999.9")})
    assert "1706.03762" in bad.value.hint
    with pytest.raises(KbError, match="arXiv has no paper 2405") as unknown:
        fetched({QUERY: feed()})
    assert unknown.value.exit_code == 3
    with pytest.raises(KbError, match="does not take the question: max_results must be"):
        fetched({QUERY: refusal("max_results must be an integer")})
    with pytest.raises(FetchError, match="did not answer with a feed but with text/html"):
        fetched({QUERY: page("<h1>Rate exceeded")})
    with pytest.raises(FetchError, match="too many requests"):
        fetched({QUERY: busy()})
    with pytest.raises(FetchError, match="cannot be read"):
        fetched({QUERY: feed(entry().replace("2024-05-02T17:59:46Z", "yesterday"))})


@pytest.mark.parametrize(
    "fields",
    [
        {"comment": "This paper has been withdrawn by the author due to an error"},
        {"comment": "Withdrawn: route 7 was counted twice"},
        {"summary": "This paper has been withdrawn."},
    ],
)
def test_a_withdrawn_paper(fields: dict[str, str]) -> None:
    (paper,) = fetched({QUERY: feed(entry(**fields)), PAPER: html()})
    assert paper.problems[0].startswith("withdrawn: ")
    assert paper.text.startswith("## Abstract\n\n")
    with pytest.raises(KbError, match="has no text: withdrawn") as empty:
        fetched({QUERY: feed(entry(comment="withdrawn", summary=""))})
    assert "earlier versions" in empty.value.hint


def test_an_entity_bomb_is_no_bomb() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    body = feed(entry(title="&j;")).body.partition(b"?>")[2]
    with pytest.raises(KbError):
        fetched({QUERY: page(bomb + b"]>" + body, ATOM)}, "arxiv:2405.99999")


# Several


def test_several_are_asked_for_together() -> None:
    answer = feed(entry("2405.00002v1", title="Two"), entry("2405.00001v3", title="One"))
    routes: Routes = {QUERY: answer, "/html/2405.00001v3": html(), "/html/2405.00002v1": busy(500)}
    with serve(routes) as server, web() as client:
        targets = ["2405.00001", "nonsense", "https://arxiv.org/abs/2405.00002v1", "2405.00003"]
        one, bad, busy_one, unknown = papers.fetch_many(targets, client, options(server))
        assert server.count(QUERY) == 1
        listed = list(papers.fetch("arxiv:2405.00001, 2405.00003", client, options(server)))
        known = papers.papers(["2405.00001", "nonsense"], client, options(server))
    assert isinstance(one, Document)
    assert (one.title, one.target) == ("One", "2405.00001")
    assert isinstance(bad, Missed)
    assert isinstance(busy_one, Missed)
    assert isinstance(unknown, Missed)
    assert "is no arXiv id" in bad.error.message
    assert busy_one.target == targets[2]
    assert "no paper 2405.00003" in unknown.error.message
    assert [type(item) for item in listed] == [Document, Missed]
    assert known["2405.00001"].version == "3"


def test_a_failed_request_fails_each_of_them() -> None:
    with serve({QUERY: busy(503)}) as server, web() as client:
        found = list(papers.fetch_many(["2405.00001", "x"], client, options(server)))
    assert ["in trouble" in one.error.message for one in found if isinstance(one, Missed)] == [True, False]


def test_a_search_turns_pages_until_the_limit() -> None:
    def pages(request: Request) -> Answer:
        start = int(request.path.partition("start=")[2].partition("&")[0])
        return feed(*(entry(f"2405.{n:05}v1") for n in range(start + 1, start + 101)), total=250)

    with serve({QUERY: pages}) as server, web() as client:
        assert len(list(search("zeros", 130, client, server.base_url))) == 130
        assert server.count(QUERY) == 2
        assert len({paper.id for paper in search("zeros", 1000, client, server.base_url)}) > 250


def test_a_search_as_a_target() -> None:
    routes: Routes = {QUERY: feed(*(entry(f"2405.0000{n}v1") for n in range(1, 4)), total=9)}
    routes |= {f"/html/2405.0000{n}v1": html() for n in (1, 2)} | {"/html/2405.00003v1": busy(500)}
    with serve(routes) as server, web() as client:
        found = list(papers.fetch('arxiv:search:zeros "fixed route"', client, options(server, limit=3)))
        asked = server.requests[0].path
    assert [type(one) for one in found] == [Document, Document, Missed]
    assert "search_query=all%3Azeros+AND+all%3A%22fixed+route%22&" in asked
    assert "max_results=3" in asked
    assert isinstance(found[0], Document)
    assert found[0].target == "https://arxiv.org/abs/2405.00001v1"


def test_a_search_that_names_fields_goes_as_it_is() -> None:
    with serve({QUERY: feed()}) as server, web() as client:
        with pytest.raises(KbError, match="arXiv finds nothing for"):
            list(papers.fetch("arxiv:search:cat:cs.AI AND ti:zeros", client, options(server)))
        assert "search_query=cat%3Acs.AI+AND+ti%3Azeros&" in server.requests[0].path
        with pytest.raises(KbError, match="nothing to search"):
            list(papers.fetch("arxiv:search: ", client, options(server)))


def test_an_empty_page_in_the_middle_is_an_error_and_not_kept(tmp_path: Path) -> None:
    first = feed(*(entry(f"2405.{n:05}v1") for n in range(1, 101)), total=150)
    rest = feed(*(entry(f"2405.{n:05}v1") for n in range(101, 151)), total=150)
    with serve({QUERY: [first, feed(total=150), rest]}) as server, web(tmp_path) as client:
        with pytest.raises(FetchError, match="empty page in the middle"):
            list(search("zeros", 150, client, server.base_url))
        assert len(list(search("zeros", 150, client, server.base_url))) == 150
        assert server.count(QUERY) == 3


def test_an_interrupted_list_goes_on(tmp_path: Path) -> None:
    routes: Routes = {QUERY: feed(*(entry(f"2405.0000{n}v1") for n in range(1, 4)))}
    routes |= {f"/html/2405.0000{n}v1": html(f"2405.0000{n}v1") for n in range(1, 4)}
    with serve(routes) as server:
        target = "arxiv:2405.00001,2405.00002,2405.00003"
        with web(tmp_path) as client:
            stopped: Iterator[Any] = papers.fetch(target, client, options(server))
            next(stopped)
            next(stopped)
        with web(tmp_path) as client:
            assert len(list(papers.fetch(target, client, options(server)))) == 3
        assert len(server.requests) == 4


def test_refresh_asks_again(tmp_path: Path) -> None:
    answers = [feed(entry()), feed(entry("2405.01234v3"))]
    with serve({QUERY: answers, PAPER: html(), "/html/2405.01234v3": html("2405.01234v3")}) as server:
        versions = []
        for refresh in (False, False, True):
            with web(tmp_path) as client:
                (paper,) = papers.fetch("2405.01234", client, options(server, refresh=refresh))
                assert isinstance(paper, Document)
                versions.append(paper.external_ids["arxiv_version"])
        assert versions == ["2", "2", "3"]
        assert len(server.requests) == 4


def test_a_saved_page_can_be_read() -> None:
    body = html().body
    (paper,) = papers.read(Input(body.decode(), "zeros.html", "zeros.html", body))
    check(papers.IMPORTER, paper)
    assert (paper.title, paper.external_ids["arxiv"]) == ("Zeros", "2405.01234")
    assert paper.text.startswith("## Abstract")


# The real feeds


@pytest.mark.real
def test_every_field_of_the_real_feeds(shared: Path) -> None:
    errors = entries = authors = affiliations = comments = dois = journals = 0
    for file in sorted((shared / "samples" / "arxiv-atom").glob("*.xml")):
        body = file.read_bytes()
        count = body.count(b"<entry>")
        answer = Answer(body, 400 if b"api/errors#" in body else 200, {"Content-Type": ATOM})
        with serve({QUERY: answer}) as server, web() as client:
            if answer.status == 400:
                with pytest.raises(KbError, match="'abc' is no arXiv id"):
                    list(search("x", 1, client, server.base_url))
                errors += 1
                continue
            found = list(search("x", count, client, server.base_url)) if count else []
        assert len(found) == count
        entries += count
        for paper in found:
            assert paper.id
            assert paper.version
            assert paper.title == " ".join(paper.title.split())
            assert paper.abstract
            assert paper.published <= paper.updated
            assert paper.primary in paper.categories
            assert paper.pdf
            authors += len(paper.authors)
            affiliations += sum(len(one.affiliations) for one in paper.authors)
            comments += paper.comment is not None
            dois += paper.doi is not None
            journals += paper.journal is not None
    # The 222nd entry, with the 847th author, is arXiv's refusal of "abc".
    assert (errors, entries, authors, comments, dois, journals, affiliations) == (1, 221, 846, 217, 60, 34, 6)


@pytest.mark.real
def test_real_feeds_by_id(shared: Path) -> None:
    folder = shared / "samples" / "arxiv-atom"
    cases = {
        "id_0000.0000_*": ["2404.00000"],
        "id_0808.05394_1707*": ["0808.05394", "1707.08567"],
        "id_astro-ph_*": ["astro-ph/0601001"],
        "id_quant-ph_*": ["quant-ph/0201082v1"],
        "id_2104*": ["2104.12255v1"],
    }
    found = {}
    for pattern, ids in cases.items():
        body = next(folder.glob(pattern)).read_bytes()
        with serve({QUERY: page(body, ATOM)}) as server, web() as client:
            found[pattern] = sorted(by_id(ids, client, server.base_url))
    assert list(found.values()) == [[], ["1707.08567"], ["astro-ph/0601001"], ["quant-ph/0201082v1"], ["2104.12255v1"]]
