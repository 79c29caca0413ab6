"""arXiv: which targets, one paper and several. The feeds and pages are made up in arXiv's form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from importers.base import Failure, Input
from importers.web.arxiv import papers
from kb.model.document import Document
from tests.importers.importer_checks import check
from tests.importers.web.arxiv.arxiv_server import (
    PAPER,
    QUERY,
    Routes,
    entry,
    feed,
    html,
    options,
    web,
)
from tests.importers.web.web_server import busy, serve

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
    assert isinstance(bad, Failure)
    assert isinstance(busy_one, Failure)
    assert isinstance(unknown, Failure)
    assert "is no arXiv id" in bad.error.message
    assert busy_one.target == targets[2]
    assert "no paper 2405.00003" in unknown.error.message
    assert [type(item) for item in listed] == [Document, Failure]
    assert known["2405.00001"].version == "3"


def test_a_failed_request_fails_each_of_them() -> None:
    with serve({QUERY: busy(503)}) as server, web() as client:
        found = list(papers.fetch_many(["2405.00001", "x"], client, options(server)))
    assert ["in trouble" in one.error.message for one in found if isinstance(one, Failure)] == [True, False]


def test_a_search_as_a_target() -> None:
    routes: Routes = {QUERY: feed(*(entry(f"2405.0000{n}v1") for n in range(1, 4)), total=9)}
    routes |= {f"/html/2405.0000{n}v1": html() for n in (1, 2)} | {"/html/2405.00003v1": busy(500)}
    with serve(routes) as server, web() as client:
        found = list(papers.fetch('arxiv:search:zeros "fixed route"', client, options(server, limit=3)))
        asked = server.requests[0].path
    assert [type(one) for one in found] == [Document, Document, Failure]
    assert "search_query=all%3Azeros+AND+all%3A%22fixed+route%22&" in asked
    assert "max_results=3" in asked
    assert isinstance(found[0], Document)
    assert found[0].target == "https://arxiv.org/abs/2405.00001v1"


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
