"""What stands around the text of a page and is no part of it: menus, notices, teasers, pictures' captions, pull quotes.

A name that a page gives to an element is a hint and no proof: whole articles stand in a `sidebar`, a `modal` or a
`read-more`. So prose of some length goes by its name only where that name has one meaning.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from importers.documents.trees import take_out
from importers.web import page_words
from importers.web.page_words import Words

_DROPPED = frozenset([
    "script", "style", "template", "noscript", "nav", "footer", "form", "button", "input", "select", "textarea",
    "svg", "iframe", "dialog", "object", "link", "meta",
])  # fmt: skip
_ROLES = frozenset(["navigation", "complementary", "banner", "contentinfo", "search", "dialog", "menu"])
_ALWAYS = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation|box)?|menu|breadcrumbs?|newsletters?|subscri\w+|sign-?up|cookies?|consent|gdpr"
    r"|comments?|comment-list|disqus|pagination|paginav|pager|skip-link|toolbar|author-(?:bio|box)|about-author"
    r"|(?:crawler-)?post-meta|entry-meta|article-meta|tag-list|(?:tags?|cat)-links|catlinks|printfooter|site-(?:header|footer)"
    r"|noprint|no-print|hidden-print|sharedaddy|jp-relatedposts|(?:mw-)?editsection|taboola\w*|outbrain\w*|affiliations|(?:post|reading)-(?:likes|time))"
    r"(?=$|[\s_-])",
    re.I,
)
_OFTEN = re.compile(
    r"(?:^|[\s_-])(?:share|shar(?:ing|ers?)|social|related\w*|recommend\w*|promo\w*|advert\w*|ads?|sponsor\w*|sidebar"
    r"|popup|modal|banner|read-(?:more|also|next)|more-(?:posts|stories|in|from|articles)|most-(?:read|popular)|trending"
    r"|cta|call-to-action|teasers?|follow-us|reprints?|print-info|reward\w*|donat\w+|tags|byline|dateline|post-copyright"
    r"|edit-(?:link|page)|copyright|toc|table-of-contents|contents|likes)(?=$|[\s_-])",
    re.I,
)
_WITHIN = re.compile(r"footnote|endnote|references|content|article|post-body", re.I)
_PULLED = re.compile(r"pull-?-?quote|pulled-quote|(?:^|[\s_-])(?:pq|pull-(?:left|right))(?=$|[\s_-])", re.I)
_CAPTION = re.compile(r"(?:^|[\s_-])(?:fig(?:ure)?-?)?captions?(?:-text)?(?=$|[\s_-])", re.I)
_NUMBERED = re.compile(
    r"\s*(?:fig(?:ure|\.)|table|abb(?:ildung|\.)|tab(?:elle|\.)|abbildung|figura|tableau|рис(?:унок|\.)|图|図|表|그림)\s*(?:[A-Z]\.?)?\d",
    re.I,
)
_CALLS = re.compile(
    r"subscri|sign(?:ed|ing)? up|newsletter|cookie|privacy|advert|sponsor|follow us|log ?in|sign in|our shop|inbox",
    re.I,
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"])
_PICTURES = ("img", "svg", "video", "canvas")
_HELD = 0.3  # share of the text that an element holds of which no name makes something around the text
_LINKS = 0.7  # share of the words of a list of links that are in links
_PROSE = 40  # words of paragraphs that no hint throws away
_PARTS = 8  # elements of what holds a picture with its caption
_PULL_WORDS = 4  # of a pull quote at least


def prune(page: etree._Element, words: Words, kept: Collection[etree._Element]) -> None:
    """Take away what no reader takes for a part of the text; never what holds one of `kept`."""
    size, said = max(words.count(page), 1), max(words.said[-1], 1)
    for element in list(page.iter()):
        tag = element.tag
        if not isinstance(tag, str) or tag in {"html", "body", "main", "article"} or element.getparent() is None:
            continue
        if element in kept or element not in words.places or (tag in {"span", "a"} and _in_code(element)):
            continue
        large = words.count(element) > 0.5 * size
        if tag == "button" and element.getparent().tag in _HEADINGS:
            continue  # it opens what stands below the heading
        if tag == "footer" and next(element.iterancestors("blockquote"), None) is not None:
            continue  # it says who is quoted
        if tag == "form":
            if not large:  # but some pages are one big form
                take_out(element)
            continue
        if tag in _DROPPED or (element.get("role") or "").lower() in _ROLES or _is_unseen(element):
            if not (tag == "script" and "math/tex" in (element.get("type") or "")):
                take_out(element)
            continue
        held = words.number(words.said, element)
        listed = words.share(words.linked, element) > _LINKS
        known = held <= _HELD * said and not large
        if (known or (listed and words.prose[-1] >= _PROSE)) and _goes_by_name(element, words, 0 if listed else held):
            take_out(element)


def _goes_by_name(element: etree._Element, words: Words, held: int) -> bool:
    names = names_of(element)
    if (element.get("role") or "").lower() == "alert":
        return not held and words.number(words.prose, element) == 0
    within = _WITHIN.search(names) is not None
    if found := _ALWAYS.search(names):
        if "comment" in found[0].lower() and next(element.iter("h1"), None) is not None:
            return False  # the title of a page is no comment on it
        return not within or (not held and words.number(words.prose, element) < _PROSE)
    if not _OFTEN.search(names):
        return False
    if words.number(words.prose, element) >= _PROSE:
        return not within and _CALLS.search(said_in(element)) is not None and not held
    return not within or not held


def _in_code(element: etree._Element) -> bool:
    """Whether it is a part of code, where colours have names like `comment`, or of a formula."""
    return next(element.iterancestors("pre", "code", "math", "mjx-container"), None) is not None


def names_of(element: etree._Element) -> str:
    """What a page calls an element: by its class and id, and by its tag where that is its own."""
    tag = f" {element.tag}" if "-" in str(element.tag) else ""
    names = f"{element.get('class') or ''} {element.get('id') or ''}{tag}"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names)


def said_in(element: etree._Element) -> str:
    """The words of an element, with single blanks."""
    return " ".join(" ".join(element.itertext()).split())


def _is_unseen(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def captions_to_pictures(chosen: etree._Element) -> None:
    """Say the caption of a picture in its place, and no more in the running text.

    Who reads on does not read it, and it is often another person's. A numbered caption stays where it is: the text
    speaks of it ("see Figure 2"). So does that of a table, of code or of a quote.
    """
    for caption in list(chosen.iter("figcaption", "p", "div", "span")):
        picture = _captioned(caption)
        if picture is None:
            continue
        said = said_in(caption)
        if said and not _NUMBERED.match(said):
            if picture.tag == "img":
                picture.set("alt", said)
            take_out(caption)


def _captioned(caption: etree._Element) -> etree._Element | None:
    """The picture that an element is the caption of; none where it is no caption, or that of something else."""
    if caption.tag == "figcaption":
        around = next(iter(caption.iterancestors("figure")), None)
        if around is None or any(next(around.iter(tag), None) is not None for tag in ("table", "pre", "blockquote")):
            return None
        return next(around.iter(*_PICTURES), None)
    around = caption.getparent()
    if around is None or not _CAPTION.search(names_of(caption)) or next(caption.iter(*_PICTURES), None) is not None:
        return None
    before = caption.getprevious()
    if before is not None and (picture := next(before.iter(*_PICTURES), None)) is not None and not said_in(before):
        return picture
    if len(around) > _PARTS:
        return None
    alone = len(page_words.words(said_in(around))) <= len(page_words.words(said_in(caption))) + _PULL_WORDS
    return next(around.iter(*_PICTURES), None) if alone else None


def remove_pull_quotes(chosen: etree._Element, words: Words) -> None:
    """Take away what a page shows twice: a sentence of the text, set off in large letters."""
    for element in list(chosen.iter("aside", "blockquote", "div", "p", "figure", "section", "span")):
        pulled = _PULLED.search(names_of(element)) or element.tag == "aside" or element.get("aria-hidden") == "true"
        if not pulled or element not in words.places:
            continue
        start, end = words.places[element]
        if end - start < _PULL_WORDS:
            continue
        shown = f" {' '.join(words.all[start:end])} ".lower()
        if any(shown in f" {' '.join(rest)} ".lower() for rest in (words.all[:start], words.all[end:])):
            take_out(element)
