"""What a web page says of itself: title, authors, date, site, address; and whether it is a wall and no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from importers.web import authors, page_dates
from importers.web.page_words import words as counted
from kb.errors import KbError
from kb.model import identity
from kb.text.json_values import json_value
from kb.text.strings import squash

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->|^\s*url:\s*(https?://\S+)\s*$", re.M)
_SUFFIX = re.compile(r"\s+[|·•–—-]\s+[^|·•–—]{2,60}$")
_WRITTEN = frozenset([
    "article", "newsarticle", "blogposting", "scholarlyarticle", "report", "socialmediaposting", "techarticle",
    "webpage",
])  # fmt: skip

_CDATA = re.compile(r"(?://|/\*)?\s*(?:<!\[CDATA\[|\]\]>)\s*(?:\*/)?|<!--|-->")

_BY_FORM = "open it in a browser, log in if asked, save the page and add the file with --url"
_WALLS = (
    (
        re.compile(
            r"just a moment|verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)"
            r"|checking your browser"
            r"|enable javascript and cookies|captcha|unusual traffic|attention required|ddos protection",
            re.I,
        ),
        "answers with a check for robots",
        "open it in a browser, save the page and add the file with --url",
    ),
    (
        re.compile(
            r"before you continue|we (?:value|care about) your privacy|we use cookies|accept (?:all )?cookies"
            r"|cookie consent"
            r"|consent to (?:the )?(?:use|cookies)|your privacy choices",
            re.I,
        ),
        "answers with a question for consent, not with its text",
        "answer it in a browser, save the page and add the file with --url",
    ),
    (
        re.compile(
            r"(?:log|sign)[ -]?in|subscribe to|create (?:an|your) account|already a (?:member|subscriber)"
            r"|members only|forgot (?:your )?password|institutional access|shibboleth"
            r"|this (?:post|article|content) is for (?:paid|paying)? ?(?:subscribers|members)",
            re.I,
        ),
        "asks for a login",
        _BY_FORM,
    ),
    (
        re.compile(
            r"(?:enable|requires?|needs?|turn on|without) javascript|javascript (?:is )?(?:disabled|required)", re.I
        ),
        "shows its text only with JavaScript",
        "open it in a browser, save the page and add the file with --url",
    ),
)  # fmt: skip
_WALL_WORDS = 160  # a wall says little; an article about cookies says more
_LEAST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page's head says; None or empty where it does not."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    site: str | None = None
    url: str | None = None
    doi: str | None = None
    tags: tuple[str, ...] = ()


def facts_of(root: etree._Element, html: str, url: str | None) -> Facts:
    """The facts in meta elements, JSON-LD and the title. `url` is where the page was fetched."""
    meta = _meta(root)
    linked = list(_linked(root))
    site = _first(meta, "og:site_name", "application-name") or _named(linked, "publisher")
    title = _first(meta, "citation_title", "og:title", "twitter:title", "dc.title") or _text(linked, "headline")
    if not title and (element := root.find(".//title")) is not None:
        title = squash("".join(element.itertext()))
    h1 = [squash("".join(element.itertext())) for element in root.iter("h1")]
    return Facts(
        title=_clean_title(title, site, h1),
        authors=authors.of_page(root, meta, linked, site),
        date=page_dates.of_page(root, meta, linked, url),
        site=site,
        url=_at_arxiv(meta) or _address(root, meta, html, url),
        doi=_doi(meta),
        tags=tuple(dict.fromkeys(meta.get("article:tag", []))),
    )


def refuse_wall(name: str, facts: Facts, text: str, page: str, *, password: bool, shell: bool) -> None:
    """Check that a page is a text and not what stands before one.

    Args:
        name: what the error calls it.
        text: its main text.
        page: all its visible words.
        password: whether it has a field for one.
        shell: whether a script may have had to fill it; else the few words of a page are all it has.

    Raises:
        KbError: it asks for a login, for consent, for JavaScript, or says next to nothing.
    """
    words = len(counted(text))
    if words >= _WALL_WORDS:
        return
    shown = squash(f"{facts.title or ''} {page[:3000]}")
    said = f"{facts.title or ''} {text}"
    for signs, what, hint in _WALLS:
        # In a page that has some text, only that text counts: a "Log in" in the head is everywhere.
        if signs.search(said if words >= 20 else shown) and (words < 60 or password or _is_short(signs, said, words)):
            raise KbError(f"{name} {what}", hint)
    if password and words < 60:
        raise KbError(f"{name} asks for a login", _BY_FORM)
    if words < (_LEAST_WORDS if shell else 1):
        hint = "check the address; if a browser shows a text there, save the page and add the file with --url"
        raise KbError(f"{name} holds no text", hint)


def _is_short(signs: re.Pattern[str], said: str, words: int) -> bool:
    """Whether a wall's own words are a good part of all: twice in a few lines, or at their head."""
    return words < 100 and (len(signs.findall(said)) > 1 or signs.search(said[:120]) is not None)


