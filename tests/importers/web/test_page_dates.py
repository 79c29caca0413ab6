"""The date of a page, by whatever says it."""

from __future__ import annotations

import pytest

from importers.documents.html.convert import parse
from importers.web.facts import facts_of


@pytest.mark.parametrize(
    ("html", "date"),
    [
        ('<meta name="dcterms.date" content="2024-08-19"><p>Lamps', "2024-08-19"),
        ('<p class="date">August 19, 2024</p>', "2024-08-19"),
        ('<span class="posted-on">Posted on March 11, 2024</span>', "2024-03-11"),
        ('<div><time datetime="2024-03-11T08:00:00Z">3y</time></div>', "2024-03-11T08:00:00Z"),
        ('<ul class="comment-list"><li><time datetime="2024-03-11">3y</time></li></ul>', None),
        ('<div class="related-posts"><span class="date">March 11, 2024</span></div>', None),
        ('<p><time datetime="2024-03-11">a</time><time datetime="2023-03-11">b</time></p>', None),
        ('<p class="date">yesterday, when all was well</p>', None),
        ('<p class="update-info">March 11, 2024</p>', None),
        ('<meta name="date" content="some day"><span class="published">2 May 2020</span>', "2020-05-02"),
    ],
)
def test_date(html: str, date: str | None) -> None:
    root = parse(html)
    assert root is not None
    assert facts_of(root, html, None).date == date
