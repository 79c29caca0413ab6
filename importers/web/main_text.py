"""The main text of a web page as Markdown, without what stands around it on every page of the site.

trafilatura tells which words are the text. It loses forms on the way (captions, formulas, footnotes, the numbers of
lists), so the element of the page that holds those words is converted by our own converter; where no element
fits, what trafilatura gave is.
"""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from typing import Any

from lxml import etree

from importers.documents.html.convert import element_to_markdown, to_markdown

_DROPPED = frozenset([
    "script", "style", "template", "noscript", "nav", "footer", "form", "button", "input", "select", "textarea",
    "svg", "iframe", "dialog", "object", "link", "meta",
])  # fmt: skip
_ROLES = frozenset(["navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert", "menu"])
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|share|sharing|social|related|recommend\w*|newsletter|subscri\w+|signup|cookies?"
    r"|consent|promo|advert\w*|ads?|sponsor\w*|sidebar|comments?|comment-list|disqus|pagination|skip-link|toolbar|popup|modal|banner"
    r"|author-bio|post-meta|entry-meta|tag-list|read-more|site-(?:header|footer))(?=$|[\s_-])",
    re.I,
)
_WITHIN = re.compile(r"footnote|endnote|references|content|article|post-body", re.I)
_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"  # kana, Han, Thai
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_COVERED = 0.93  # share of the text's words that the chosen element holds
_MORE = 1.4  # so many times the words of the text it may hold at most
_KEPT = 0.8  # share of those words without which the choice was wrong, and what trafilatura gave is taken
_HELD = 0.3  # share of the text that an element holds of which no name makes something around the text
_FEW = 80  # words of a page of which trafilatura's guess is not worth much


def main_text(root: etree._Element, html: str, url: str | None) -> str:
    """The page's main text as Markdown; "" where it has none."""
    page = deepcopy(root)
    found = _extract(html, url)
    said = " ".join(_parse(found).itertext()) if found else ""
    wanted = Counter(words(said))
    _prune(page, frozenset(_runs(said)))
    body = page.find(".//body")
    body = page if body is None else body
    few = wanted.total() < _FEW
    if few:
        place = next((one for name in ("article", "main") for one in body.iter(name)), None)
        chosen = body if place is None else place
    else:
        chosen = _smallest(body, wanted)
    held = _count(chosen)
    around = not few and held.total() > _MORE * wanted.total() + 30
    if around or (wanted & held).total() < _KEPT * wanted.total():
        return to_markdown(found, url or "")
    return element_to_markdown(chosen, url or "") or to_markdown(found, url or "")


def words(text: str) -> list[str]:
    """The words of a text; where a script has no blanks, its characters, so that lengths can be compared."""
    return _WORD.findall(text)


def _count(element: etree._Element) -> Counter[str]:
    return Counter(words(_visible(element)))


def _runs(text: str) -> set[tuple[str, ...]]:
    """What a text says, by its words in threes: single words are the same everywhere."""
    said = words(text)
    return set(zip(said, said[1:], said[2:], strict=False))


def visible(root: etree._Element) -> str:
    """All words that a reader of the page sees."""
    body = root.find(".//body")
    return _visible(root if body is None else body)


def _visible(element: etree._Element) -> str:
    parts: list[str] = []
    for node in element.iter():
        if not isinstance(node.tag, str) or node.tag in {"script", "style", "template", "noscript", "head"}:
            parts += [node.tail or ""] if node is not element else []
            continue
        parts += [node.text or "", " ", (node.tail or "") if node is not element else ""]
    return " ".join(parts)


def _extract(html: str, url: str | None) -> str:
    """What trafilatura takes for the text, as HTML; "" where it finds none or trips over the page."""
    import trafilatura

    try:
        found = trafilatura.extract(
            html,
            url=url,
            output_format="html",
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_images=True,
            include_tables=True,
            favor_recall=True,
        )
    except Exception:  # a page may be broken in any way, and there is another way to its words
        return ""
    return found or ""


def _parse(html: str) -> Any:
    root = etree.fromstring(html.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", recover=True))
    return etree.Element("html") if root is None else root


def _prune(page: etree._Element, said: frozenset[tuple[str, ...]]) -> None:
    """Take away what no reader takes for a part of the text; `said` is what the text says, by words in threes."""
    size = max(len(_visible(page)), 1)
    for element in list(page.iter()):
        tag = element.tag
        if not isinstance(tag, str) or tag in {"html", "body", "main", "article"} or element.getparent() is None:
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        around = _AROUND.search(names) and not _WITHIN.search(names)
        if around and (len(_visible(element)) > 0.5 * size or _holds(element, said)):
            around = None  # a whole page may be called "has-sidebar", and an article "non-ad-column"
        if tag in _DROPPED - {"form"} or (element.get("role") or "").lower() in _ROLES or around or _is_unseen(element):
            if tag == "script" and "math/tex" in (element.get("type") or ""):
                continue
            _remove(element)
        elif tag == "form" and len(_visible(element)) < 0.5 * size:
            _remove(element)  # but some pages are one big form


def _holds(element: etree._Element, said: frozenset[tuple[str, ...]]) -> bool:
    """Whether a good part of the text stands in the element."""
    return bool(said) and len(said & _runs(_visible(element))) > _HELD * len(said)


def _is_unseen(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _remove(element: etree._Element) -> None:
    above = element.getparent()
    if above is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            above.text = (above.text or "") + element.tail
    above.remove(element)


def _smallest(body: etree._Element, wanted: Counter[str]) -> etree._Element:
    """The innermost element that still holds the text."""
    need = _COVERED * wanted.total()
    chosen = body
    while True:
        inner = None
        for child in chosen:
            if isinstance(child.tag, str) and (wanted & _count(child)).total() >= need:
                inner = child
                break
        if inner is None or inner.tag in {"p", "table", "ul", "ol", "blockquote", "pre"}:
            return chosen
        chosen = inner
