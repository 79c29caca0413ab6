"""Cruxes: the statements whose removal moves a thesis most. A sensitivity of the recorded graph, which stands in for
"if I learnt that this is not so, how far would I change my mind about that?".
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from kb.graph.argument_graph import SIGNED, ArgumentGraph
from kb.graph.strength.energy import Base, settle, start, value
from kb.graph.strength.model import Model, build, components
from kb.model.link import Edge

NEAREST = 400
"""At most so many statements of a cone are tried, the nearest to the root."""

_STILL = 1e-5  # a smaller change is not passed on
_MOST_ROUNDS = 200
_MOST_WORK = 2_000_000  # values read, so that a cone full of circles ends in seconds


@dataclass(frozen=True, slots=True)
class Crux:
    """`change` is the root's strength without the point, less its strength with it; `first` the way to the root."""

    point: str
    strength: float
    without: float
    change: float
    distance: int
    first: Edge


@dataclass(frozen=True, slots=True)
class Cruxes:
    """Of a root: its strength, its cruxes by how far they move it, and how many of its cone were tried."""

    root: str
    strength: float
    found: tuple[Crux, ...]
    tried: int
    cone: int
    settled: bool


def cone(graph: ArgumentGraph, root: str) -> dict[str, tuple[int, Edge | None]]:
    """Every point that speaks to the root, directly or through others: how many links away, and by which link.

    A statement that undercuts a link is as far away as the one whose link it is.
    """
    found: dict[str, tuple[int, Edge | None]] = {root: (0, None)}
    waiting = deque([root])
    while waiting:
        name = waiting.popleft()
        heard = {edge.id: edge for edge in graph.about(name, *SIGNED)}
        more = list(heard.values())
        while more:  # what undercuts a link is heard through it; and so on
            edge = more.pop()
            if edge.from_id not in found:
                found[edge.from_id] = (found[name][0] + 1, edge)
                waiting.append(edge.from_id)
            fresh = {other.id: other for other in graph.into.get(edge.id, ()) if other.id not in heard}
            heard |= fresh
            more += fresh.values()
    return found


def cruxes(graph: ArgumentGraph, root: str, base: Base, *, nearest: int = NEAREST, least: float = 1e-4) -> Cruxes:
    """The points that move `root` by at least `least` when they are taken away, those that move it most first."""
    reached = cone(graph, root)
    part = ArgumentGraph(
        {name: graph.points[name] for name in reached},
        [edge for name in reached for edge in graph.out_of.get(name, ())
         if edge.to_id in reached or edge.to_id not in graph.points],
    )  # fmt: skip
    return _Search(part, root, base).run(reached, nearest, least)


class _Search:
    def __init__(self, part: ArgumentGraph, root: str, base: Base) -> None:
        self.model: Model = build(part)
        self.base = start(self.model, base, lambda low, high: (low + high) / 2)
        self.values = list(self.base)
        self.settled = not settle(self.model, components(self.model), self.base, self.values)
        self.root = root
        self.work = _MOST_WORK
        self.heard_by: list[list[int]] = [[] for _ in self.model.names]
        for item, heard in enumerate(self.model.hears):
            for other in heard:
                self.heard_by[other].append(item)

    def run(self, reached: dict[str, tuple[int, Edge | None]], nearest: int, least: float) -> Cruxes:
        root = self.model.numbers[self.root]
        others = sorted((distance, name) for name, (distance, edge) in reached.items() if edge is not None)[:nearest]
        found: list[Crux] = []
        tried = 0
        for distance, name in others:
            if self.work <= 0:
                break
            tried += 1
            without = self._without(self.model.numbers[name])[root]
            change = without - self.values[root]
            if abs(change) >= least and (edge := reached[name][1]) is not None:
                found.append(Crux(name, self.values[self.model.numbers[name]], without, change, distance, edge))
        found.sort(key=lambda crux: (-round(abs(crux.change), 9), crux.distance, crux.point))
        return Cruxes(self.root, self.values[root], tuple(found), tried, len(reached) - 1, self.settled)

    def _without(self, gone: int) -> list[float]:
        """All values when a point says nothing. The change spreads from it, to those only who hear of it."""
        values = list(self.values)
        values[gone] = 0.0
        spreading = self.heard_by[gone]
        for round_ in range(_MOST_ROUNDS):
            step = 1.0 if round_ < _MOST_ROUNDS // 4 else 0.25  # what still swings by then is in a circle
            items = [item for item in dict.fromkeys(spreading) if item != gone]
            self.work -= sum(len(self.model.hears[item]) for item in items)
            new = [value(self.model, item, self.base[item], values, values) for item in items]
            spreading = []
            for item, now in zip(items, new, strict=True):
                change = now - values[item]
                if abs(change) > _STILL:
                    values[item] += step * change
                    spreading += self.heard_by[item]
                    if step < 1.0:
                        spreading.append(item)
                else:
                    values[item] = now
            if not spreading:
                return values
        self.settled = False
        return values
