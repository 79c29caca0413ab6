"""The shortest chain of links from one statement or source to another."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from kb.graph import argument_graph
from kb.graph.argument_graph import ArgumentGraph
from kb.graph.questions.critiques import sureness
from kb.model.link import Edge
from kb.model.words import Relation
from kb.store.open import Store

FORWARD = {"supports": "supports", "attacks": "attacks", "undercuts": "undercuts", "restates": "restates",
           "related": "is related to"}  # fmt: skip
BACKWARD = {"supports": "is supported by", "attacks": "is attacked by", "undercuts": "is undercut by",
            "restates": "is restated by", "related": "is related to"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One link on the way, followed from `start` to `end`, which may be against its direction.

    An end may be a link: where something undercuts it.
    """

    start: str
    end: str
    edge: Edge

    @property
    def words(self) -> str:
        """How the step reads: "attacks", "is supported by"."""
        if self.start == self.edge.id:
            return FORWARD[self.edge.relation] if self.end == self.edge.to_id else "starts from"
        return (FORWARD if self.start == self.edge.from_id else BACKWARD)[self.edge.relation]


def between(store: Store, starts: Collection[str], ends: Collection[str], *, related: bool = False) -> list[Step]:
    """The shortest chain in the store; of unsigned links too only where nothing else leads, or where `related`."""
    signed: tuple[Relation, ...] = (*argument_graph.SIGNED, "restates")
    steps = [] if related else shortest(argument_graph.load(store, relations=signed), starts, ends)
    return steps or shortest(argument_graph.load(store, relations=(*signed, "related")), starts, ends)


def shortest(graph: ArgumentGraph, starts: Collection[str], ends: Collection[str]) -> list[Step]:
    """The fewest links from one of the starts to one of the ends, followed either way; the surest of equals.

    Empty where there is none, or where start and end are the same.
    """
    by_id = {edge.id: edge for edge in graph.edges}
    came: dict[str, Step | None] = dict.fromkeys(starts)
    queue = deque(came)
    while queue:
        name = queue.popleft()
        if name in ends:
            return _back(came, name)
        edges = [*graph.out_of.get(name, ()), *graph.into.get(name, ())]
        ordered = sorted(edges, key=sureness)
        neighbours = [(edge.to_id if edge.from_id == name else edge.from_id, edge) for edge in ordered]
        neighbours += [(edge.id, edge) for edge in edges if edge.id in graph.into]
        if name in by_id:  # a link that something undercuts: on to what it joins
            neighbours += [(end, by_id[name]) for end in (by_id[name].to_id, by_id[name].from_id)]
        for other, edge in neighbours:
            if other not in came:
                came[other] = Step(name, other, edge)
                queue.append(other)
    return []


def _back(came: dict[str, Step | None], name: str) -> list[Step]:
    steps: list[Step] = []
    while step := came[name]:
        steps.append(step)
        name = step.start
    return steps[::-1]
