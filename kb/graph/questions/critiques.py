"""What speaks against something, and what is recorded in answer to that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kb.graph.argument_graph import ArgumentGraph
from kb.model.link import Edge


@dataclass(frozen=True, slots=True)
class Critique:
    """A link that attacks `target`, or undercuts a `step` to it, with the replies: links that attack or undercut it, or
    that answer it without a sign (`related`)."""

    target: str
    edge: Edge
    replies: tuple[Edge, ...]
    step: Edge | None = None

    @property
    def id(self) -> str:
        """The statement or source that makes it."""
        return self.edge.from_id

    @property
    def answered(self) -> bool:
        return bool(self.replies)


def edges(found: Iterable[Critique]) -> list[Edge]:
    """The links that the critiques are made of."""
    return [edge for one in found for edge in (one.edge, *one.replies, *([one.step] if one.step else []))]


def ends(found: Iterable[Critique]) -> Iterator[str]:
    """Ids of what speaks in the critiques, and of what it speaks against."""
    for one in found:
        yield one.target
        yield one.id
        yield from (reply.from_id for reply in one.replies)
        if one.step:
            yield one.step.from_id


def against(graph: ArgumentGraph, target: str) -> Iterator[Critique]:
    """The critiques of a statement or source itself, the surest first, then those of what is given as its support."""
    for edge in sorted(graph.about(target, "attacks", "undercuts"), key=sureness):
        yield Critique(target, edge, tuple(replies(graph, edge)))
    for step in graph.about(target, "supports"):
        for edge in sorted(graph.about(step.id, "attacks", "undercuts"), key=sureness):
            yield Critique(target, edge, tuple(replies(graph, edge)), step)


def of(graph: ArgumentGraph, targets: Iterable[str] | None = None) -> list[Critique]:
    """The critiques of these targets in their order, then of the turns that they stand in or consist of.

    For None of all there are, the most attacked first.
    """
    if targets is None:
        attacked = [name for name in graph.points if name in graph.into or _supported(graph, name)]
        found = {name: list(against(graph, name)) for name in attacked}
        return [one for name in sorted(found, key=lambda n: -len(found[n])) for one in found[name]]
    named = list(targets)
    turns = [turn for target in named for turn in graph.turns.get(target, ())]
    whole = {name for name in named if name in graph.points and graph.points[name].kind == "source"}
    if whole:
        turns += [n for n, one in graph.points.items() if one.kind == "passage" and not whole.isdisjoint(one.sources)]
    return [one for target in dict.fromkeys([*named, *turns]) for one in against(graph, target)]


def replies(graph: ArgumentGraph, edge: Edge) -> list[Edge]:
    """What attacks or undercuts the critique that a link makes, the link itself, or the turn that it is made in, or
    answers it point by point; not by the same words."""
    found = [*graph.about(edge.id, "attacks", "undercuts"), *replies_to(graph, edge.from_id)]
    return sorted((reply for reply in found if reply.from_id != edge.from_id), key=sureness)


def replies_to(graph: ArgumentGraph, name: str) -> list[Edge]:
    """What attacks or undercuts a statement or the turn that it is made in, or answers it point by point."""
    ends = [name, *graph.turns.get(name, ())]
    found = {edge.id: edge for end in ends for edge in graph.about(end, "attacks", "undercuts")}
    signed = {edge.from_id for edge in found.values()}
    found |= {one.id: one for end in ends for one in graph.answers.get(end, ()) if one.from_id not in signed}
    return sorted((reply for reply in found.values() if reply.from_id != name), key=sureness)


def unanswered(graph: ArgumentGraph) -> set[str]:
    """Ids of critiques that attack something while nothing recorded answers at least one of these attacks."""
    return {
        edge.from_id
        for edge in graph.edges
        if edge.relation == "attacks" and graph.points[edge.from_id].kind == "critique" and not replies(graph, edge)
    }


def unplaced(graph: ArgumentGraph, among: Iterable[str]) -> list[str]:
    """Those of the statements that are critiques of nothing recorded."""
    return [
        name
        for name in among
        if name in graph.points
        and graph.points[name].kind == "critique"
        and not any(edge.relation in {"attacks", "undercuts"} for edge in graph.out_of.get(name, ()))
    ]


def only(found: Iterable[Critique], *, by: Collection[str] | None, which: Literal["all", "open"]) -> list[Critique]:
    """Those made by one of these statements or sources, if any are named, and those without an answer, if asked."""
    return [one for one in found if (by is None or one.id in by) and (which == "all" or not one.answered)]


def sureness(edge: Edge) -> tuple[bool, float, str]:
    """Accepted before suggested, then by score: a key to sort by."""
    return edge.status != "accepted", -(1.0 if edge.score is None else edge.score), edge.id


def _supported(graph: ArgumentGraph, name: str) -> bool:
    return any(edge.id in graph.into for edge in graph.about(name, "supports"))
