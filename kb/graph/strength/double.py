"""Double cruxes: what moves a thesis for two people who hold different credences in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.graph.strength.cruxes import Crux, Cruxes
from kb.review.credences import DIFFER, Histories, standing

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shared:
    """A statement that moves the root for one person or both, with what each believes of it."""

    one: Crux | None
    two: Crux | None
    credence_one: Bounds | None
    credence_two: Bounds | None

    @property
    def crux(self) -> Crux:
        found = self.one or self.two
        assert found is not None
        return found

    @property
    def moves(self) -> float:
        """How far it moves the root, for whom it moves it more."""
        return max(abs(crux.change) for crux in (self.one, self.two) if crux)

    @property
    def double(self) -> bool:
        """It moves both, and the middles of what they believe of it lie far apart."""
        if not (self.one and self.two and self.credence_one and self.credence_two):
            return False
        return abs(sum(self.credence_one) - sum(self.credence_two)) / 2 >= DIFFER


def other_person(given: Histories, person: str, within: Iterable[str]) -> str | None:
    """Who, but for this person, has most credences in these statements; None where nobody has."""
    counts: dict[str, int] = {}
    for name in within:
        for credence in standing(given.get(name, {})):
            if credence.who != person:
                counts[credence.who] = counts.get(credence.who, 0) + 1
    return min(counts, key=lambda who: (-counts[who], who), default=None)


def merge(
    one: Cruxes, two: Cruxes | None, held_one: Mapping[str, Bounds], held_two: Mapping[str, Bounds]
) -> Sequence[Shared]:
    """The cruxes of one person, or of two, those that move either most first."""
    first = {crux.point: crux for crux in one.found}
    second = {crux.point: crux for crux in two.found} if two else {}
    found = [
        Shared(first.get(name), second.get(name), held_one.get(name), held_two.get(name))
        for name in dict.fromkeys([*first, *second])
    ]
    return sorted(found, key=lambda shared: (-round(shared.moves, 9), shared.crux.distance, shared.crux.point))
