"""When a web page was published: by its meta elements, JSON-LD, marks on times, the date it shows, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from importers.web import authors
from kb.text import dates
from kb.text.strings import squash

_METAS = (
    "citation_publication_date", "citation_date", "article:published_time", "article:published", "date", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created", "parsely-pub-date", "sailthru.date",
    "pubdate", "publish-date", "datepublished", "og:pubdate",
)  # fmt: skip
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_SHOWN = re.compile(r"(?:^|[\s_-])(?:date|dateline|pubdate|published|posted(?:-on)?|timestamp|datum)(?=$|[\s_-])", re.I)
_BEFORE = re.compile(r"^(?:(?:first )?(?:posted|published|written|date|on|am|le)\b[:\s]*)+", re.I)
_LONGEST = 50  # characters of a date as it is shown
_LOOKED_AT = 400  # elements


def of_page(
    root: etree._Element, meta: Mapping[str, Sequence[str]], linked: Sequence[Mapping[str, Any]], url: str | None
) -> str | None:
    """The date as `kb.text.dates` writes it; None where a page says none."""
    told = (*(meta[name][0] for name in _METAS if meta.get(name)), *_linked(linked), *_parsely(meta), *_times(root))
    first = next(filter(None, (dates.read(one, fraction=True) for one in told)), None)
    return first or next(_shown(root), None) or _in_address(url)


def _linked(linked: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for one in linked:
        if isinstance(value := one.get("datePublished"), str):
            yield squash(value)


def _parsely(meta: Mapping[str, Sequence[str]]) -> list[str]:
    return authors.in_parsely(meta, "pub_date")


def _times(root: etree._Element) -> Iterator[str]:
    """The first time in the page's article or head, where it is marked as that of publication or is the only one."""
    times = [one for one in root.iter("time") if one.get("datetime") and not authors.of_others(one)]
    marked = [
        one for one in times if one.get("pubdate") is not None or "publish" in (one.get("itemprop") or "").lower()
    ]
    inside = [one for one in times if next(one.iterancestors("article", "header"), None) is not None]
    alone = times if len({one.get("datetime") for one in times}) == 1 else []
    for one in (marked or inside or alone)[:1]:
        yield one.get("datetime") or ""


def _shown(root: etree._Element) -> Iterator[str]:
    """Dates that a page shows as its own."""
    named = (
        one
        for one in root.iter("span", "div", "p", "time", "li", "small", "a", "h2", "h6")
        if one.tag == "time" or _SHOWN.search(f"{one.get('class') or ''} {one.get('id') or ''}")
    )
    for element in islice(named, _LOOKED_AT):
        said = squash(" ".join(element.itertext()))
        fits = 6 <= len(said) <= _LONGEST and not authors.of_others(element)
        if fits and (found := dates.read(_BEFORE.sub("", said))):
            yield found


def _in_address(url: str | None) -> str | None:
    """The day that a page's address tells."""
    try:
        found = _IN_ADDRESS.search(urlsplit(url).path) if url else None
    except ValueError:
        return None
    return dates.read("-".join((found[1], found[2].zfill(2), found[3].zfill(2)))) if found else None
