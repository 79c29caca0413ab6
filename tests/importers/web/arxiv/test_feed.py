"""arXiv's feed: searches, errors told apart, every field of the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.web.arxiv import papers
from importers.web.arxiv.feed import by_id, search
from importers.web.errors import FetchError
from kb.errors import KbError
from tests.importers.web.arxiv.arxiv_server import (
    ATOM,
    PAPER,
    QUERY,
    entry,
    feed,
    fetched,
    html,
    options,
    refusal,
    web,
)
from tests.importers.web.web_server import Answer, Request, busy, page, serve

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


def test_a_search_turns_pages_until_the_limit() -> None:
    def pages(request: Request) -> Answer:
        start = int(request.path.partition("start=")[2].partition("&")[0])
        return feed(*(entry(f"2405.{n:05}v1") for n in range(start + 1, start + 101)), total=250)

    with serve({QUERY: pages}) as server, web() as client:
        assert len(list(search("zeros", 130, client, server.base_url))) == 130
        assert server.count(QUERY) == 2
        assert len({paper.id for paper in search("zeros", 1000, client, server.base_url)}) > 250


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
