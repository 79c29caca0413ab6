"""Where a map starts: of a source, a person, or what a search found, the statements that are most discussed."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from kb.store import links, spoken, statements
from kb.store.conditions import EVERYTHING, Condition, every, said_in
from kb.store.open import Store

HITS = 4
"""Search hits to be looked at for each one that a map starts from."""

_RANK = 10.0  # how slowly the rank of a hit loses weight


def of_source(store: Store, source_id: str, limit: int, condition: Condition = EVERYTHING) -> list[str]:
    """The statements of a source that meet a condition on `st` and are most discussed, in their order.

    So are turns of which something is said as wholes. The source itself comes first where something is said of it as a
    whole, or nothing of its statements.
    """
    found = links.most_discussed(store, limit, every([condition, said_in(source_id)]))
    if condition == EVERYTHING and (turns := spoken.of_source(store, source_id)):
        said = links.discussion(store, [*found, *turns])
        found = sorted([*found, *turns], key=lambda name: -said.get(name, 0))[:limit]
    whole = source_id in links.discussion(store, [source_id])
    return [source_id, *found] if whole or not found else found


def among(store: Store, limit: int, condition: Condition | None = None) -> list[str]:
    """Of the whole store, or of the statements that meet a condition on `st`, what is most discussed.

    Where nothing at all is said of those statements, the first of them.
    """
    found = links.most_discussed(store, limit, condition)
    return found or ([] if condition is None else statements.ids_of(store, condition)[:limit])


def of_hits(store: Store, hits: Sequence[str], limit: int) -> list[str]:
    """Of search hits, best first, those to start from: a good answer of which much is said before one that stands
    alone."""
    said = links.discussion(store, hits)
    worth = {name: (1 + log2(1 + said.get(name, 0))) / (_RANK + rank) for rank, name in enumerate(hits)}
    return sorted(worth, key=lambda name: -worth[name])[:limit]
