"""A paper's HTML as LaTeXML makes it (arxiv.org, ar5iv) as Markdown.

One reader for all its generations: they differ in details, not in the classes that carry the meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from importers.documents.latexml.blocks import blocks
from importers.documents.latexml.inline import Element, Page, classes, inline
from kb.model import identity

_LEAST_PARAGRAPHS = 3
_LEAST_CHARACTERS = 2_000
_BASE = re.compile(rf"/html/({identity.ARXIV})/?$")


@dataclass(frozen=True, slots=True)
class Paper:
    """What a page holds. `abstract` and `body` are Markdown that is not yet repaired."""

    title: str
    abstract: str
    body: str
    paragraphs: int
    errors: int  # commands that LaTeXML did not know: their text is lost
    version: str | None  # the id with version that the page says it is
    complete: bool  # the page came to its end

    @property
    def is_full(self) -> bool:
        """Whether it is a paper and no stub around a PDF."""
        return self.paragraphs >= _LEAST_PARAGRAPHS and len(self.body) >= _LEAST_CHARACTERS


def read(data: bytes, url: str = "") -> Paper | None:
    """The paper in a page; None where the page is none: an abstract page, a login, a notice.

    Never raises. `url` is the page's address; relative links hang on it where the page does not say otherwise.
    """
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data.decode("utf-8", "replace").replace("\0", "").encode(), parser)
    except (etree.LxmlError, ValueError):
        return None
    articles = root.iter("article") if root is not None else ()
    article = next((one for one in articles if "ltx_document" in classes(one)), None)
    if article is None:
        return None
    base = next((one.get("href") or "" for one in root.iter("base")), "")
    named = _BASE.search(base)
    address = urljoin(url, base)
    page = Page(address)
    title = next((one for one in article.iter("h1") if "ltx_title_document" in classes(one)), None)
    name = " ".join(inline(title, page).split()) if title is not None else ""
    page = Page(address)
    abstract = _abstract(article, page)
    paragraphs = sum("ltx_para" in classes(one) for one in article.iter("div"))
    body = "\n\n".join(blocks(article, page))
    return Paper(
        title=name,
        abstract=abstract,
        body=body,
        paragraphs=paragraphs,
        errors=page.errors,
        version=named[1] if named else None,
        complete=re.search(rb"</\s*article\s*>", data, re.I) is not None,
    )


def _abstract(article: Element, page: Page) -> str:
    """The abstract, taken out of the article: it stands first, under a heading of its own."""
    found = next((one for one in article.iter("div") if "ltx_abstract" in classes(one)), None)
    if found is None:
        return ""
    for title in [one for one in found.iter() if isinstance(one.tag, str) and "ltx_title_abstract" in classes(one)]:
        tail = title.tail or ""
        title.clear()
        title.tail = tail
    words = "\n\n".join(blocks(found, page))
    parent = found.getparent()
    tail = found.tail or ""
    found.clear()
    found.tail = tail
    if parent is not None:
        parent.remove(found)
    return words
