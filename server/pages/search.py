"""Search: hits while one types, and what they have in common to narrow them by. Without a query, what came last."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from kb.model.filters import Filters
from kb.review.statement_list import listing
from kb.search import facets, semantic
from kb.search.hits import Hit
from kb.sources import nobody
from kb.store import figures, sources
from kb.store.conditions import on_sources
from server.asked import Asked
from server.routes import get
from server.view import page

_HITS = 30
_LATEST = 20
_NARROWING = ("kind", "author", "tag", "year", "source", "status")
_MEANT: Mapping[str, tuple[str, ...]] = {
    "in": ("passages", "statements", "all"),
    "mode": ("hybrid", "lexical", "semantic"),
}
_ONE_AT_A_TIME = threading.Lock()  # searches that share processors only wait for each other, and for the index's files


def search(asked: Asked) -> Response:
    """Hits of the query under the filters, which are those of the command line."""
    query, where, mode = asked.text("q"), asked.one_of("in", _MEANT["in"]), asked.one_of("mode", _MEANT["mode"])
    limit = asked.number("n", _HITS, 300) or _HITS
    narrowed = asked.filters(limit)
    if narrowed.author or narrowed.tag:
        nobody.tell(asked.store, narrowed)
    chosen = {name: asked.each(name) for name in _NARROWING if asked.each(name)}
    common: dict[str, Any] = {"query": query, "where": where, "mode": mode, "chosen": chosen, "limit": limit}
    common["title"] = query or "Search"
    if not query and not narrowed.statements_only:
        latest = sources.listed(asked.store, on_sources(asked.store, narrowed), limit if chosen else _LATEST)
        return page(
            asked, "search.html", hits=[], latest=latest, facets=facets.of_sources(latest), statements=[], titles={},
            counts=figures.counts(asked.store), **common,
        )  # fmt: skip
    if not query:
        stated = listing(asked.store, narrowed).statements[:limit]
        titles = sources.titles(asked.store, {mention.source for one in stated for mention in one.mentions})
        return page(
            asked, "search.html", hits=[], latest=[], facets=[], statements=stated, titles=titles, counts=None, **common
        )  # fmt: skip
    found = _search(asked, query, where, mode, narrowed)
    hits = [(hit, segments(hit)) for hit in found]
    return page(
        asked, "search.html", hits=hits, latest=[], facets=facets.of(asked.store, found), statements=[], titles={},
        counts=None, **common,
    )  # fmt: skip


def _search(asked: Asked, query: str, where: str, mode: str, narrowed: Filters) -> Sequence[Hit]:
    from kb.search.search import search

    if narrowed.statements_only and where == "passages":
        where = "statements"
    with _ONE_AT_A_TIME:
        if mode != "lexical":
            semantic.prepare(asked.store)
        return search(asked.store, query, where, mode, narrowed).hits  # type: ignore[arg-type]  # one of _MEANT


def segments(hit: Hit) -> list[tuple[str, bool]]:
    """The snippet in parts, each with whether it is what the query found."""
    text, snippet = hit.unit.text, hit.snippet
    parts: list[tuple[str, bool]] = []
    at = snippet.start
    for start, end in snippet.marks:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [part for part in [*parts, (text[at : snippet.end], False)] if part[0]]


ROUTES = (get("/", search),)
