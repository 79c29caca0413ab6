"""Where two people, or two texts, disagree and agree, in their own words.

Two grounds: links between what they say, those with a sign first; and nearness in meaning, which tells that both speak
of one subject and never on which side they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.graph.argument_graph import ArgumentGraph
from kb.graph.questions import addressed, clauses, exchange, grouping, items, similarity, titles
from kb.graph.questions.grouping import Group, Pair, Sense
from kb.graph.questions.items import Item
from kb.graph.questions.parties import Party
from kb.graph.questions.utterances import Utterance
from kb.model.link import Link
from kb.store.open import Store

if TYPE_CHECKING:
    from kb.graph.questions.grouping import Cosines

NEAR = 0.30  # in one exchange, with what is shared taken out: below it two statements are not on one subject
NEAR_ELSEWHERE = 0.45  # the same between texts that do not answer each other
_NEAREST = 5  # utterances of the other that one is paired with by nearness
_TITLE = 90  # characters of the statement by which a subject is named
MOST = 3000  # utterances compared; all with all, so that more would cost memory


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, with what the other says next if that answers it."""

    question: Item
    party: int
    answer: Item | None


@dataclass(slots=True)
class Comparison:
    """`said` is all that the two say; groups and `alone` name places in it; `links` are those of pairs, by their ids.

    `by_meaning` is False without vectors.
    """

    parties: tuple[Party, Party]
    said: list[Utterance]
    groups: list[Group]
    alone: tuple[list[int], list[int]]
    asked: list[Asked]
    overall: list[int]
    both: list[Item]
    links: Mapping[str, Link]
    by_meaning: bool

    def of_sense(self, sense: Sense) -> list[Group]:
        """The groups of a section."""
        return [group for group in self.groups if group.sense == sense]


def compare(store: Store, graph: ArgumentGraph, parties: tuple[Party, Party], least: float) -> Comparison:
    """The comparison of two parties. The graph needs links with a sign and `related` ones; `least` as in `exchange`."""
    both = parties[0].statements & parties[1].statements
    turns = {edge.to_id for edge in graph.edges if (end := graph.points.get(edge.to_id)) and end.kind == "passage"}
    said = _weightiest(exchange.read(store, _apart(parties, both), least, turns))
    matrix, by_meaning = similarity.among(store, said)
    linked = list(_linked(graph, parties, said, matrix))
    pairs = [*linked, *_unsigned(said, matrix)]
    groups = grouping.grouped(said, pairs, matrix)
    _name(groups, said)
    return Comparison(
        parties,
        said,
        groups,
        (_alone(said, 0, groups, matrix), _alone(said, 1, groups, matrix)),
        _asked(said),
        [n for n, one in enumerate(said) if one.overall],
        list(items.read(store, sorted(both)).values()),
        items.read_links(store, [pair.edge for group in groups for pair in group.pairs if pair.edge]),
        by_meaning,
    )


def _weightiest(said: list[Utterance]) -> list[Utterance]:
    """All that is said, in order; of very much the surest."""
    if len(said) <= MOST:
        return said
    kept = sorted(range(len(said)), key=lambda n: -said[n].weight)[:MOST]
    return [said[n] for n in sorted(kept)]


def _apart(parties: tuple[Party, Party], both: frozenset[str]) -> tuple[Party, Party]:
    first, second = (replace(party, statements=party.statements - both) for party in parties)
    return first, second


_ASSERTING = ("claim", "critique", "theory_of_impact", "evidence")
_SENSES: dict[str, Sense] = {
    "attacks": "disagree", "undercuts": "disagree", "supports": "agree", "restates": "agree", "related": "unsigned"
}  # fmt: skip


