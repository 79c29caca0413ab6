"""Where two people, or two texts, disagree and agree, in their own words.

Three grounds, in this order: links with a sign between their statements; words with which one turns to the other in a
talk or a reply ("that is where I disagree"); nearness in meaning, which tells that both speak of one subject and never
on which side they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.graph.argument_graph import ArgumentGraph
from kb.graph.questions import addressed, clauses, exchange, grouping, items, markers, similarity, titles
from kb.graph.questions.grouping import Group, Pair, Sense
from kb.graph.questions.items import Item
from kb.graph.questions.parties import Party
from kb.graph.questions.utterances import Utterance
from kb.store.open import Store

if TYPE_CHECKING:
    from kb.graph.questions.grouping import Cosines

NEAR = 0.30  # in one exchange, with what is shared taken out: below it two statements are not on one subject
NEAR_ELSEWHERE = 0.45  # the same between texts that do not answer each other
NEAR_MARKED = 0.30  # for words that turn to the other: below it they are not taken to mean this statement
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
    """`said` is all that the two say; groups and `alone` name places in it. `by_meaning` is False without vectors."""

    parties: tuple[Party, Party]
    said: list[Utterance]
    groups: list[Group]
    alone: tuple[list[int], list[int]]
    asked: list[Asked]
    overall: list[int]
    both: list[Item]
    by_meaning: bool

    def of_sense(self, sense: Sense) -> list[Group]:
        """The groups of a section."""
        return [group for group in self.groups if group.sense == sense]


def compare(store: Store, graph: ArgumentGraph, parties: tuple[Party, Party], least: float) -> Comparison:
    """The comparison of two parties. `argument` needs signed and structural links; `least` as for `exchange.read`."""
    both = parties[0].statements & parties[1].statements
    said = _weightiest(exchange.read(store, _apart(parties, both), least))
    matrix, by_meaning = similarity.among(store, said)
    linked = list(_linked(graph, parties, said, matrix))
    pairs = [*linked, *_marked(said, matrix, linked), *_unsigned(said, matrix)]
    groups = grouping.grouped(said, pairs, matrix)
    _name(groups, said)
    return Comparison(
        parties,
        said,
        groups,
        (_alone(said, 0, groups, matrix), _alone(said, 1, groups, matrix)),
        _asked(said),
        [n for n, one in enumerate(said) if any(mark.overall for mark in one.marks)],
        list(items.read(store, sorted(both)).values()),
        by_meaning,
    )


def _weightiest(said: list[Utterance]) -> list[Utterance]:
    """All that is said, in order; of very much the surest."""
    if len(said) <= MOST:
        return said
    kept = sorted(range(len(said)), key=lambda n: (not said[n].marks, -said[n].weight))[:MOST]
    return [said[n] for n in sorted(kept)]


def _apart(parties: tuple[Party, Party], both: frozenset[str]) -> tuple[Party, Party]:
    first, second = (replace(party, statements=party.statements - both) for party in parties)
    return first, second


_ASSERTING = ("claim", "critique", "theory_of_impact", "evidence")
_SENSES: dict[str, Sense] = {"attacks": "disagree", "undercuts": "disagree", "supports": "agree", "restates": "agree"}


def _linked(graph: ArgumentGraph, parties: Sequence[Party], said: Sequence[Utterance], near: Cosines) -> Iterable[Pair]:
    """Pairs that a link with a sign joins, either way; against a whole text of the other, a statement alone."""
    place = {one.id: n for n, one in enumerate(said)}
    by_id = {edge.id: edge for edge in graph.edges}
    for edge in graph.edges:
        # An undercut is aimed at who makes the step.
        end = by_id[edge.to_id].from_id if edge.to_id in by_id else edge.to_id
        if edge.relation not in _SENSES or edge.from_id not in place:
            continue
        if end in parties[1 - said[place[edge.from_id]].party].sources:
            yield Pair(place[edge.from_id], place[edge.from_id], _SENSES[edge.relation], 0.0, edge=edge)
        if end not in place:
            continue
        a, b = sorted((place[edge.from_id], place[end]))
        if said[a].party != said[b].party:
            yield Pair(a, b, _SENSES[edge.relation], float(near[a, b]), edge=edge)


def _marked(said: Sequence[Utterance], near: Cosines, linked: Sequence[Pair]) -> Iterable[Pair]:
    """What a speaker turns to in so many words: of what the other said before, in this exchange, the nearest.

    Where nothing is near, the words stand alone: a pair of an utterance with itself. Where a link already says what is
    meant, that stays.
    """
    known = {(pair.second, pair.sense) for pair in linked}
    place = {id(one): n for n, one in enumerate(said)}
    by_source: dict[str, list[int]] = {}
    for n, one in enumerate(said):
        by_source.setdefault(one.item.source_id, []).append(n)
    for n, one in enumerate(said):
        for mark in one.marks:
            if mark.overall:
                continue
            sense: Sense = (
                "disagree" if mark.sense in markers.AGAINST else "agree" if mark.sense in markers.FOR else "unsigned"
            )
            if (n, sense) in known:
                continue
            earlier = [m for m in by_source.get(one.parent or one.item.source_id, ()) if _answered_by(said[m], one)]
            if mark.opening:  # it speaks of what was said last, whatever that was
                earlier = [m for m in earlier if said[m].turn == one.before or one.before == -1]
            else:
                earlier = [m for m in earlier if said[m].item.kind in _ASSERTING]
            best = max(earlier, key=lambda m: _aimed_at(said, near, m, n), default=n)
            if best != n and not mark.opening and float(near[best, n]) < NEAR_MARKED:
                best = n
            if best == n and one.meant is not None:
                best = place[id(one.meant)]
            if best != n or sense != "unsigned":
                yield Pair(best, n, sense, float(near[best, n]) if best != n else 0.0, mark=mark)


def _aimed_at(said: Sequence[Utterance], near: Cosines, m: int, n: int) -> float:
    """How likely words are aimed at what the other said: near, lately, worth answering, itself an answer."""
    return (
        float(near[m, n])
        + grouping.recency(said[m], said[n])
        + 0.3 * said[m].weight
        + 0.2 * any(mark.sense != "takes up" for mark in said[m].marks)
    )


def _answered_by(one: Utterance, other: Utterance) -> bool:
    """Whether `other` may answer `one`: the other party, later in the same talk, or in a reply to the whole text."""
    if one.party == other.party or not other.answers:
        return False
    if other.parent is not None:
        return one.item.source_id == other.parent
    return one.turn is not None and other.turn is not None and one.turn < other.turn


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
        if one.item.kind != "question" or not one.item.quote.rstrip().endswith("?"):
            continue
        later = [o for o in said[n + 1 :] if o.item.source_id == one.item.source_id and o.turn is not None]
        following = [o for o in later if o.turn != one.turn and o.item.kind != "question"]
        asked = addressed.asks(one.item.quote, last=not any(o.turn == one.turn for o in later))
        answered = asked and following and following[0].party != one.party and following[0].answers
        answer = following[0].item if answered else None
        if found and answer and found[-1].answer is answer:
            continue  # a question asked in two ways
        if answer or one.sure:
            found.append(Asked(one.item, one.party, answer))
    return found
