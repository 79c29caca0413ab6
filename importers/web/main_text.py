"""The main text of a web page as Markdown, without what stands around it on every page of the site.

trafilatura tells which words are the text. It loses forms on the way (formulas, footnotes, quotes, the numbers of
lists) and sometimes most of the text, so the element of the page that holds those words is converted by our own
converter; where no element fits, what trafilatura gave is.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from lxml import etree

from importers.documents.html.convert import element_to_markdown, to_markdown
from importers.documents.html.footnotes import find_notes, inline_notes_apart, note_label
from importers.web import around, page_words, trimming
from importers.web import layout_tables as layout
from importers.web.page_words import Words

_COVERED = 0.93  # share of the text's words that the chosen element holds
_MORE = 1.4  # so many times the words of the text it may hold, before what is not said there goes
_KEPT = 0.8  # share of those words without which the choice was wrong, and what trafilatura gave is taken
_FEW = 80  # words of a page of which trafilatura's guess is not worth much
_MISSED = 0.35  # share of the page's prose without which trafilatura missed the text: comments are prose too
_MISSED_OF_FEW = 0.6  # the same where it found little
_MANY = 2_000  # elements of a page
_RULE = re.compile(r"\A(?:\* \* \*\n\n)+|(?:\n\n\* \* \*)+\Z")


def main_text(root: etree._Element, html: str, url: str | None) -> str:
    """The page's main text as Markdown; "" where it has none."""
    page = deepcopy(root)
    found = _extract(html, url, many=sum(1 for _ in root.iter("p", "div", "li", "td")) > _MANY)
    said = " ".join(_parse(found).itertext()) if found else ""
    wanted, runs = len(page_words.words(said)), page_words.runs(said)
    inline_notes_apart(page)
    known = find_notes(page)
    notes = list(known.definitions)
    kept = {one for note in notes for one in (*note.iter(), *note.iterancestors())}
    around.prune(page, page_words.of(page, runs), kept)
    body = page.find(".//body")
    body = page if body is None else body
    words = page_words.of(body, runs)
    share = words.said[-1] / max(words.prose[-1], 1)
    missed = share < _MISSED or (share < _MISSED_OF_FEW and words.said[-1] < 2 * _FEW)
    if missed:
        words = Words(words.all, words.places, words.prose, words.linked, words.prose)
        wanted = words.prose[-1]
    few = wanted < _FEW
    layout.unfold(body, words)
    chosen = _place(body) if few else _smallest(body, words)
    around.remove_pull_quotes(chosen, words)
    around.captions_to_pictures(chosen)
    if not few:
        trimming.trim(chosen, words, kept)
    if not missed:
        held = page_words.of(chosen, runs)
        if not few and len(held.all) > _MORE * wanted + 30:
            trimming.keep_said(chosen, words, kept)
        if held.said[-1] < _KEPT * min(wanted, words.said[-1] or wanted):
            return to_markdown(found, url or "")
    asked = {note_label(one, known) for one in chosen.iter("a", "sup", "span")}
    for note, label in known.definitions.items():
        if label in asked and note is not chosen and all(one is not chosen for one in note.iterancestors()):
            chosen.append(note)  # some pages keep their notes apart
    text = element_to_markdown(chosen, url or "") or to_markdown(found, url or "")
    return _RULE.sub("", text)


def _place(body: etree._Element) -> etree._Element:
    """Where the text of a page of few words stands."""
    return next((one for name in ("article", "main") for one in body.iter(name)), body)


def _extract(html: str, url: str | None, *, many: bool) -> str:
    """What trafilatura takes for the text, as HTML; "" where it finds none or trips over the page.

    `many`: the page has so many elements that the second opinions, which trafilatura asks for, would take minutes.
    """
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
            fast=many,
        )
    except Exception:  # a page may be broken in any way, and there is another way to its words
        return ""
    return found or ""


def _parse(html: str) -> Any:
    root = etree.fromstring(html.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", recover=True))
    return etree.Element("html") if root is None else root


def _smallest(body: etree._Element, words: Words) -> etree._Element:
    """The innermost element that still holds the text."""
    need = _COVERED * words.number(words.said, body)
    chosen = body
    while True:
        inner = next((one for one in chosen if one in words.places and words.number(words.said, one) >= need), None)
        if (
            inner is None
            or inner.tag in {"p", "table", "ul", "ol", "blockquote", "pre"}
            or _leads_in(chosen, inner, words)
        ):
            return chosen
        chosen = inner


def _leads_in(chosen: etree._Element, inner: etree._Element, words: Words) -> bool:
    """Whether paragraphs or sections of a text stand beside the part that holds nearly all: that may be one chapter."""
    return any(
        one is not inner
        and one.tag in {"p", "section", "blockquote"}
        and one in words.places
        and words.number(words.prose, one) > 0
        and words.share(words.said, one) > _KEPT
        for one in chosen
    )
