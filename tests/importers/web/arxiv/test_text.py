"""The text of a paper: its HTML, else another's, else its PDF, else the abstract."""

from __future__ import annotations

import pytest

from importers.web.arxiv import papers
from importers.web.errors import FetchError
from kb.model.document import Document
from tests.importers.web.arxiv.arxiv_server import (
    PAPER,
    QUERY,
    Routes,
    entry,
    feed,
    fetched,
    html,
    options,
    web,
)
from tests.importers.web.web_server import Answer, busy, page, redirect, serve


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