def _meta(root: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        value = squash(element.get("content") or "")
        if name and value:
            found.setdefault(name, []).append(value)
    return found


def _linked(root: etree._Element) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe something written."""
    for element in root.iter("script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        try:
            found = json_value(_CDATA.sub("", "".join(element.itertext())))
        except (ValueError, RecursionError):
            continue
        entries = found if isinstance(found, list) else [found]
        for entry in entries:
            graph = entry.get("@graph") if isinstance(entry, dict) else None
            for one in graph if isinstance(graph, list) else [entry]:
                kinds = one.get("@type") if isinstance(one, dict) else None
                if any(str(k).lower() in _WRITTEN for k in (kinds if isinstance(kinds, list) else [kinds])):
                    yield one


def _first(meta: dict[str, list[str]], *names: str) -> str | None:
    return next((meta[name][0] for name in names if meta.get(name)), None)


def _text(linked: list[dict[str, Any]], key: str) -> str | None:
    return next((squash(value) for one in linked if isinstance(value := one.get(key), str) and value.strip()), None)


def _named(linked: list[dict[str, Any]], key: str) -> str | None:
    for one in linked:
        value = one.get(key)
        if isinstance(value, dict) and isinstance(name := value.get("name"), str):
            return squash(name)
    return None


def _clean_title(title: str | None, site: str | None, h1: list[str]) -> str | None:
    title = squash(title or "")
    for one in h1:
        if one and len(one) > 3 and title.startswith(one):
            return one  # what follows is the site's name
    if site and title.endswith(site) and len(title) > len(site) + 4:
        title = title[: -len(site)].rstrip(" |·•–—:-")
    elif len(h1) == 1 and h1[0] and not title:
        title = h1[0]
    elif not site and (cut := _SUFFIX.sub("", title)) and any(cut == one for one in h1):
        title = cut
    return title or None


def _doi(meta: dict[str, list[str]]) -> str | None:
    for value in meta.get("citation_doi", []) + meta.get("dc.identifier", []) + meta.get("prism.doi", []):
        if match := re.search(identity.DOI, value):
            return match[0]
    return None


def _at_arxiv(meta: dict[str, list[str]]) -> str | None:
    """The address of the paper that a page of arXiv is on, also when it was saved."""
    given = _first(meta, "citation_arxiv_id")
    return f"https://arxiv.org/abs/{given}" if given and re.fullmatch(r"[\w.-]+(?:/\d+)?", given) else None


def _address(root: etree._Element, meta: dict[str, list[str]], html: str, url: str | None) -> str | None:
    """The page's own address: the canonical one, where it names the same site and a page there."""
    links = [e.get("href") or "" for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    given = [_joined(url or "", value.strip()) for value in (*links, *meta.get("og:url", []))]
    saved = _SAVED_FROM.search(html[:4096])
    known = url or (saved and (saved[1] or saved[2]))
    for value in given:
        parts = _parts(value)
        elsewhere = known and (_parts(known) or ("", ""))[1] not in {"", "/"}
        if parts is None or (parts[1] in {"", "/"} and elsewhere):  # a site that calls its front page canonical
            continue
        if known is None or parts[0] == (_parts(known) or ("",))[0]:
            return identity.canonical_url(value)
    return known


def _joined(base: str, value: str) -> str:
    try:
        return urljoin(base, value)
    except ValueError:  # "http://[broken"
        return ""


def _parts(url: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        return None
    return parts.hostname.lower().removeprefix("www."), parts.path
