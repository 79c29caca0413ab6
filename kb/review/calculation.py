"""What the calculations over the graph start from: which links count, whose credences, what is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import notify
from kb.graph import argument_graph
from kb.graph.argument_graph import ArgumentGraph
from kb.graph.questions import subject
from kb.model import ids
from kb.model.credence import Credence
from kb.model.link import Link
from kb.review import calibration, credences
from kb.review.credences import Histories
from kb.store.open import Store

if TYPE_CHECKING:
    from kb.graph.strength.energy import Strengths
    from kb.graph.strength.grounded import Grounded


@dataclass(frozen=True, slots=True)
class Subject:
    """The points of the graph that are asked about; `one` where a single statement was named."""

    points: list[str]
    one: bool = False


def load(store: Store, *, suggested: bool) -> ArgumentGraph:
    """The accepted graph; with `suggested` also what is suggested by rules that decisions have not shown to be bad."""
    if not suggested:
        return argument_graph.load(store, statuses=("accepted",))
    return argument_graph.load(store, doubted=calibration.hidden_rules(store, "link"))


def credences_of(store: Store, given: Histories, who: str | None) -> tuple[str, dict[str, tuple[float, float]]]:
    """The person meant, oneself for None, and what they hold: (low, high) by statement."""
    me = credences.own_name(store)
    person = me if who is None else credences.known_name(store, who)
    return person, credences.of_person(given, person)


def asked_about(store: Store, about: str | None, graph: ArgumentGraph) -> Subject:
    """What a REF or query means: all points without one; of a source those that something is linked to.

    Raises:
        NotFoundError: the REF names nothing.
    """
    if about is None:
        return Subject(list(graph.points))
    found = subject.find(store, about)
    points = [name for name in found.ids if name in graph.points]
    if found.named is None:
        return Subject(points)
    if found.named.startswith(ids.STATEMENT):
        if not points:
            notify(f"{found.named} takes no part: it was rejected, or its quote is lost (kb show {found.named})")
        return Subject(points, one=True)
    return Subject([name for name in points if any(graph.about(name))])


def most_moved(graph: ArgumentGraph, found: Strengths, points: Iterable[str]) -> list[str]:
    """Of these points those that links speak for or against, the ones first that they move furthest."""
    touched = (point for point in points if any(graph.about(point, "supports", "attacks")))
    return sorted(touched, key=lambda point: (-round(abs(found.of(point).value - found.of(point).base), 9), point))


def contested(found: Grounded, points: Iterable[str]) -> list[str]:
    """Of these points those that something attacks, by their labels: the fallen first."""
    from kb.graph.strength.grounded import LABELS

    return sorted((point for point in points if found.attacks.get(point)), key=lambda p: LABELS.index(found.of(p)))


@dataclass(frozen=True, slots=True)
class Strength:
    """What a statement comes to, between `low` and `high`; `base` is what it started from."""

    value: float
    low: float
    high: float
    base: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """What people believe of a statement, the newest credence first; its strength where accepted links bear on it."""

    credences: list[Credence]
    strength: Strength | None = None


def of_statement(store: Store, name: str, touching: Sequence[Link]) -> Weighed:
    """What `kb show` adds to a statement, given the links that touch it."""
    from kb.graph.strength.energy import strengths

    me = credences.own_name(store)
    held = credences.standing(credences.histories(store, me, [name]).get(name, {}))
    into = (link for link in touching if link.to_id == name and link.status == "accepted")
    if any(link.relation in ("supports", "attacks") for link in into):
        graph = load(store, suggested=False)
        if name in graph.points:
            one = strengths(graph, credences.of_person(credences.histories(store, me), me)).of(name)
            return Weighed(held, Strength(one.value, one.low, one.high, one.base))
    return Weighed(held)
