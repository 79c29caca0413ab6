"""Where a map starts, by what a person names: statements, sources, links, words to look for, or filters alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.errors import NotFoundError
from kb.maps.select import roots
from kb.model import identity, ids
from kb.model.argument_map import ArgumentMap
from kb.model.filters import Filters
from kb.sources import resolve
from kb.store import links
from kb.store.conditions import EVERYTHING, Condition, on_statements
from kb.store.open import Store
from kb.text.strings import clip


@dataclass(frozen=True, slots=True)
class Start:
    """The ids to start from, the condition on what is drawn besides them, and whether a REF names them."""

    ids: list[str]
    only: Condition = EVERYTHING
    named: bool = False


def start(store: Store, about: Sequence[str], filters: Filters) -> Start:
    """What REFs, or else the words of a query, mean; without either, what the filters leave.

    Raises:
        NotFoundError: a REF names nothing, or some of several words are REFs and others none.
    """
    whole = Filters(limit=filters.limit)
    condition = EVERYTHING if filters == whole else on_statements(store, filters)
    if not about:
        if len(filters.source) == 1 and replace(filters, source=()) == whole:
            return Start(roots.of_source(store, filters.source[0], filters.limit), named=True)
        return Start(roots.among(store, filters.limit, None if condition == EVERYTHING else condition))
    named = [_named(store, ref, filters.limit, condition) for ref in about]
    if not any(named):
        from kb.search.search import search

        wider = replace(filters, limit=filters.limit * roots.HITS)
        hits = search(store, " ".join(about), where="statements", filters=wider).hits
        return Start(roots.of_hits(store, [hit.unit.id for hit in hits], filters.limit))
    for ref, found in zip(about, named, strict=True):
        if not found:
            raise NotFoundError(f"no statement or source {ref!r}", "put the words of a query between quotation marks")
    return Start(list(dict.fromkeys(name for found in named for name in found)), condition, named=True)


def _named(store: Store, ref: str, limit: int, condition: Condition) -> list[str]:
    """What a REF stands for as the start of a map; nothing where it must be words to look for."""
    if (turn := resolve.turn(store, ref)) is not None:
        return [turn]
    try:
        named = resolve.exactly(store, ref, "statement", "source", "link")
    except NotFoundError as error:
        word = ref.strip()
        is_id = ids.ID.fullmatch(word) and len(word) == ids.LENGTHS[word[0]] and any(map(str.isdigit, word))
        if error.candidates or is_id or identity.is_address(word):
            raise
        return []
    if named.kind == "source":
        return roots.of_source(store, named.id, limit, condition)
    if named.kind == "link":
        link = links.edges_by_id(store, [named.id])[named.id]
        return [end for end in (link.from_id, link.to_id) if not end.startswith(ids.LINK)]
    return [named.id]


def titled(map_: ArgumentMap, about: Sequence[str], author: str | None, *, named: bool) -> str:
    """What a drawing is about: the words of a query, or those of what a REF names."""
    first = next((node for node in map_.nodes if named and node.id in map_.roots), None)
    if first is not None:
        return clip(first.text if len(map_.roots) == 1 else first.source_title or first.text, 100)
    return " ".join(about) if about else f"What {author} says" if author else map_.title
