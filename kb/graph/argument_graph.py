"""The whole argument graph in memory, light enough to be loaded for every question: what each statement is, whose, and
what speaks for and against it. Texts and quotes are read afterwards, for what is shown (`kb.store.statements.read`).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kb.model.link import Edge
from kb.model.rules import REPLY_TO_OBJECTION
from kb.model.statement import Point
from kb.model.words import Relation, Status
from kb.store import links, passages, sources, spoken, statements
from kb.store.open import Store

LIVE: tuple[Status, ...] = ("accepted", "suggested")
SIGNED: tuple[Relation, ...] = ("supports", "attacks", "undercuts")
_ALIGNED = ("rebuttal", REPLY_TO_OBJECTION)
_BY_NUMBER = 0.6  # score from which such an answer quotes its point or calls it by number; below, it shares words


@dataclass(frozen=True)
class ArgumentGraph:
    """Points by id, and the edges between them; an edge whose end is not there is left out.

    `turns` gives of a statement the turns that it is made in and that are points themselves: what is said of such a
    turn as a whole is said of it too. `answers` gives of a statement the unsigned links by which
    something answers it, by its number or in its words: for or against is not told.
    """

    points: Mapping[str, Point]
    edges: Sequence[Edge]
    turns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    answers: Mapping[str, Sequence[Edge]] = field(default_factory=dict)

    @cached_property
    def into(self) -> dict[str, list[Edge]]:
        """Edges by what they end at: what is said about a point (or, by an undercut, about another edge)."""
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.to_id, []).append(edge)
        return found

    @cached_property
    def out_of(self) -> dict[str, list[Edge]]:
        """Edges by what they start at: what a point says about others."""
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.from_id, []).append(edge)
        return found

    def about(self, point_id: str, *relations: Relation) -> Iterator[Edge]:
        """What speaks for or against a point; of these relations, or of any."""
        return (edge for edge in self.into.get(point_id, ()) if not relations or edge.relation in relations)


def load(
    store: Store,
    *,
    statuses: Sequence[Status] = LIVE,
    relations: Sequence[Relation] = SIGNED,
    doubted: Container[tuple[str, str]] = (),
) -> ArgumentGraph:
    """The graph of statements that are not lost or rejected, and of the links of these statuses and relations.

    Only sources and turns that some link ends at or starts from are points. `doubted` are (basis, rule) whose
    suggestions are left out.
    """
    points = statements.points(store)
    edges = links.edges(store, statuses, relations)
    link_ids = {edge.id for edge in edges}
    ends = {end for edge in edges for end in (edge.from_id, edge.to_id)} - points.keys() - link_ids
    for name, source in sources.read(store, ends).items():
        if source.state == "here":
            points[name] = Point(
                name, "source", "accepted", None, source.added, frozenset({name}), frozenset(source.authors)
            )
    for name, turn in passages.turns(store, ends - points.keys()).items():
        speakers = frozenset([turn.speaker] if turn.speaker else ())
        points[name] = Point(name, "passage", "accepted", None, turn.added, frozenset({turn.source}), speakers)
    standing: set[str] = set()  # links that lead, at last, to points: what undercuts another one speaks to nobody
    found = {edge.id for edge in edges if edge.from_id in points and edge.to_id in points}
    while found - standing:
        standing |= found
        found = {edge.id for edge in edges if edge.from_id in points and edge.to_id in standing}
    kept = [
        edge
        for edge in edges
        if edge.from_id in points
        and (edge.to_id in points or edge.to_id in standing)
        and (edge.status != "suggested" or (edge.basis, edge.rule) not in doubted)
    ]
    whole = [name for name, point in points.items() if point.kind == "passage"]
    stood_in: dict[str, list[str]] = {}
    for begins, said in spoken.said_in(store, whole).items():
        for name in said:
            stood_in.setdefault(name, []).append(begins)
    answers: dict[str, list[Edge]] = {}
    for edge in links.answering(store, statuses, _ALIGNED, _BY_NUMBER):
        if edge.from_id in points and edge.to_id in points and (edge.basis, edge.rule) not in doubted:
            answers.setdefault(edge.to_id, []).append(edge)
    return ArgumentGraph(points, kept, stood_in, answers)
