"""Who wrote a web page: by its meta elements, JSON-LD, marks on links and its byline, whichever names people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from kb.text.json_values import json_value
from kb.text.person_names import AND
from kb.text.strings import fold, squash

_METAS = (
    "author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "creator",
)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author(?:-?name|s)?|post-author|entry-author|article-author)(?=$|[\s_-])", re.I
)
_NOT_BYLINE = re.compile(r"ltx_|bio|avatar|card|image|box|comment|social|related|more", re.I)
_OTHERS = re.compile(
    r"(?:^|\s)(?:comments?|comment-?(?:list|item|thread|body|content|meta|author|text|wrap|wrapper)|comments-(?:area|section"
    r"|list|container|wrapper|node)|responses?|repl(?:y|ies)|respond|related[\w-]*|jp-relatedposts|recommend[\w-]*"
    r"|more-(?:posts|stories|in|from|articles)[\w-]*|teasers?|sidebar|post-card[\w-]*|widget[\w-]*)(?=$|\s)",
    re.I,
)
"""Names of what on a page is by other people, or of another day."""
_BY = re.compile(
    r"^(?:(?:written|posted|words|text|story|published|interview(?:ed)?|reported|report|review)\s+)?by:?\s+", re.I
)
_AFTER = re.compile(
    r"\s*(?:\||·|•|—|–|\s-\s|\(|\bfor (?:the|The) |\bin (?:the )?[A-Z]"
    r"|\b(?:published|updated|posted|last modified|on)\b).*$",
    re.S,
)
_NOBODY = re.compile(
    r"\b(?:staff|admin(?:istrator)?|editors?|editorial(?: board| team)?|newsroom|reporter|guest|contributors?|anonymous"
    r"|unknown|team|webmaster|wordpress|correspondents?)\b|@|://|\d{2}|^(?:by|author|authors)$",
    re.I,
)
_ROLE = re.compile(
    r",?\s+(?:(?:senior|staff|chief|guest)\s+)*(?:reporter|correspondent|editor|writer|columnist|contributor)s?\b.*$",
    re.I,
)
_IN_LINE = re.compile(
    r"(?!(?i:.*\b(?:universit|institut|department|school|college|cent(?:er|re)\b|laborator|technolog|scien|e-?mail|ph\.?d)))"
    r"[^\W\d_a-z][\w.'’-]*(?: (?:(?:van|von|der|den|de|da|di|la|le|del|bin|ibn|al|el)|[^\W\d_a-z][\w.'’-]*)){1,4}",
    re.S,
)
_LONGEST = 60  # characters of a name
_BYLINES = 400  # elements looked at: a list of articles has a byline each


def of_page(
    root: etree._Element, meta: Mapping[str, list[str]], linked: Sequence[Mapping[str, Any]], site: str | None
) -> tuple[str, ...]:
    """The names of the people who wrote a page, in its order; none where only a site, a desk or a machine is named."""
    for entries in _told(root, meta, linked):
        names = [name for entry in entries for name in _split(entry)]
        if people := _people(names, site):
            return people
    lines = [name for entry in islice(_bylines(root), 3) for name in _split(entry) if _is_name(name)]
    return _people(lines, site)


def _people(names: Iterable[str], site: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_person(name, site) for name in names))))


def _is_name(words: str) -> bool:
    """Whether words of a line read as a name: capitals at every word but the small ones of names, and no place."""
    return _IN_LINE.fullmatch(_ROLE.sub("", words).strip(" .,;:")) is not None


def in_parsely(meta: Mapping[str, Sequence[str]], *keys: str) -> list[str]:
    """What the JSON in `parsely-page` says under these keys."""
    for value in meta.get("parsely-page", []):
        try:
            found = json_value(value)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return [name for key in keys for name in _names(found.get(key))]
    return []


def _told(
    root: etree._Element, meta: Mapping[str, list[str]], linked: Sequence[Mapping[str, Any]]
) -> Iterator[list[str]]:
    """What may name the authors, the surest first."""
    yield list(meta.get("citation_author", []))
    ghost = any(
        one.lower().startswith("ghost") for one in meta.get("generator", [])
    )  # it calls all but one contributors
    keys = ("author", "contributor") if ghost else ("author",)
    yield next((names for one in linked if (names := [name for key in keys for name in _names(one.get(key))])), [])
    for name in _METAS:
        yield list(meta.get(name, []))
    yield in_parsely(meta, "authors", "author")
    yield [
        _words(one)
        for one in root.iter()
        if "author" in (one.get("itemprop") or "").lower().split() and not of_others(one)
    ]
    yield [
        _words(one)
        for one in root.iter("a", "link")
        if "author" in (one.get("rel") or "").lower().split() and not of_others(one)
    ]


def _names(value: Any) -> list[str]:
    names = []
    for entry in value if isinstance(value, list) else [value]:
        name = entry.get("name") if isinstance(entry, dict) else entry
        for one in name if isinstance(name, list) else [name]:
            names += [squash(one)] if isinstance(one, str) and one.strip() else []
    return names


def _words(element: etree._Element) -> str:
    named = next((one for one in element.iter() if (one.get("itemprop") or "").lower() == "name"), element)
    return squash(named.get("content") or " ".join(named.itertext()))


def _bylines(root: etree._Element) -> Iterator[str]:
    """Lines that a page calls its byline, or that begin as one."""
    marked = (
        one
        for one in root.iter()
        if isinstance(one.tag, str)
        and _BYLINE.search(f"{one.get('class') or ''} {one.get('id') or ''}")
        and not _NOT_BYLINE.search(f"{one.get('class') or ''} {one.get('id') or ''}")
        and not of_others(one)
    )
    for element in islice(marked, _BYLINES):
        text = squash(" ".join(element.itertext()))
        if text and len(text) < 4 * _LONGEST:
            yield text
    for element in islice(root.iter("p", "span", "div", "address"), _BYLINES):
        text = squash(" ".join(element.itertext())) if len(element) < 4 else ""
        if (
            len(text) < 3 * _LONGEST
            and _BY.match(text)
            and re.match(r"[A-Z]", _BY.sub("", text))
            and not of_others(element)
        ):
            yield text


def of_others(element: etree._Element) -> bool:
    """Whether an element stands among comments, or in the teaser of another page."""
    around = (one for one in element.iterancestors() if one.tag not in {"body", "html"})
    return any(_OTHERS.search(f"{one.get('class') or ''} {one.get('id') or ''}") for one in around)


def _split(entry: str) -> Iterable[str]:
    entry = _AFTER.sub("", _BY.sub("", squash(entry)))
    if re.fullmatch(r"[^\s,]+(?: [^\s,]+)?, [^\s,]+(?: [^\s,]+)?", entry) and " and " not in entry:
        last, first = entry.split(", ")
        # "Brandt, Ada" is one person; "Ada Brandt, Bo Lind" are two.
        return [f"{first} {last}"] if " " not in last else [last, first]
    return re.split(r"\s*[;,]\s*", AND.sub(";", entry))


def _person(name: str, site: str | None) -> str | None:
    """The name, if it may be a person's."""
    name = _ROLE.sub("", _BY.sub("", name)).strip(" .,;:|-–—")
    if not name or len(name) > _LONGEST or _NOBODY.search(name) or len(name.split()) > 6:
        return None
    if site and (fold(name) == fold(site) or fold(site) in fold(name)):
        return None
    return name if re.search(r"[^\W\d_]{2}", name) or len(name.split()) > 1 else None
