"""Strengths by the quadratic energy model (N. Potyka, "Continuous Dynamical Systems for Weighted Bipolar
Argumentation", KR 2018).

Of a point with base score w, whose supporters say S together and whose attackers A:

    E = S - A        h = E² / (1 + E²)        strength = w + (1 - w) h  where E > 0,  else  w - w h

A supporter, however weak, never lowers what it supports; an attacker never raises what it attacks, unless through a
circle. A link that is undercut counts by the product of 1 - (what its undercutters say).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.graph.argument_graph import ArgumentGraph
from kb.graph.strength.model import Model, Side, Voice, build, components
from kb.model.link import Edge

UNSTATED = (0.5, 0.5)
"""Base score of a point about which nobody has stated a credence."""

TOLERANCE = 1e-6
"""In a circle: least change of any value that goes on."""

_LEAST_STEP = 1 / 64
_FASTER = 1.1
_MOST_STEPS = 2_000
_MOST_WORK = 4_000_000  # values read in one circle, so that a large one ends in seconds

Base = Mapping[str, tuple[float, float]]
"""Credences by statement: (low, high)."""


@dataclass(frozen=True, slots=True)
class Strength:
    """The strength of a point, with the least and most that ranges of credence allow."""

    base: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one supporter or attacker says about a point, and how far its link holds (1 where nothing undercuts it).

    Not `counted` where another voice from the same source says as much or more.
    """

    edge: Edge
    strength: float
    holds: float
    amount: float
    counted: bool


@dataclass(frozen=True)
class Strengths:
    """The strengths of all points of an graph, and the points in circles that did not settle."""

    model: Model
    base: Base
    values: Sequence[float]
    lows: Sequence[float]
    highs: Sequence[float]
    unsettled: frozenset[str]

    def of(self, point: str) -> Strength:
        """The strength of a point of the graph."""
        item, (low, high) = self.model.numbers[point], self.base.get(point, UNSTATED)
        value = self.values[item]
        return Strength((low + high) / 2, value, min(self.lows[item], value), max(self.highs[item], value))

    def about(self, point: str) -> list[Contribution]:
        """What is said for and against a point, loudest first."""
        item = self.model.numbers[point]
        found: list[Contribution] = []
        for supports, side in ((True, self.model.supporters[item]), (False, self.model.attackers[item])):
            loudest = {voice for voice, _ in counted(side, self.values)}
            for voice in _voices(side):
                giver, gate, weight = voice
                amount = weight * self.values[giver] * self.values[gate]
                edge = self.model.edges[giver, item, supports]
                found.append(Contribution(edge, self.values[giver], self.values[gate], amount, voice in loudest))
        return sorted(found, key=lambda said: (not said.counted, -said.amount, said.edge.id))

    @cached_property
    def settled(self) -> bool:
        return not self.unsettled


def strengths(graph: ArgumentGraph, base: Base) -> Strengths:
    """The strength of every point. `base` holds credences; a point without one begins at a half.

    Where credences are ranges, bounds are computed too: as low as own and supporters' lows and attackers' highs allow.
    """
    model = build(graph)
    order = components(model)
    middle = start(model, base, lambda low, high: (low + high) / 2)
    values = list(middle)
    unsettled = settle(model, order, middle, values)
    lows = highs = values
    if any(low < high for low, high in base.values()):
        least, most = start(model, base, lambda low, _: low), start(model, base, lambda _, high: high)
        lows, highs = list(least), list(most)
        unsettled |= settle(model, order, least, lows, most, highs)
    names = frozenset(model.names[item] for item in unsettled if model.is_point(item))
    return Strengths(model, base, values, lows, highs, names)


def start(model: Model, base: Base, choose: Callable[[float, float], float]) -> list[float]:
    """The value that each item begins with: a point's base score, a link's 1."""
    unstated = choose(*UNSTATED)
    found = [1.0, *(unstated for _ in range(model.points)), *(1.0 for _ in model.names[model.points + 1 :])]
    for name, bounds in base.items():
        if (item := model.numbers.get(name)) is not None and model.is_point(item):
            found[item] = choose(*bounds)
    return found


