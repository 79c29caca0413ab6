"""Whom somebody answers, and who answers them: links with a sign between what people state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.graph import argument_graph
from kb.sources.voices import Heard
from kb.store import sources, statements
from kb.store.open import Store
from kb.text.strings import fold


@dataclass(frozen=True, slots=True)
class Answered:
    """How often what one person states supports and attacks what another one (`name`) does, undercuts among attacks."""

    name: str
    supports: int = 0
    attacks: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    """Whom a person answers, and who answers them; the most answered first."""

    given: Sequence[Answered]
    received: Sequence[Answered]


def of_person(store: Store, people: Mapping[str, Heard], name: str) -> Answers:
    """The answers between a person, by the name under which they are known, and everybody else."""
    mine = people[fold(name)]
    graph = argument_graph.load(store)
    own = set(statements.ids(store, mine.stated).values()) if mine.stated else set()
    rowids = {rowid for one in people.values() for rowid in one.stated}
    names = statements.ids(store, rowids)
    whose: dict[str, list[str]] = {}
    for one in people.values():
        for rowid in one.stated:
            whose.setdefault(names[rowid], []).append(one.person.name)
    texts = {point.id for point in graph.points.values() if point.kind == "source"}
    whose |= {source.id: list(source.authors) for source in sources.read(store, texts).values()}
    own |= {name_ for name_ in texts if mine.person.name in whose[name_]}
    ends = {edge.id: edge.from_id for edge in graph.edges}
    given: dict[str, list[str]] = {}
    received: dict[str, list[str]] = {}
    for edge in graph.edges:
        target = ends.get(edge.to_id, edge.to_id)  # what undercuts a link speaks to who drew it
        if edge.from_id in own and target not in own:
            _count(given, whose.get(target, ()), edge.relation)
        elif target in own and edge.from_id not in own:
            _count(received, whose.get(edge.from_id, ()), edge.relation)
    return Answers(_counted(given), _counted(received))


def _count(found: dict[str, list[str]], people: Iterable[str], relation: str) -> None:
    for name in people:
        found.setdefault(name, []).append(relation)


def _counted(found: Mapping[str, Sequence[str]]) -> list[Answered]:
    rows = [Answered(name, said.count("supports"), len(said) - said.count("supports")) for name, said in found.items()]
    return sorted(rows, key=lambda one: (-one.supports - one.attacks, one.name))
