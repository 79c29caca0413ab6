"""Feeds by address: the feed as a source that `kb refresh` asks again, and its entries, with the text of their pages
where the feed has only a summary.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from importers.assemble import whole
from importers.base import Failure, Importer, Input
from importers.decode import is_page, is_pdf, markup
from importers.exports import feeds
from importers.exports.feed_forms import looks_so, tree
from importers.exports.parsing import children, inner, local
from importers.web import page
from importers.web.base import Options
from importers.web.registry import fetcher
from kb.errors import KbError
from kb.model import identity
from kb.model.document import Document
from kb.model.source import StoredSource
from kb.text.strings import squash
from notes.markdown.structure import structure

if TYPE_CHECKING:
    from importers.web.client import Client
    from importers.web.response import Response

PAGES = 20
"""Pages that are fetched for full texts in one run: a feed may have hundreds, and a site is not to be swept."""
WAITING = "only the summary of the feed so far: kb refresh fetches the text"

_LOOK = 60_000  # characters of a page in which its head is
_LINK = re.compile(r"<link\b[^<>]{0,600}>", re.I)
_FEED_TYPE = re.compile(r"""\btype\s*=\s*["']?application/(?:(?:rss|atom|rdf)\+xml|feed\+json)""", re.I)
_ALTERNATE = re.compile(r"""\brel\s*=\s*["']?alternate\b""", re.I)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s<>]{1,500})""", re.I)


def is_feed(answer: Response) -> bool:
    """Whether an answer is a feed, whatever its server calls it."""
    if is_page(answer.body) or is_pdf(answer.body) or answer.body[:1] not in b"<{ \t\r\n\xef\xff\xfe":
        return False
    text = answer.text
    return looks_so(text) and not text.lstrip("\ufeff \t\r\n").lower().startswith("<opml")


def offered(answer: Response, url: str) -> str | None:
    """The feed that the front page of a site names; None for its other pages, which all do."""
    if len(urlsplit(url).path.strip("/").split("/")) > 1 or not is_page(answer.body):
        return None
    links: list[str] = _LINK.findall(answer.text[:_LOOK])
    for link in links:
        if _FEED_TYPE.search(link) and _ALTERNATE.search(link) and (found := _HREF.search(link)):
            return str(urljoin(url, html.unescape(found[1])))
    return None


def documents(answer: Response, target: str, client: Client, options: Options) -> Iterator[Document | Failure]:
    """The feed, then its entries in its order.

    Raises:
        KbError: there is no feed in the answer after all.
    """
    source = Input(markup(target, answer.body, answer.charset), "feed", target, answer.body)
    root, odd = tree(source)
    found, more = feeds.entries(root, source)
    found = found[: options.limit]
    known = [options.stored(entry) for entry in found]
    short = {number for number, entry in enumerate(found) if feeds.has_only_a_summary(entry)}
    wanted, left = _wanted([(n, found[n], known[n]) for n in sorted(short)])
    problems = [*odd, *more]
    if left:
        problems.append(f"entries of which only the summary is in: {len(left):,}; kb refresh fetches the next {PAGES}")
    yield _source(root, source, problems)
    for number, (entry, row) in enumerate(zip(found, known, strict=True)):
        if number in wanted:
            yield _full(entry, client, options)
        elif number in left:
            yield replace(entry, summary=True, problems=(*entry.problems, WAITING))
        elif row is not None and row.text and len(row.text) > len(entry.text) and number in short:
            yield replace(entry, summary=True, text="", blocks=(), references=())
        else:
            yield replace(entry, summary=True)


def _wanted(short: Iterable[tuple[int, Document, StoredSource | None]]) -> tuple[set[int], set[int]]:
    """Of the entries with only a summary those whose pages are to be fetched now, and those that wait, by number.

    What is in already, with whatever text, is not asked for again, but for what waits since a run before.
    """
    new, waiting = [], []
    for number, entry, known in short:
        by = fetcher(entry.url) if entry.url else None
        if by is None or by.name != page.IMPORTER.name:
            continue
        if known is None or not known.text:
            new.append(number)
        elif WAITING in known.problems:
            waiting.append(number)
    ordered = [*new, *waiting]
    return set(ordered[:PAGES]), set(ordered[PAGES:])


def _full(entry: Document, client: Client, options: Options) -> Document:
    """An entry with the text of its page; where that cannot be had, or has less, as the feed has it."""
    url = feeds.address(entry)
    try:
        found = page.of_answer(client.get(page.mirrored(url, options), accept=page.ACCEPT), url, url)
    except KbError as error:
        problem = f"only the summary of the feed: {error.message}"
        return replace(entry, summary=True, problems=(*entry.problems, problem))
    if len(found.text) <= len(entry.text):
        return replace(entry, summary=True)
    same_site = urlsplit(found.url or "").hostname == urlsplit(entry.url or "").hostname
    return replace(
        entry,
        summary=True,
        text=found.text,
        blocks=found.blocks,
        references=found.references,
        authors=entry.authors or found.authors,
        url=found.url if same_site else entry.url,
        published=entry.published or found.published,
        tags=entry.tags or found.tags,
        original=found.original,
        problems=(*entry.problems, *found.problems),
    )


def _source(root: Element, source: Input, problems: list[str]) -> Document:
    """The feed itself. It has a text, by which it is more than an entry in a list of feeds."""
    head = next((one for one in root.iter() if local(one) in ("channel", "feed")), root)
    title = squash(re.sub(r"<[^<>]*>", "", inner(head, "title"))) or urlsplit(source.target).hostname or source.target
    about = squash(re.sub(r"<[^<>]*>", "", inner(head, "description", "subtitle", "tagline")))
    text = f"Feed: {title}" + (f"\n\n{about}" if about and about != title else "")
    tags = [squash("".join(one.itertext())) for one in children(head, "category")]
    return replace(
        whole(source, IMPORTER.name, "web", title, text, structure(text)),
        url=identity.canonical_url(source.target),
        tags=tuple(dict.fromkeys(("feed", *filter(None, tags)))),
        problems=tuple(problems),
    )


def _read(source: Input) -> list[Document]:
    return [whole(source, IMPORTER.name, "web", source.name, source.text, structure(source.text))]


IMPORTER = Importer(
    name="feed",
    version="1",
    what="a feed that is followed",
    recognised_by="by address only ([importing](importing.md))",
    gives="the feed, and a post each entry",
    keeps="the text of each entry, asked for where only a summary is given; what is new at each `kb refresh`",
    loses="enclosures, entries that the feed has dropped",
    sniff=lambda _: 0.0,
    read=_read,
    structure=structure,
    precedence=35,
)
