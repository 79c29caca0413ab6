"""What would move a thesis most, for one person or two; double cruxes: what moves both, and in which they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.errors import NotFoundError
from kb.graph.argument_graph import ArgumentGraph
from kb.graph.strength.cruxes import Crux, Cruxes, cone, cruxes
from kb.review import calculation, credences
from kb.review.credences import DIFFER, Histories, standing
from kb.sources import resolve
from kb.store.open import Store

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


@dataclass(frozen=True, slots=True)
class Found:
    """The cruxes of `root` for a person, and for a second one where there is one; `shared` has those of both."""

    graph: ArgumentGraph
    root: str
    person: str
    second: str | None
    one: Cruxes
    two: Cruxes | None
    shared: Sequence[Shared]


def find(store: Store, ref: str, who: str | None, second: str | None, *, suggested: bool) -> Found:
    """What moves a statement or source most for `who` (oneself for None) and a second person.

    Without a second person named it is whoever else has most credences in what speaks to the statement, if anybody.

    Raises:
        NotFoundError: the REF names nothing, or nothing that takes part in arguments.
    """
    root = resolve.ref(store, ref, "statement", "source").id
    graph = calculation.load(store, suggested=suggested)
    me = credences.own_name(store)
    given = credences.histories(store, me)
    person, base = calculation.credences_of(store, given, who)
    if root not in graph.points:
        raise NotFoundError(f"{root} takes no part in arguments", "it was rejected, its quote is lost, or no link "
                            "leads to it; kb show says which")  # fmt: skip
    if second is not None:
        second = credences.known_name(store, second)
    else:
        second = other_person(given, person, cone(graph, root))
    theirs = credences.of_person(given, second) if second else {}
    one = cruxes(graph, root, base)
    two = cruxes(graph, root, theirs) if second else None
    return Found(graph, root, person, second, one, two, merge(one, two, base, theirs))


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
