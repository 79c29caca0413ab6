"""What one holds, to be looked at again: claims of one's own, and statements that one has a credence in.

A card is kept from the first time that a statement is looked at again. Until then, and where a credence was given
since, it follows from the credences: giving one is looking at the statement. So nothing is written by asking what is
due, and what is due is the same whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kb.errors import NotFoundError
from kb.graph import argument_graph
from kb.graph.argument_graph import ArgumentGraph
from kb.graph.questions import items
from kb.graph.questions.items import Item
from kb.model.credence import Credence
from kb.model.json_form import JsonObject, json_form
from kb.model.statement import Point
from kb.review import calibration, since
from kb.review.credences import range_text
from kb.review.held import Me
from kb.review.schedule import Grade, Seen, after, due, grade_of, looked_at
from kb.review.since import News
from kb.sources import resolve
from kb.store import credences, revisit, statements
from kb.store.open import Store, now
from kb.store.revisit import Card
from kb.text import when


@dataclass(frozen=True, slots=True)
class Due:
    """A statement to be looked at again: what one held, since when, when it was due, and what happened meanwhile.

    `seen` is when one last looked at it, `credence` what counts now; None for a claim of one's own without one.
    """

    item: Item
    credence: Credence | None
    given: str
    seen: str
    due: str
    news: list[News]

    def summary(self, today: date) -> str:
        """ "you held this at 0.70 in March; two critiques since"."""
        how = f"held this at {range_text(self.credence.low, self.credence.high)}" if self.credence else "claimed this"
        looked = "" if self.seen[:10] == self.given[:10] else f", and looked at it {when.told(self.seen, today)}"
        return f"you {how} {when.told(self.given, today)}{looked}; {since.counted(self.news)}"


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is due, the first to be looked at first; how many statements one holds, and when the next one is due.

    `said` has the statements that speak in the news, by id.
    """

    due: list[Due]
    held: int
    next: str | None
    said: Mapping[str, Item]

    def as_json(self, today: date) -> JsonObject:
        """The interface's answer."""
        return {"due": [_json(one, self.said, today) for one in self.due], "held": self.held, "next": self.next}


def _json(one: Due, said: Mapping[str, Item], today: date) -> JsonObject:
    return {
        **one.item.as_json(),
        "credence": json_form(one.credence),
        "given": one.given,
        "seen": one.seen,
        "due": one.due,
        "summary": one.summary(today),
        "since": [news.as_json(said) for news in one.news],
    }


def agenda(store: Store, today: date) -> Agenda:
    """What is due on that day. First what something happened to, critiques above all, then what waits longest."""
    me = Me.of(store)
    graph = argument_graph.load(store, doubted=calibration.hidden_rules(store, "link"))
    held = list(_cards(store, me, graph.points))
    reached = [card for card in held if card.due[:10] <= today.isoformat()]
    later = min((card.due for card in held if card.due[:10] > today.isoformat()), default=None)
    known = items.read(store, [card.statement_id for card in reached])
    found = [_due(graph, me, card, known[card.statement_id]) for card in reached if card.statement_id in known]
    found.sort(
        key=lambda one: (-sum(news.what == "critique" for news in one.news), -len(one.news), one.due, one.item.id)
    )
    said = items.read(store, {news.by for one in found for news in one.news if news.by})
    return Agenda(found, len(held), later, said)


def _cards(store: Store, me: Me, points: Mapping[str, Point]) -> Iterator[Card]:
    """A card for each statement that the person holds, kept or following from what they said."""
    kept = revisit.every(store)
    for name, point in points.items():
        if me.credence(name) is None and not (me.wrote(point) and point.kind != "question"):
            continue
        yield _card(me, name, point, kept.get(name))


def _card(me: Me, name: str, point: Point, kept: Card | None) -> Card:
    given = me.given(name)
    moments = [Seen(point.created, "good")] if me.wrote(point) or not given else []
    for before, now_ in zip([None, *given], given, strict=False):
        moments.append(Seen(now_.at, grade_of(before, now_)))
    moments.sort(key=lambda one: one.at)
    made = after(kept.card if kept else None, moments)
    assert made is not None
    return Card(name, made, due(made), max([*([kept.at] if kept else []), moments[-1].at]))


def _due(graph: ArgumentGraph, me: Me, card: Card, item: Item) -> Due:
    credence = me.credence(card.statement_id)
    given = credence.at if credence else graph.points[card.statement_id].created
    return Due(item, credence, given, card.at, card.due, since.news(graph, me, card.statement_id, card.at))


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of looking at a statement again: the grade, the credence before and after, and when it is due next."""

    statement_id: str
    grade: Grade
    before: Credence | None
    credence: Credence | None
    due: str


def answer(store: Store, ref: str, credence: tuple[float, float] | None = None, grade: Grade | None = None) -> Answered:
    """Note that one looked at a statement again: a new credence, if it moved, and when it is due next.

    Without a grade how far the credence moved is it (`kb.review.schedule`).

    Raises:
        NotFoundError: no such statement, or it is not one that the person holds.
    """
    at = now()
    with store.transaction():
        name = resolve.ref(store, ref, "statement").id
        me, point = Me.of(store), statements.points(store).get(name)
        before = me.credence(name)
        if point is None or (before is None and credence is None and not me.wrote(point)):
            raise NotFoundError(f"{name} is nothing that you hold", f"say how likely it is: kb believe {name} 0.7")
        held = before
        if credence is not None and (before is None or credence != (before.low, before.high)):
            held = Credence(name, me.name, *credence, at)
            credences.add(store, held)
        how = grade or grade_of(before, held)
        card = _card(me, name, point, revisit.every(store).get(name))
        made = looked_at(card.card, Seen(at, how))
        revisit.put(store, Card(name, made, due(made), at))
    return Answered(name, how, before, held, due(made))
