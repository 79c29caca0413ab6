"""What stands, given the recorded critiques and replies: the grounded labelling of attacks (P. M. Dung, "On the
acceptability of arguments", 1995), with undercuts as attacks on links (as in P. Baroni et al., "AFRA", 2011).

A point is *in* if every attack on it fails, *out* if one holds, else *undecided*. An attack holds if the attacker is in
and its link is; it fails if either is out. A link is judged in the same way by what undercuts it. Support and
credences play no part: the question is only whether a recorded critique has a recorded answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kb.graph.argument_graph import Argument, Tie

Label = Literal["in", "out", "undecided"]
LABELS: tuple[Label, ...] = ("out", "undecided", "in")


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of why a label holds: an attack or undercut, from whom, and the label of whom.

    `answered` are the steps that defeat it in turn.
    """

    tie: Tie
    label: Label
    answered: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Grounded:
    """Labels of points and of links that attack or undercut; `rounds` says how late each was decided."""

    labels: Mapping[str, Label]
    rounds: Mapping[str, int]
    attacks: Mapping[str, list[Tie]]  # on a point or link

    def of(self, name: str) -> Label:
        return self.labels.get(name, "undecided")

    def attacked(self) -> list[str]:
        """Points and links on which there is an attack."""
        return list(self.attacks)

    def reasons(self, name: str, depth: int = 3) -> tuple[Reason, ...]:
        """Why a point has its label: what makes it fall; what defeats each attack on it; what leaves it open."""
        label = self.of(name)
        found = []
        for tie in self.attacks.get(name, ()):
            holds = self._holds(tie)
            if label == "in":
                found.append(Reason(tie, self.of(tie.start), self._defeats(tie, depth)))
            elif label == "out" and holds == "in":
                found.append(Reason(tie, "in", self._support_of(tie, depth)))
            elif label == "undecided" and holds == "undecided":
                found.append(Reason(tie, self.of(tie.start)))
        found.sort(key=lambda reason: (self.rounds.get(reason.tie.start, 0), reason.tie.id))
        return tuple(found[:1]) if label == "out" else tuple(found)

    def _holds(self, tie: Tie) -> Label:
        return _both(self.of(tie.start), self.of(tie.id))

    def _defeats(self, tie: Tie, depth: int) -> tuple[Reason, ...]:
        """What makes an attack fail: the attacker's fall, or the undercutting of its link."""
        return self.reasons(tie.start if self.of(tie.start) == "out" else tie.id, depth - 1) if depth > 0 else ()

    def _support_of(self, tie: Tie, depth: int) -> tuple[Reason, ...]:
        """How an attack that holds got over the attacks on the attacker and its link."""
        return (*self.reasons(tie.start, depth - 1), *self.reasons(tie.id, depth - 1)) if depth > 0 else ()


def _both(one: Label, other: Label) -> Label:
    if "out" in (one, other):
        return "out"
    return "in" if one == other == "in" else "undecided"


def ground(argument: Argument) -> Grounded:
    """The least labelling: nothing is in or out but what has to be. Linear in the number of links."""
    known = {tie.id: tie for tie in argument.ties}
    attacks: dict[str, list[Tie]] = {}
    for tie in sorted(argument.ties, key=lambda tie: tie.id):
        if tie.relation == "supports":
            continue
        if tie.relation == "attacks" or tie.end in known:
            attacks.setdefault(tie.end, []).append(tie)
        else:  # it undercuts whatever the point says of others
            for other in argument.out_of.get(tie.end, ()):
                attacks.setdefault(other.id, []).append(tie)
    return _Labelling(argument, known, attacks).run()


class _Labelling:
    def __init__(self, argument: Argument, known: Mapping[str, Tie], attacks: dict[str, list[Tie]]) -> None:
        self.attacks = attacks
        self.names = [*argument.points, *known]
        self.out_of = argument.out_of
        self.known = known
        self.ends: dict[str, list[str]] = {}  # an attacking link → what it is on
        for end, ties in attacks.items():
            for tie in ties:
                self.ends.setdefault(tie.id, []).append(end)
        self.labels: dict[str, Label] = {}
        self.rounds: dict[str, int] = {}
        self.live = {name: len(ties) for name, ties in attacks.items()}  # attacks on it that have not failed
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
                for tie in self._moved(name):
                    self._act(tie, round_, following)
            fresh = following
        return Grounded(self.labels, self.rounds, self.attacks)

    def _decide(self, name: str, label: Label, round_: int, fresh: list[str]) -> None:
        if name not in self.labels:
            self.labels[name], self.rounds[name] = label, round_
            fresh.append(name)

    def _moved(self, name: str) -> list[Tie]:
        """The attacking links that a point or link has a say in."""
        ties = self.out_of.get(name, []) + ([self.known[name]] if name in self.known else [])
        return [tie for tie in ties if tie.id in self.ends]

    def _act(self, tie: Tie, round_: int, following: list[str]) -> None:
        holds = _both(self.labels.get(tie.start, "undecided"), self.labels.get(tie.id, "undecided"))
        for end in self.ends[tie.id]:
            if holds == "in":
                self._decide(end, "out", round_, following)
            elif holds == "out" and (tie.id, end) not in self.failed:
                self.failed.add((tie.id, end))
                self.live[end] -= 1
                if not self.live[end]:
                    self._decide(end, "in", round_, following)
