"""What is said around a statement: for it, against it, in answer to that and so on; what it is for; the same point.

Only what is near is read, so that it takes no longer in a large store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.graph.questions import items
from kb.graph.questions.critiques import sureness
from kb.graph.questions.items import Item
from kb.model.link import Edge, Link
from kb.model.words import Relation
from kb.store import links
from kb.store.open import Store

LIVE = ("accepted", "suggested")
_SIGNED: tuple[Relation, ...] = ("supports", "attacks", "undercuts")
_SAME: tuple[Relation, ...] = ("restates", "related")
_DEEP = 4  # answers to answers to answers
_MOST = 60  # statements of each depth


@dataclass(frozen=True, slots=True)
class Bearing:
    """Something said, with the link by which it bears on what it is shown under, and what bears on it in turn."""

    link: Link
    item: Item
    answers: tuple[Bearing, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """A statement with what bears on it. `on` is what it bears on itself; `same` what may be the same point.

    `left_out` counts links that are not shown.
    """

    item: Item
    supported: tuple[Bearing, ...]
    attacked: tuple[Bearing, ...]
    on: tuple[Bearing, ...]
    same: tuple[Bearing, ...]
    left_out: int = 0


def of(store: Store, name: str) -> Around | None:
    """What is said around a statement, a source or a turn; None where nobody makes the statement any more."""
    edges, left_out = _edges(store, name)
    near = links.edges_at(store, [name], statuses=LIVE, relations=_SAME).values()
    same = [edge for edge in near if edge.from_id != edge.to_id]
    every = [*edges, *same]
    known = items.read(store, [name, *(end for edge in every for end in (edge.from_id, edge.to_id))])
    if name not in known:
        return None
    full = items.read_links(store, every)
    into: dict[str, list[Edge]] = {}
    for edge in sorted(edges, key=sureness):
        into.setdefault(edge.to_id, []).append(edge)
    answers = _Answers(into, known, full)
    bearing = answers.under(name, frozenset({name}))
    on = [edge for edge in edges if edge.from_id == name and edge.to_id in known and edge.id in full]
    return Around(
        known[name],
        tuple(one for one in bearing if one.link.relation == "supports"),
        tuple(one for one in bearing if one.link.relation != "supports"),
        tuple(Bearing(full[edge.id], known[edge.to_id]) for edge in sorted(on, key=sureness)),
        tuple(
            Bearing(full[edge.id], known[other])
            for edge in sorted(same, key=sureness)
            if (other := edge.to_id if edge.from_id == name else edge.from_id) in known and edge.id in full
        ),
        left_out,
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    """Trees of what bears on what; nothing stands below itself."""

    into: Mapping[str, Sequence[Edge]]
    known: Mapping[str, Item]
    full: Mapping[str, Link]

    def under(self, name: str, above: frozenset[str]) -> tuple[Bearing, ...]:
        """What bears on a node, the surest first."""
        return tuple(self._one(edge, above) for edge in self.into.get(name, ()) if self._shown(edge, above))

    def _shown(self, edge: Edge, above: frozenset[str]) -> bool:
        return edge.from_id not in above and edge.from_id in self.known and edge.id in self.full

    def _one(self, edge: Edge, above: frozenset[str]) -> Bearing:
        deeper = above | {edge.from_id}
        steps = tuple(self._one(step, deeper) for step in self.into.get(edge.id, ()) if self._shown(step, deeper))
        return Bearing(self.full[edge.id], self.known[edge.from_id], self.under(edge.from_id, deeper) + steps)


def _edges(store: Store, name: str) -> tuple[list[Edge], int]:
    """The links with a sign around a node, some steps deep, and how many lie beyond."""
    found: dict[str, Edge] = {}
    ends: Iterable[str] = [name]
    seen = {name}
    left_out = 0
    for depth in range(_DEEP):
        new = [
            edge
            for edge in links.edges_at(store, ends, statuses=LIVE, relations=_SIGNED).values()
            if edge.id not in found and (edge.to_id in seen or depth == 0)
        ]
        kept = sorted(new, key=sureness)[:_MOST]
        left_out += len(new) - len(kept)
        found |= {edge.id: edge for edge in kept}
        ends = [end for edge in kept for end in (edge.id, edge.from_id) if end not in seen]
        seen.update(ends)
        if not ends:
            break
    return list(found.values()), left_out
