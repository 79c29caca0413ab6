"""From ranked rows to a page of hits: each text once, each place once, with what to show of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.model.found import SearchUnit
from kb.model.words import Table
from kb.search import pointers, repeats, worth
from kb.search.fuse import Explanation, Scored
from kb.search.hits import Hit
from kb.search.query import Query
from kb.search.snippet import snippets
from kb.search.worth import Worth
from kb.store import search_rows
from kb.store.open import Store
from kb.text.strings import fold

Ranked = tuple[Table, Scored]

_POINTED = 0.99
"""What a section is worth of the score of the text that only points to it."""
_LOOKED_AT = 5  # hits from the top of which it is asked whether they point elsewhere
_MORE = 10  # rows looked at beyond a page, of which some may repeat others


@dataclass(slots=True)
class _Found:
    """A hit in the making."""

    unit: SearchUnit
    scored: Scored
    score: float
    exact: str | None = None
    ahead: float = 0.0
    worth: Worth = field(default_factory=Worth)
    pointed_from: str | None = None
    also: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    @property
    def total(self) -> float:
        return self.score + self.ahead

    def take(self, other: _Found) -> None:
        """Stand for another item with the same words too, or let it stand here where it is the original."""
        if not self.exact and repeats.original(self.unit, other.unit) is other.unit:
            self.unit, other.unit = other.unit, self.unit
            self.scored = other.scored
        self.also.append(other.unit.id)


def page(
    store: Store,
    query: Query,
    ranked: Sequence[Ranked],
    limit: int,
    *,
    explain: bool = False,
    first: Sequence[tuple[Table, int, str]] = (),
    lead: Collection[tuple[Table, int]] = (),
    known: str = "",
    each: bool = False,
) -> tuple[Hit, ...]:
    """The first `limit` hits. Of a passage and the statements made in it only what ranks first is shown.

    Args:
        query: whose words are marked.
        first: (table, rowid, by what) of rows that the query names; they come before all others.
        lead: (table, rowid) of those that come before the rest, for what the query has in quotes.
        known: a text that is not shown again: what others are similar to.
        each: show every row, also one that repeats another.
    """
    found: list[_Found] = []
    shown = repeats.Shown()
    places: dict[int, int] = {}
    best = max(1.0, ranked[0][1].score if ranked else 0.0)
    scores = {(table, scored.rowid): scored for table, scored in ranked}
    pinned = [(t, scores.get((t, rowid), Scored(rowid, best)), by) for t, rowid, by in first]
    rest = [(t, scored, None) for t, scored in ranked if (t, scored.rowid) not in {p[:2] for p in first}]
    rest.sort(key=lambda row: (row[0], row[1].rowid) not in lead)
    rows: list[tuple[Table, Scored, str | None]] = [*pinned, *rest]
    both = len({table for table, *_ in rows}) > 1
    step = limit + _MORE
    pointed: set[str] = set()
    for at in range(0, len(rows), step):
        part = rows[at : at + step]
        units = {t: search_rows.units(store, t, [s.rowid for u, s, _ in part if u == t]) for t in {r[0] for r in part}}
        loaded = [
            _Found(unit, scored, best if by else scored.score, by, best * ((t, scored.rowid) in lead))
            for t, scored, by in part
            if (unit := units[t].get(scored.rowid)) and not (known and fold(unit.text) == fold(known))
        ]
        loaded = [one for one in loaded if one.unit.id not in pointed]
        if at == 0:
            loaded = _weighed(store, query.text, loaded, scores)
            pointed = {one.unit.id for one in loaded if one.pointed_from}
        for one in loaded:
            place = one.unit.place if both else None
            if place is not None and place in places:
                found[places[place]].within.append(one.unit.id)
            elif not each and (same := shown.repeats(words := repeats.words(one.unit))) is not None:
                found[same].take(one)
            elif len(found) < limit:
                if not each:
                    shown.add(words)
                if place is not None:
                    places[place] = len(found)
                found.append(one)
        if len(found) == limit:
            break
    return _hits(query, found, explain)


def _weighed(store: Store, query: str, found: list[_Found], scores: Mapping[tuple[Table, int], Scored]) -> list[_Found]:
    """The rows by what they are worth to who asks, with the sections that the first of them point to."""
    for one, weight in zip(found, worth.worths(store, query, [one.unit for one in found]), strict=True):
        if not one.exact:
            one.worth = weight
            one.score *= weight.factor
    return _in_order(_pointed(store, _in_order(found), scores))


def _in_order(found: list[_Found]) -> list[_Found]:
    return sorted(found, key=lambda one: (one.exact is None, -one.total))


def _pointed(store: Store, found: list[_Found], scores: Mapping[tuple[Table, int], Scored]) -> list[_Found]:
    """The rows, and of each section that one of the first points to the best passage, just below that one."""
    first = {one.unit.rowid: one for one in found[:_LOOKED_AT] if one.unit.type == "passage" and not one.exact}
    there = {one.unit.rowid: one for one in found if one.unit.type == "passage"}
    for rowid, section in pointers.sections(store, list(first)).items():
        ranked = [scores["passage", row] for row in section.rowids if ("passage", row) in scores]
        if not ranked:
            continue  # not about it, or left out by a filter
        best = max(ranked, key=lambda one: one.score)
        if best.rowid not in there:
            unit = search_rows.units(store, "passage", [best.rowid])[best.rowid]
            there[best.rowid] = _Found(unit, best, best.score)
            found.append(there[best.rowid])
        known = there[best.rowid]
        if known.score < (score := _POINTED * first[rowid].score):
            known.score, known.pointed_from = score, section.by
    return found


def _hits(query: Query, found: list[_Found], explain: bool) -> tuple[Hit, ...]:
    texts = {number: one.unit.text for number, one in enumerate(found)}
    parts = snippets(texts, query.ranking, query.text)
    return tuple(
        Hit(
            rank=number + 1,
            score=one.total,
            unit=one.unit,
            snippet=parts[number],
            also=tuple(one.also),
            within=tuple(one.within),
            phrase=one.ahead > 0,
            explanation=_explanation(one) if explain else None,
        )
        for number, one in enumerate(found)
    )


def _explanation(one: _Found) -> Explanation:
    why = one.scored.explanation()
    if one.exact:
        return replace(why, exact=one.exact)
    return replace(
        why,
        asks_again=one.worth.asks_again,
        reference=one.worth.reference,
        sought=one.worth.sought,
        phrase=round(one.ahead, 4) if one.ahead else None,
        pointed_from=one.pointed_from,
    )
