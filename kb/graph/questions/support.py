"""What rests on a statement, and which statements rest on nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kb.graph.argument_graph import Argument, Tie
from kb.graph.questions.critiques import sureness

DEPTH = 5
NEEDS_SUPPORT = ("claim", "theory_of_impact")


@dataclass(frozen=True, slots=True)
class Dependent:
    """A statement supported by the root, `depth` steps away: first reached by the link `via`.

    `others` are its supports that do not come from the root or from what rests on it.
    """

    id: str
    depth: int
    via: Tie
    others: tuple[Tie, ...]

    @property
    def falls(self) -> bool:
        """Whether nothing recorded would support it any more."""
        return not self.others


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on some statements, nearest first. `cycles` are links that close a circle; `beyond` lie too deep."""

    dependents: tuple[Dependent, ...]
    cycles: tuple[Tie, ...]
    beyond: int


def rests_on(argument: Argument, roots: Collection[str], depth: int = DEPTH) -> Resting:
    """Statements that the roots support, directly or through others, each at its least distance."""
    reached: dict[str, tuple[int, Tie]] = {}
    frontier, level, beyond = list(dict.fromkeys(roots)), 0, 0
    while frontier:
        level += 1
        following: list[str] = []
        for name in frontier:
            for tie in _onward(argument, name):
                if tie.end not in reached and tie.end not in roots:
                    reached[tie.end] = level, tie
                    following.append(tie.end)
        frontier = following
    inside = {*roots, *reached}
    shown = []
    for name, (distance, via) in reached.items():
        if distance > depth:
            beyond += 1
            continue
        others = [t for t in argument.about(name, "supports") if t.start not in inside]
        shown.append(Dependent(name, distance, via, tuple(sorted(others, key=sureness))))
    return Resting(tuple(shown), tuple(_leading_back(argument, roots)), beyond)


def _onward(argument: Argument, name: str) -> list[Tie]:
    """Links by which it supports something, the surest first."""
    ties = (t for t in argument.out_of.get(name, ()) if t.relation == "supports" and t.end in argument.points)
    return sorted(ties, key=sureness)


def _leading_back(argument: Argument, roots: Iterable[str]) -> Iterator[Tie]:
    """Links of support that close a circle, found by going down before going on."""
    open_ones: set[str] = set()
    done: set[str] = set()
    for root in roots:
        if root in done:
            continue
        open_ones.add(root)
        stack = [(root, iter(_onward(argument, root)))]
        while stack:
            name, ties = stack[-1]
            tie = next(ties, None)
            if tie is None:
                stack.pop()
                open_ones.discard(name)
                done.add(name)
            elif tie.end in open_ones:
                yield tie
            elif tie.end not in done:
                open_ones.add(tie.end)
                stack.append((tie.end, iter(_onward(argument, tie.end))))


def without_evidence(argument: Argument) -> set[str]:
    """Ids of claims and theories that nothing recorded supports."""
    return {
        name
        for name, point in argument.points.items()
        if point.kind in NEEDS_SUPPORT and not any(True for _ in argument.about(name, "supports"))
    }
