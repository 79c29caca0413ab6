"""Which credences are listed: of whom, given when, and only those that moved or in which people differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.model.credence import Credence
from kb.model.filters import Filters
from kb.model.json_form import JsonObject, json_form, json_object
from kb.review.credences import DIFFER, Histories, gap, moves, standing
from kb.store import statements
from kb.store.conditions import among as named_among
from kb.store.conditions import every, on_statements
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """`who` is a person as `credences.known_name` gives them; `first` and `last` are ISO dates, the last one outside.

    `moved`: only credences that changed in that time, taken back or not.
    """

    who: str | None = None
    first: str | None = None
    last: str | None = None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What one person holds of a statement, and the credences between which it moved, oldest first."""

    now: Credence
    moves: list[Credence]

    def as_json(self) -> JsonObject:
        """As JSON shows it."""
        return json_object(self.now) | {"moves": json_form(self.moves)}


@dataclass(frozen=True, slots=True)
class Belief:
    """A statement with what is held of it, the newest first, and how far apart all people are who hold something."""

    statement_id: str
    held: list[Held]
    gap: float

    @property
    def at(self) -> str:
        """When the newest was given."""
        return self.held[0].now.at

    @property
    def differ(self) -> bool:
        return self.gap >= DIFFER

    def as_json(self) -> JsonObject:
        """As JSON shows it."""
        return {
            "id": self.statement_id,
            "at": self.at,
            "credences": [one.as_json() for one in self.held],
            "gap": round(self.gap, 9),
            "differ": self.differ,
        }


def listed(found: Histories, wanted: Wanted) -> list[Belief]:
    """The statements of which somebody holds what is wanted, in the order of `found`."""
    return [belief for name, people in found.items() if (belief := _belief(name, people, wanted)) is not None]


def _belief(name: str, people: Mapping[str, Sequence[Credence]], wanted: Wanted) -> Belief | None:
    first, last = wanted.first, wanted.last
    held = []
    for person, history in people.items():
        in_time = [credence for credence in history if last is None or credence.at < last]
        path = moves(in_time, first)
        if wanted.who not in (None, person) or not in_time or (first is not None and in_time[-1].at < first):
            continue
        if (wanted.moved and len(path) < 2) or (not wanted.moved and in_time[-1].withdrawn):
            continue
        held.append(Held(in_time[-1], path))
    held.sort(key=lambda one: (one.now.at, one.now.who), reverse=True)
    return Belief(name, held, gap(standing(people))) if held else None


def among(store: Store, found: Histories, filters: Filters, query: str | None) -> Histories:
    """Those of the statements that the filters let through; with a query, the best first."""
    if query:
        from kb.search.search import search

        hits = search(store, query, where="statements", filters=filters, each=True).hits
        names = [hit.unit.id for hit in hits if hit.unit.id in found]
    else:
        inside = every([on_statements(store, filters), named_among("st.id", found)])
        names = [statement.id for statement in statements.chosen(store, inside)]
    return {name: found[name] for name in names}
