"""The statements that are listed: those of a query or of filters, without what is unsure, doubted or rejected."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb import config
from kb.graph import argument_graph
from kb.graph.questions import critiques, support
from kb.model.filters import Filters
from kb.model.statement import Statement
from kb.review import calibration
from kb.store import statements
from kb.store.conditions import on_statements
from kb.store.open import Store

RANKED = 500
"""Statements that a query ranks before some are left out: else the best ten could all be among those."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Statements, and how many were left out as unsure, doubted or rejected."""

    statements: list[Statement]
    hidden: int


def listing(
    store: Store,
    filters: Filters,
    query: str | None = None,
    *,
    unanswered: bool = False,
    without_evidence: bool = False,
    everything: bool = False,
) -> Listing:
    """The statements that the filters leave, in the order of their texts; with a query, the best first.

    Args:
        unanswered: only critiques of something that nothing recorded attacks.
        without_evidence: only claims and theories that nothing recorded supports.
        everything: also what the program is unsure of, which a status among the filters asks for too.
    """
    found = _searched(store, query, filters) if query else statements.chosen(store, on_statements(store, filters))
    if unanswered:
        open_ones = critiques.unanswered(argument_graph.load(store))
        found = [one for one in found if one.id in open_ones]
    if without_evidence:
        bare = support.without_evidence(argument_graph.load(store))
        found = [one for one in found if one.id in bare]
    asked_for = everything or bool(filters.status)
    kept = found
    if not asked_for:
        least = config.load(store.home).statement_threshold
        kept = [one for one in found if one.status != "suggested" or calibration.confident(one, least)]
    kept, _ = calibration.visible(store, "statement", kept, everything=asked_for)
    if not filters.status:
        kept = [one for one in kept if one.status != "rejected"]
    return Listing(kept, len(found) - len(kept))


def _searched(store: Store, query: str, filters: Filters) -> list[Statement]:
    from kb.search.search import search

    wider = replace(filters, limit=RANKED)
    hits = search(store, query, where="statements", filters=wider, each=True).hits
    found = statements.read(store, [hit.unit.id for hit in hits])
    return [found[hit.unit.id] for hit in hits if hit.unit.id in found]
