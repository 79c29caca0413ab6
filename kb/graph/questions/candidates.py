"""What may answer a critique though nothing says so: later texts by others that are linked to it without a sign, and
what is said to the turn or text that it is made in."""

from __future__ import annotations

from collections.abc import Iterable

from kb.graph.argument_graph import LIVE, ArgumentGraph
from kb.graph.questions.critiques import Critique
from kb.model.link import Edge
from kb.store import links, sources, spoken
from kb.store.open import Store


def of(store: Store, graph: ArgumentGraph, found: Iterable[Critique]) -> dict[str, list[str]]:
    """By the id of a critique that nothing recorded answers: the statements that may, in no order that matters."""
    makers = {one.id for one in found if not one.answered and one.id in graph.points}
    if not makers:
        return {}
    turns = spoken.turns_of(store, makers)
    ends = {name: {name, *turns.get(name, ()), *graph.points[name].sources} for name in makers}
    every = {end for own in ends.values() for end in own}
    edges = links.edges_at(store, every, statuses=LIVE, relations=("related", "attacks", "undercuts"))
    touching: dict[str, list[Edge]] = {}
    for edge in edges.values():
        touching.setdefault(edge.to_id, []).append(edge)
        if edge.relation == "related" and edge.basis == "embedding":  # it has no direction
            touching.setdefault(edge.from_id, []).append(edge)
    when = _published(store, graph, edges.values())
    answers: dict[str, list[str]] = {}
    for name, own in ends.items():
        others = {
            other
            for end in own
            for edge in touching.get(end, ())
            if (other := edge.to_id if edge.from_id == end else edge.from_id) != name
            and (edge.relation == "related" or end != name)
            and _by_somebody_else(graph, name, other)
            and not when.get(other, "~") < when.get(name, "")
        }
        if others:
            answers[name] = sorted(others)
    return answers


def _by_somebody_else(graph: ArgumentGraph, one: str, other: str) -> bool:
    """Whether a statement is made by nobody who makes the critique."""
    if other not in graph.points or graph.points[other].kind in {"source", "passage"}:
        return False
    mine, theirs = graph.points[one], graph.points[other]
    return mine.speakers.isdisjoint(theirs.speakers)


def _published(store: Store, graph: ArgumentGraph, edges: Iterable[Edge]) -> dict[str, str]:
    """By statement the day of the first text in which it is made, where that is known."""
    names = {name for edge in edges for name in (edge.from_id, edge.to_id) if name in graph.points}
    texts = sources.read(store, {source for name in names for source in graph.points[name].sources})
    found = {}
    for name in names:
        days = [texts[source].published for source in graph.points[name].sources if source in texts]
        if known := [day for day in days if day]:
            found[name] = min(known)
    return found
