"""Who a page says wrote it: people, wherever it says so, and neither sites nor desks."""

from __future__ import annotations

import pytest

from importers.base import Input
from importers.web.page import document_of

TEXT = "<p>" + "We counted the birds of the pond on forty mornings and wrote every one of them down. " * 6 + "</p>"


def authors(head: str = "", body: str = "", url: str | None = None) -> list[str]:
    said = f"<article><h1>Ponds</h1>{body}{TEXT}</article>"
    page = f"<html><head><title>Ponds</title>{head}</head><body>{said}</body></html>"
    return [one.name for one in document_of(page, Input(page, "p.html"), url).authors]


@pytest.mark.parametrize(
    ("head", "body", "named"),
    [
        ('<meta name="byl" content="By Ada Nwosu and Bo Lind">', "", ["Ada Nwosu", "Bo Lind"]),
        ('<meta name="parsely-author" content="Ada Nwosu">', "", ["Ada Nwosu"]),
        (
            '<meta name="parsely-page" content="{&quot;authors&quot;: [&quot;Ada Nwosu&quot;, &quot;Bo Lind&quot;]}">',
            "",
            ["Ada Nwosu", "Bo Lind"],
        ),
        (
            '<script type="application/ld+json">//<![CDATA[\n{"@type": "Article", "author": [{"name": "Ada Nwosu"}]}'
            "\n//]]></script>",
            "",
            ["Ada Nwosu"],
        ),
        ("", '<a rel="author" href="/ada">Ada Nwosu</a>', ["Ada Nwosu"]),
        ("", '<span itemprop="author"><b itemprop="name">Ada Nwosu</b>, 3 posts</span>', ["Ada Nwosu"]),
        ("", '<div class="byline">By Ada Nwosu, staff writer | 4 May 2021</div>', ["Ada Nwosu"]),
        ("", "<p>By Ada Nwosu</p>", ["Ada Nwosu"]),
        ('<meta name="author" content="admin">', '<p class="author">Ada Nwosu</p>', ["Ada Nwosu"]),
        ('<meta property="article:author" content="https://www.example.org/ada">', "", []),
        ("", '<p class="byline">Interview by Ada Nwosu</p>', ["Ada Nwosu"]),
        ("", '<div class="comments"><span class="author">Bo Lind</span></div>', []),
        ("", '<div class="related-posts"><a rel="author" href="/bo">Bo Lind</a></div>', []),
        (
            '<meta name="generator" content="Ghost 5.82"><script type="application/ld+json">{"@type": "Article", '
            '"author": {"name": "Ada Nwosu"}, "contributor": [{"name": "Bo Lind"}]}</script>',
            "",
            ["Ada Nwosu", "Bo Lind"],
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "author": {"name": "Ada Nwosu"}, "contributor": '
            '[{"name": "Bo Lind"}]}</script>',
            "",
            ["Ada Nwosu"],
        ),
        ('<meta property="og:site_name" content="Pond News"><meta name="author" content="Pond News">', "", []),
        ('<meta name="author" content="News desk staff">', "", []),
        ('<meta name="author" content="ada@example.org">', "", []),
        ("", "<p>By the pond we found nine frogs.</p>", []),
        ("", "<p>By Sunday all of them had gone.</p>", []),
        ("", '<div class="authors">Pond Institute of Technology, 4 Mill Lane</div>', []),
        ("", '<div class="byline">Ludwig van der Berg</div>', ["Ludwig van der Berg"]),
        ("", '<div class="author-bio">Ada keeps the lists.</div>', []),
    ],
)
def test_people_are_named_and_nobody_else(head: str, body: str, named: list[str]) -> None:
    assert authors(head, body) == named


def test_the_day_in_an_address_is_the_date_of_a_page_that_tells_none() -> None:
    page = f"<html><head><title>Ponds</title></head><body><article><h1>Ponds</h1>{TEXT}</article></body></html>"
    assert document_of(page, Input(page, "p.html"), "https://example.org/2021/3/04/ponds").published == "2021-03-04"


def test_a_saved_page_of_arxiv_is_the_paper() -> None:
    head = '<meta name="citation_arxiv_id" content="2101.00001"><meta name="citation_author" content="Nwosu, Ada">'
    page = f"<html><head><title>Ponds</title>{head}</head><body><article><h1>Ponds</h1>{TEXT}</article></body></html>"
    found = document_of(page, Input(page, "2101.00001.html"), None)
    assert (found.url, [one.name for one in found.authors]) == ("https://arxiv.org/abs/2101.00001", ["Ada Nwosu"])
