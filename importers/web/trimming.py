"""What of a chosen part of a page is no text after all: what is small, left out by trafilatura, and looks like it.

Two have to agree: trafilatura, which leaves the words out, and the look of the element, by place or name. Each alone
is often wrong: trafilatura leaves out formulas, notes, asides and questions of a list of questions.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from importers.documents.html.blocks import BLOCKS
from importers.documents.trees import take_out
from importers.web.around import names_of, said_in
from importers.web.page_words import Words

_FORMS = frozenset(["table", "pre", "math", "mjx-container", "figure", "d-math", "dl", "img", "picture"])
_PLAIN = frozenset(["p", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "em", "b"])
_HINT = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|meta(?:data)?|posted(?:-on)?|date(?:line)?|timestamp|kicker|reading-time|read-time|likes"
    r"|views|tags?|categor(?:y|ies)|share\w*|social|follow|license|copyright|credits?|footer|appendix|nav|pager|prev|next"
    r"|related\w*|teasers?|promo\w*|cta|subscri\w*|edit|anchor|headerlink|header-?anchor|permalink|button|btn|logo)"
    r"(?=$|[\s_-])",
    re.I,
)
_READ_TIME = re.compile(r"\b\d{1,3} min(?:ute)?s?(?: of)? read(?:ing)?\b|\breading time\b", re.I)
_BUTTONS = re.compile(
    r"(?:(?:share|listen|follow|save|tweet|print|mail|e-?mail|copy link|comments?|\d{1,6})\W*)+", re.I
)
_FRONT_WORDS = 40  # of what stands above the first paragraph
_SAID = 0.2  # share of an element's words that the text has, from which on it belongs to the text
_PROSE = 40  # words of paragraphs that are not taken away
_LABEL = 12  # words of a line that is no sentence at most
_LINKS = 0.7  # share of the words of a list of links that are in links


def trim(chosen: etree._Element, words: Words, kept: Collection[etree._Element]) -> None:
    """Take away small things that are no text; never what holds one of `kept`."""
    start, end = words.places[chosen]
    first = next((at for at in range(start, end) if words.said[at + 1] > words.said[at]), start)
    last = next((at for at in range(end, start, -1) if words.said[at] > words.said[at - 1]), end)
    begin = next((at for at in range(start, end) if words.prose[at + 1] > words.prose[at]), start)
    _trim(chosen, words, kept, first, last, begin)


def keep_said(chosen: etree._Element, words: Words, kept: Collection[etree._Element]) -> None:
    """Take away every block that the text does not say, where most of a page is such; code, formulas and notes stay."""
    for element in list(chosen.iter()):
        place = words.places.get(element)
        if element.tag not in BLOCKS or element is chosen or element in kept or place is None or place[0] == place[1]:
            continue
        if element.tag == "pre" or any(child.tag in BLOCKS for child in element):
            continue
        if words.share(words.said, element) < _SAID and next(element.iter("math", "mjx-container"), None) is None:
            take_out(element)


def _trim(
    element: etree._Element, words: Words, kept: Collection[etree._Element], first: int, last: int, begin: int
) -> None:
    waiting = [element]
    while waiting:
        for child in list(waiting.pop()):
            place = words.places.get(child)
            if not isinstance(child.tag, str) or place is None or place[0] == place[1] or child.tag in _FORMS:
                continue
            if child.tag == "button":
                continue  # it stands in a heading: others are gone
            if place[0] <= begin and _is_front(child, words):
                take_out(child)
                continue
            if child not in kept and words.share(words.said, child) < _SAID:
                edge = place[0] >= last or place[1] <= first
                if words.number(words.prose, child) < _PROSE and _is_around(child, words, edge, place[1] <= first):
                    take_out(child)
                    continue
            if child.tag in BLOCKS or "-" in child.tag or child.tag == "span":
                waiting.append(child)


def _is_front(element: etree._Element, words: Words) -> bool:
    """Whether a small part above the first paragraph says how long one reads, and the like, whatever it is called."""
    if element.tag not in {"div", "section", "span", "p", "ul"} or words.count(element) > _FRONT_WORDS:
        return False
    if words.number(words.prose, element) or next(element.iter("h1", "h2", "h3", "img", "table"), None) is not None:
        return False
    said = said_in(element)
    return _READ_TIME.search(said) is not None or _BUTTONS.fullmatch(said) is not None


def _is_around(element: etree._Element, words: Words, edge: bool, leading: bool) -> bool:
    if any(next(element.iter(form), None) is not None for form in ("table", "pre", "math", "mjx-container")):
        return False
    if _HINT.search(names_of(element)):
        return edge or element.tag not in {"p", "li", "blockquote"} or words.count(element) <= _LABEL
    if not edge:
        return False
    if words.share(words.linked, element) > _LINKS:
        return True
    if element.tag not in _PLAIN:
        return element.tag in BLOCKS or "-" in str(element.tag)
    if element.tag in {"p", "span"}:
        return words.count(element) <= _LABEL and not re.search(r"[.!?。！？…:][\"'”’)]?$", said_in(element))
    return re.fullmatch("h[1-6]", str(element.tag)) is not None and not leading
