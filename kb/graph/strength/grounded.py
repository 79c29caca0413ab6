"""What stands, given the recorded critiques and replies: the grounded labelling of attacks (P. M. Dung, "On the
acceptability of arguments", 1995), with undercuts as attacks on links (as in P. Baroni et al., "AFRA", 2011).

A point is *in* if every attack on it fails, *out* if one holds, else *undecided*. An attack holds if the attacker is in
and its link is; it fails if either is out. A link is judged in the same way by what undercuts it. An attack on a whole
turn, where nobody knows which statement of it is meant, is one on what is said there against others. Support and
credences play no part: the question is only whether a recorded critique has a recorded answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kb.graph.argument_graph import ArgumentGraph
from kb.model.link import Edge

Label = Literal["in", "out", "undecided"]
LABELS: tuple[Label, ...] = ("out", "undecided", "in")


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of why a label holds: an attack or undercut, from whom, and the label of whom.

    `answered` are the steps that defeat it in turn.
    """

    edge: Edge
    label: Label
    answered: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Grounded:
    """Labels of points and of links that attack or undercut; `rounds` says how late each was decided."""

    labels: Mapping[str, Label]
    rounds: Mapping[str, int]
    attacks: Mapping[str, list[Edge]]  # on a point or link

    def of(self, name: str) -> Label:
        return self.labels.get(name, "undecided")

    def attacked(self) -> list[str]:
        """Points and links on which there is an attack."""
        return list(self.attacks)

    def reasons(self, name: str, depth: int = 3) -> tuple[Reason, ...]:
        """Why a point has its label: what makes it fall; what defeats each attack on it; what leaves it open."""
        label = self.of(name)
        found = []
        for edge in self.attacks.get(name, ()):
            holds = self._holds(edge)
            if label == "in":
                found.append(Reason(edge, self.of(edge.from_id), self._defeats(edge, depth)))
            elif label == "out" and holds == "in":
                found.append(Reason(edge, "in", self._support_of(edge, depth)))
            elif label == "undecided" and holds == "undecided":
                found.append(Reason(edge, self.of(edge.from_id)))
        found.sort(key=lambda reason: (self.rounds.get(reason.edge.from_id, 0), reason.edge.id))
        return tuple(found[:1]) if label == "out" else tuple(found)

    def _holds(self, edge: Edge) -> Label:
        return _both(self.of(edge.from_id), self.of(edge.id))

    def _defeats(self, edge: Edge, depth: int) -> tuple[Reason, ...]:
        """What makes an attack fail: the attacker's fall, or the undercutting of its link."""
        return self.reasons(edge.from_id if self.of(edge.from_id) == "out" else edge.id, depth - 1) if depth > 0 else ()

    def _support_of(self, edge: Edge, depth: int) -> tuple[Reason, ...]:
        """How an attack that holds got over the attacks on the attacker and its link."""
        return (*self.reasons(edge.from_id, depth - 1), *self.reasons(edge.id, depth - 1)) if depth > 0 else ()


def _both(one: Label, other: Label) -> Label:
    if "out" in (one, other):
        return "out"
    return "in" if one == other == "in" else "undecided"


def ground(graph: ArgumentGraph) -> Grounded:
    """The least labelling: nothing is in or out but what has to be. Linear in the number of links."""
    known = {edge.id: edge for edge in graph.edges}
    attacks: dict[str, list[Edge]] = {}
    against_others: dict[str, list[Edge]] = {}  # by turn
    for said, turns in graph.turns.items():
        for turn in turns:
            speaks = [edge for edge in graph.out_of.get(said, ()) if edge.relation != "supports"]
            against_others.setdefault(turn, []).extend(speaks)
    for edge in sorted(graph.edges, key=lambda edge: edge.id):
        if edge.relation == "supports":
            continue
        if edge.relation == "attacks" or edge.to_id in known:
            attacks.setdefault(edge.to_id, []).append(edge)
            for other in against_others.get(edge.to_id, ()):
                attacks.setdefault(other.id, []).append(edge)
        else:  # it undercuts whatever the point says of others
            for other in graph.out_of.get(edge.to_id, ()):
                attacks.setdefault(other.id, []).append(edge)
    return _Labelling(graph, known, attacks).run()


class _Labelling:
    def __init__(self, graph: ArgumentGraph, known: Mapping[str, Edge], attacks: dict[str, list[Edge]]) -> None:
        self.attacks = attacks
        self.names = [*graph.points, *known]
        self.out_of = graph.out_of
        self.known = known
        self.ends: dict[str, list[str]] = {}  # an attacking link → what it is on
        for end, edges in attacks.items():
            for edge in edges:
                self.ends.setdefault(edge.id, []).append(end)
        self.labels: dict[str, Label] = {}
        self.rounds: dict[str, int] = {}
        self.live = {name: len(edges) for name, edges in attacks.items()}  # attacks on it that have not failed
        self.failed: set[tuple[str, str]] = set()

    def run(self) -> Grounded:
        """Begin with what nothing attacks; whatever is decided may decide others."""
        fresh: list[str] = []
        for name in self.names:
            if not self.live.get(name):
                self._decide(name, "in", 0, fresh)
        round_ = 0
        while fresh:
            round_ += 1
            following: list[str] = []
            for name in fresh:
                for edge in self._moved(name):
                    self._act(edge, round_, following)
            fresh = following
        return Grounded(self.labels, self.rounds, self.attacks)

    def _decide(self, name: str, label: Label, round_: int, fresh: list[str]) -> None:
        if name not in self.labels:
            self.labels[name], self.rounds[name] = label, round_
            fresh.append(name)

    def _moved(self, name: str) -> list[Edge]:
        """The attacking links that a point or link has a say in."""
        edges = self.out_of.get(name, []) + ([self.known[name]] if name in self.known else [])
        return [edge for edge in edges if edge.id in self.ends]

    def _act(self, edge: Edge, round_: int, following: list[str]) -> None:
        holds = _both(self.labels.get(edge.from_id, "undecided"), self.labels.get(edge.id, "undecided"))
        for end in self.ends[edge.id]:
            if holds == "in":
                self._decide(end, "out", round_, following)
            elif holds == "out" and (edge.id, end) not in self.failed:
                self.failed.add((edge.id, end))
                self.live[end] -= 1
                if not self.live[end]:
                    self._decide(end, "in", round_, following)
