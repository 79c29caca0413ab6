"""Issues: what several people or texts say on one point, for or against it, and what nobody has answered.

An issue is found anew each time (`kb.suggest.one_point`), and keeps its id while its oldest statement is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.graph.argument_graph import ArgumentGraph
from kb.graph.questions import critiques, titles
from kb.model import ids
from kb.model.link import Edge
from kb.model.proposed import Proposed
from kb.model.statement import Gloss, Statement
from kb.store import links, people, proposals, statements
from kb.store.open import Store
from kb.suggest import one_point
from kb.suggest.one_point import Group, Said


@dataclass(frozen=True, slots=True)
class Side:
    """Who says which of the statements; `speaker` is None where nobody is known to."""

    speaker: str | None
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """Ids of statements on one point, in the order of their texts (`sources`), with who says them.

    `answers` are the links with a sign that end at one of them. `unanswered`: to these no reply is recorded, though
    something attacks them, or they are critiques. `copies`: what a speaker says once more, left out elsewhere. `gloss`
    is what a model calls it; once a person accepts that, it is the title.
    """

    id: str
    title: str
    statements: tuple[str, ...]
    sides: tuple[Side, ...]
    unanswered: tuple[str, ...]
    sources: tuple[str, ...] = ()
    answers: tuple[Edge, ...] = ()
    copies: tuple[str, ...] = ()
    gloss: Gloss | None = field(default=None, metadata={"optional": True})
    score: float = field(default=0.0, metadata={"json": None})


def of(store: Store, graph: ArgumentGraph, listed: Sequence[Statement]) -> list[Issue]:
    """The issues among these statements, those first that most is said and argued about."""
    rowids = statements.rowids(store, [one.id for one in listed])
    names = {rowid: name for name, rowid in rowids.items()}
    places = _places(store, listed)
    said = [
        Said(rowids[name], one.text, made[0][0], frozenset(speaker for _, speaker in made), frozenset(made))
        for one in listed
        if (made := places[name := one.id])
    ]
    together, apart = (_judged(store, rowids, status) for status in ("accepted", "rejected"))
    order = {one.id: (at, one) for at, one in enumerate(listed)}
    found = []
    for group in one_point.groups(store, said, together, apart - together):
        members = [one for _, one in sorted((order[names[rowid]] for rowid in group.members), key=lambda one: one[0])]
        if len({place for one in members for place in places[one.id]}) > 1:
            found.append(_issue(graph, members, places, group, names))
    called = proposals.standing(store, "title", [one.id for one in found])
    found = [_called(one, called[one.id]) if one.id in called else one for one in found]
    return sorted(found, key=lambda one: (-_weight(one), one.id))


def _called(issue: Issue, title: Proposed) -> Issue:
    """The issue by what a model calls it, where a person accepted that; else with it beside its title."""
    if title.status == "accepted":
        return replace(issue, title=title.value)
    return replace(issue, gloss=Gloss(title.value, title.rule, title.status))


def _issue(
    graph: ArgumentGraph, members: Sequence[Statement], places: Places, group: Group, names: Mapping[int, str]
) -> Issue:
    copies = tuple(names[rowid] for rowid in group.copies)
    sides: dict[str | None, list[str]] = {}
    for one in members:
        for speaker in dict.fromkeys(speaker for _, speaker in places[one.id]):
            sides.setdefault(speaker, []).append(one.id)
    known = tuple(one.id for one in members)
    return Issue(
        ids.make(ids.ISSUE, names[min(*group.members, *group.copies)]),
        titles.telling(members, lambda one: one.context is not None).text,
        known,
        tuple(Side(speaker, tuple(some)) for speaker, some in sorted(sides.items(), key=lambda side: side[0] is None)),
        tuple(one.id for one in members if _open(graph, one)),
        tuple(dict.fromkeys(source for one in members for source, _ in places[one.id])),
        tuple(dict.fromkeys(edge for name in (*known, *copies) for edge in _about(graph, name))),
        copies,
        score=group.score,
    )


Places = Mapping[str, Sequence[tuple[str, str | None]]]
"""Where each statement is made and by whom: (source, speaker), None where nobody is known to say it."""


def _places(store: Store, listed: Sequence[Statement]) -> Places:
    """Where nobody is named the authors of the text speak, unless the words are quoted."""
    unnamed = {m.source for one in listed for m in one.mentions if not m.speaker and m.voice != "quoted"}
    authors = {source: ", ".join(names) for source, names in people.authors_of(store, unnamed).items()}
    return {one.id: [(m.source, m.said_by(authors.get(m.source, "")) or None) for m in one.mentions] for one in listed}


def _judged(store: Store, rowids: dict[str, int], status: str) -> frozenset[frozenset[int]]:
    """Pairs of statements of which a person said that they are, or are not, about the same."""
    edges = links.edges(store, [status], ["related", "restates"])
    ends = (frozenset(rowids.get(name, -1) for name in (edge.from_id, edge.to_id)) for edge in edges)
    return frozenset(pair for pair in ends if len(pair) == 2 and -1 not in pair)


def _about(graph: ArgumentGraph, name: str) -> Iterable[Edge]:
    return sorted(graph.about(name, "supports", "attacks", "undercuts"), key=critiques.sureness)


def _open(graph: ArgumentGraph, one: Statement) -> bool:
    """Whether something attacks it that nothing answers, or it is a critique that nothing answers."""
    mine = [edge for edge in graph.out_of.get(one.id, ()) if edge.relation in {"attacks", "undercuts"}]
    if one.kind == "critique":
        return not critiques.replies_to(graph, one.id) and not any(critiques.replies(graph, edge) for edge in mine)
    return any(not critiques.replies(graph, edge) for edge in graph.about(one.id, "attacks", "undercuts"))


def _weight(issue: Issue) -> float:
    """How much an issue tells: how near its statements are, how many speak, and whether they answer each other."""
    return issue.score + 0.1 * len(issue.sides) + 0.1 * min(len(issue.answers), 3)