def _linked(graph: ArgumentGraph, parties: Sequence[Party], said: Sequence[Utterance], near: Cosines) -> Iterable[Pair]:
    """Pairs that a link joins, either way: one with a sign, or by which one takes up what the other said.

    Against a whole text of the other, a statement alone.
    """
    place = {one.id: n for n, one in enumerate(said)}
    by_id = {edge.id: edge for edge in graph.edges}
    for edge in graph.edges:
        # An undercut is aimed at who makes the step.
        end = by_id[edge.to_id].from_id if edge.to_id in by_id else edge.to_id
        if edge.from_id not in place or (edge.relation == "related" and edge.basis != "cue"):
            continue
        if edge.relation != "related" and end in parties[1 - said[place[edge.from_id]].party].sources:
            yield Pair(place[edge.from_id], place[edge.from_id], _SENSES[edge.relation], 0.0, edge=edge)
        if end not in place:
            continue
        a, b = sorted((place[edge.from_id], place[end]))
        if said[a].party != said[b].party:
            yield Pair(a, b, _SENSES[edge.relation], float(near[a, b]), edge=edge)


def _unsigned(said: Sequence[Utterance], near: Cosines) -> Iterable[Pair]:
    """Pairs that are near in meaning and no more: of each utterance the few nearest ones of the other party."""
    import numpy as np

    party = np.array([one.party for one in said])
    asserting = np.array([one.item.kind in _ASSERTING for one in said], dtype=bool)
    across = np.where((party[:, None] != party[None, :]) & asserting & asserting[:, None], near, 0.0)
    best = np.argsort(-across, axis=1, kind="stable")[:, :_NEAREST]
    pairs = {(min(a, b), max(a, b)) for a, row in enumerate(best.tolist()) for b in row if across[a, b] >= NEAR}
    for a, b in sorted(pairs):
        one, other = said[a], said[b]
        talking = (one.item.source_id == other.item.source_id and one.turn is not None) or (
            one.parent == other.item.source_id or other.parent == one.item.source_id
        )
        if (one.sure or other.sure) and (talking or near[a, b] >= NEAR_ELSEWHERE):
            yield Pair(a, b, "unsigned", float(near[a, b]))


def _name(groups: Sequence[Group], said: Sequence[Utterance]) -> None:
    for group in groups:
        group.label = clauses.shorten(titles.telling([said[n].item for n in group.said]).text, _TITLE)


def _alone(said: Sequence[Utterance], party: int, groups: Sequence[Group], near: Cosines) -> list[int]:
    """What one party says and the other has nothing near to, the most telling first, each point once."""
    import numpy as np

    taken = [n for group in groups for n in group.said]
    others = [n for n, one in enumerate(said) if one.party != party and one.item.kind in _ASSERTING]
    seen = set(taken)
    rest = [
        n
        for n, one in enumerate(said)
        if one.party == party and n not in seen and one.sure and one.item.kind in _ASSERTING
    ]
    worth = {n: said[n].weight - max(0.0, float(np.max(near[n, others], initial=0.0))) for n in rest}
    chosen: list[int] = []
    for n in sorted(rest, key=lambda n: -worth[n]):
        if all(near[n, m] < grouping.SAME_SUBJECT for m in (*chosen, *(t for t in taken if said[t].party == party))):
            chosen.append(n)
    return chosen


def _asked(said: Sequence[Utterance]) -> list[Asked]:
    """Questions in order; the answer is what the other says first in the turn after, if that turn answers."""
    found: list[Asked] = []
    for n, one in enumerate(said):
        if one.overall or one.item.kind != "question" or not one.item.quote.rstrip().endswith("?"):
            continue
        later = [
            o for o in said[n + 1 :] if o.item.source_id == one.item.source_id and o.turn is not None and not o.overall
        ]
        following = [o for o in later if o.turn != one.turn and o.item.kind not in {"question", "passage"}]
        asked = addressed.asks(one.item.quote, last=not any(o.turn == one.turn for o in later))
        answered = asked and following and following[0].party != one.party and following[0].answers
        answer = following[0].item if answered else None
        if found and answer and found[-1].answer is answer:
            continue  # a question asked in two ways
        if answer or one.sure:
            found.append(Asked(one.item, one.party, answer))
    return found