def settle(
    model: Model,
    order: Iterable[Sequence[int]],
    base: Sequence[float],
    values: list[float],
    top: Sequence[float] = (),
    highs: list[float] | None = None,
) -> set[int]:
    """Compute the values of these components in place. Returns the items of circles that did not settle.

    With `top` and `highs`, `values` become lower bounds and `highs` upper ones: what is for an item is taken at its
    least and what is against it at its most, and the other way round.
    """
    unsettled: set[int] = set()
    others = values if highs is None else highs
    for component in order:
        item = component[0]
        if len(component) > 1:
            if not _circle(model, component, base, values, top, highs):
                unsettled.update(component)
        else:
            low = value(model, item, base[item], values, others)
            if highs is not None:
                highs[item] = value(model, item, top[item], highs, values)
            values[item] = low
    return unsettled


def _circle(
    model: Model,
    items: Sequence[int],
    base: Sequence[float],
    values: list[float],
    top: Sequence[float],
    highs: list[float] | None,
) -> bool:
    """Iterate from the base scores, all items at once, more cautiously as long as the values swing. Ends always."""
    others = values if highs is None else highs
    for item in items:
        values[item] = base[item]
        if highs is not None:
            highs[item] = top[item]
    step, before = 1.0, 2.0
    work = sum(len(model.hears[item]) for item in items) + 1
    for _ in range(max(200, min(_MOST_STEPS, _MOST_WORK // work))):
        new = [value(model, item, base[item], values, others) for item in items]
        change = max((abs(new[at] - values[item]) for at, item in enumerate(items)), default=0.0)
        if highs is not None:
            new_highs = [value(model, item, top[item], highs, values) for item in items]
            change = max(change, *(abs(new_highs[at] - highs[item]) for at, item in enumerate(items)))
        step = max(step / 2, _LEAST_STEP) if change >= before else min(step * _FASTER, 1.0)
        before = change
        if done := change < TOLERANCE:
            step = 1.0
        for at, item in enumerate(items):
            values[item] += step * (new[at] - values[item])
            if highs is not None:
                highs[item] += step * (new_highs[at] - highs[item])
        if done:
            return True
    return False


def value(model: Model, item: int, base: float, values: Sequence[float], others: Sequence[float]) -> float:
    """The value of an item: what is for it is read from `values`, what is against it from `others`."""
    against = model.attackers[item]
    if item > model.points:
        holds = 1.0
        for _, amount in counted(against, others):
            holds *= 1.0 - amount
        return holds
    energy = _together(model.supporters[item], values) - _together(against, others)
    square = energy * energy
    share = square / (1.0 + square)
    return base + (1.0 - base) * share if energy > 0 else base - base * share


def _together(side: Side, values: Sequence[float]) -> float:
    """What the voices of a side say together."""
    total = 0.0
    for giver, gate, weight in side.alone:
        total += weight * values[giver] * values[gate]
    for group in side.groups:
        total += max([weight * values[giver] * values[gate] for giver, gate, weight in group])
    if side.shared:
        total += sum(amount for _, amount in _with_own_source(side, values))
    return total


def counted(side: Side, values: Sequence[float]) -> list[tuple[Voice, float]]:
    """The voices that count, each source once, with what they say."""

    def says(voice: Voice) -> float:
        return voice[2] * values[voice[0]] * values[voice[1]]

    found = [(voice, says(voice)) for voice in (*side.alone, *(max(group, key=says) for group in side.groups))]
    return found + _with_own_source(side, values) if side.shared else found


def _with_own_source(side: Side, values: Sequence[float]) -> list[tuple[Voice, float]]:
    """The loudest of the voices made in several sources that can each be given one of its own.

    Greedy with augmenting paths, which is best for any weights on one side of a matching. Therefore one more voice,
    or a louder one, never makes the sum less.
    """
    amounts = [(weight * values[giver] * values[gate]) for (giver, gate, weight), _ in side.shared]
    owner: dict[str, int] = {}

    def place(number: int, seen: set[str]) -> bool:
        for name in sorted(side.shared[number][1]):
            if name not in seen:
                seen.add(name)
                if name not in owner or place(owner[name], seen):
                    owner[name] = number
                    return True
        return False

    loudest = sorted(range(len(amounts)), key=lambda number: -amounts[number])
    return [(side.shared[number][0], amounts[number]) for number in loudest if place(number, set())]


def _voices(side: Side) -> list[Voice]:
    grouped = [voice for group in side.groups for voice in group]
    return [*side.alone, *grouped, *(voice for voice, _ in side.shared)]
