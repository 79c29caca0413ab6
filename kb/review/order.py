"""Which suggestions wait for a decision, those first that teach or matter most.

A suggestion's worth is the sum of two numbers between 0 and 1:

- what it teaches: the width of the 95 % interval of its rule's precision (`calibration`) after the decisions there are
  and the suggestions of the same rule that stand before it. A rule that nothing is known about comes first, and rules
  take turns.
- whether it matters: half for a link that would answer a critique which nothing accepted answers, and up to half for
  how many other signed links touch its ends. A link without a sign matters to no question, so it has 0.

Within a rule those that matter most come first, then the best scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Literal

from kb import config
from kb.model.link import Edge
from kb.model.proposed import Proposed
from kb.model.statement import Point
from kb.model.words import RELATIONS
from kb.review import calibration
from kb.sources import resolve
from kb.store import decisions, links, proposals, sources, statements
from kb.store.open import Store

What = Literal["links", "statements", "proposals"]
_TABLES: dict[What, calibration.Table] = {"links": "link", "statements": "statement", "proposals": "proposal"}

_ANSWERS = ("attacks", "undercuts")
_MANY = 31  # links at an end from which on it counts in full


@dataclass(frozen=True, slots=True)
class Choice:
    """Which suggestions: about a source, statement or link; of a basis, relation (links) or kind (statements).

    Statements below the confidence `least` and suggestions of `hidden` rules are left out.
    """

    about: str | None = None
    basis: str | None = None
    relation: str | None = None
    kind: str | None = None
    least: float = 0.0
    hidden: frozenset[calibration.Rule] = frozenset()


@dataclass(frozen=True, slots=True)
class _Item:
    id: str
    rule: calibration.Rule
    matter: float
    score: float


def chosen(
    store: Store,
    what: What,
    *,
    about: str | None = None,
    basis: str | None = None,
    relation: str | None = None,
    everything: bool = False,
) -> Choice:
    """The choice that a person means: `about` is a REF; what is too unsure is left out, unless `everything` is wanted.

    Raises:
        NotFoundError: nothing is meant by the REF.
    """
    name = resolve.ref(store, about, "source", "statement", "link").id if about else None
    if everything:
        return Choice(about=name, basis=basis, relation=relation)
    hidden = calibration.hidden_rules(store, _TABLES[what])
    least = config.load(store.home).statement_threshold
    return Choice(about=name, basis=basis, relation=relation, least=least, hidden=hidden)


def waiting(store: Store, what: What, choice: Choice) -> list[str]:
    """Ids of what is suggested and undecided, in the order to go through them. What judges say matters to no question.

    Links with an end that is rejected, or that no text has any more, do not wait for a decision.
    """
    said = statements.points(store)
    live = links.edges(store, ("accepted", "suggested"), RELATIONS)
    touching = Counter(end for edge in live if edge.relation != "related" for end in (edge.from_id, edge.to_id))
    if what == "statements":
        items = _statements(said, touching, choice)
    else:
        items = _links(store, said, live, touching, choice) if what == "links" else _proposals(store, said, choice)
    known = {(t.basis, t.rule): t.decided for t in decisions.tallies(store) if t.table == _TABLES[what]}
    return _in_turn(items, known)


def _proposals(store: Store, said: Mapping[str, Point], choice: Choice) -> list[_Item]:
    return [
        _Item(one.id, (one.basis, one.rule), 0.0, one.score or 0.0)
        for one in proposals.waiting(store)
        if _chosen(one, choice)
        and (one.field == "title" or one.target in said)
        and (choice.about in (None, one.target) or (one.target in said and choice.about in said[one.target].sources))
    ]


def _statements(said: Mapping[str, Point], touching: Counter[str], choice: Choice) -> list[_Item]:
    return [
        _Item(name, (point.basis, point.rule), _share(touching[name]), point.confidence or 0.0)
        for name, point in said.items()
        if point.status == "suggested"
        and (point.confidence is None or point.confidence >= choice.least)
        and choice.kind in (None, point.kind)
        and _chosen(point, choice)
        and (choice.about in (None, name) or choice.about in point.sources)
    ]


def _links(
    store: Store, said: Mapping[str, Point], live: Sequence[Edge], touching: Counter[str], choice: Choice
) -> list[_Item]:
    answered = {edge.to_id for edge in live if edge.relation in _ANSWERS and edge.status == "accepted"}
    names = {edge.id for edge in live}
    ends = {end for edge in live for end in (edge.from_id, edge.to_id)}
    texts = sources.read(store, ends - said.keys() - names)
    there = said.keys() | names | {name for name, source in texts.items() if source.state == "here"}
    items = []
    for edge in live:
        own = edge.from_id, edge.to_id
        if edge.status != "suggested" or choice.relation not in (None, edge.relation) or not _chosen(edge, choice):
            continue
        if not there.issuperset(own) or not _about(edge, said, choice.about):
            continue
        matter = 0.0
        if edge.relation != "related":
            target = said.get(edge.to_id)
            unanswered = target is not None and target.kind == "critique" and edge.to_id not in answered
            matter = 0.5 * (edge.relation in _ANSWERS and unanswered) + _share(sum(touching[e] - 1 for e in own))
        items.append(_Item(edge.id, (edge.basis, edge.rule), matter, edge.score or 0.0))
    return items


def _chosen(one: Point | Edge | Proposed, choice: Choice) -> bool:
    return choice.basis in (None, one.basis) and (one.basis, one.rule) not in choice.hidden


def _about(edge: Edge, said: Mapping[str, Point], about: str | None) -> bool:
    if about is None or about in (edge.id, edge.from_id, edge.to_id):
        return True
    return any(end in said and about in said[end].sources for end in (edge.from_id, edge.to_id))


def _share(touching: int) -> float:
    """Up to one half, for how many links touch it."""
    return 0.5 * min(1.0, log2(1 + touching) / log2(1 + _MANY))


def _in_turn(items: Sequence[_Item], decided: dict[calibration.Rule, int]) -> list[str]:
    by_rule: dict[calibration.Rule, list[_Item]] = {}
    for item in items:
        by_rule.setdefault(item.rule, []).append(item)
    worth: list[tuple[float, float, str]] = []
    for rule, own in by_rule.items():
        own.sort(key=lambda item: (-item.matter, -item.score, item.id))
        known = decided.get(rule, 0)
        worth += [(-_width(known + place) - item.matter, -item.score, item.id) for place, item in enumerate(own)]
    return [name for _, _, name in sorted(worth)]


@lru_cache(maxsize=4096)
def _width(decided: int) -> float:
    """Width of the interval where half of the decisions were that a suggestion is right."""
    low, high = calibration.wilson(decided // 2, decided)
    return high - low
