"""From ranked rows to a page of hits: each text once, each place once, with what to show of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.model.found import SearchUnit
from kb.model.words import Table
from kb.search import repeats
from kb.search.fuse import Explanation, Scored
from kb.search.hits import Hit
from kb.search.query import Query
from kb.search.snippet import snippets
from kb.store import search_rows
from kb.store.open import Store
from kb.text.stop_words import STOP_WORDS
from kb.text.strings import fold

Ranked = tuple[Table, Scored]

_QUESTION = re.compile(r"\?\W*$|^\W*(?:what|why|who|whom|whose|where|when|which|how)\b", re.I)
_ASKED_AGAIN = 0.6
"""Share of a question's telling words that the query has when it is the query again."""
_LESS = 0.85
"""What the score of such a passage is worth: it asks, where an answer is wanted."""
_WORD = re.compile(r"[^\W\d_]+")
_MORE = 10  # rows looked at beyond a page, of which some may repeat others


@dataclass(slots=True)
class _Found:
    """A hit in the making."""

    unit: SearchUnit
    scored: Scored
    score: float
    exact: str | None = None
    also: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

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
    known: str = "",
    each: bool = False,
) -> tuple[Hit, ...]:
    """The first `limit` hits. Of a passage and the statements made in it only what ranks first is shown.

    Args:
        query: whose words are marked.
        first: (table, rowid, by what) of rows that the query names; they come before all others.
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
    rows: list[tuple[Table, Scored, str | None]] = [*pinned, *rest]
    both = len({table for table, *_ in rows}) > 1
    step = limit + _MORE
    for at in range(0, len(rows), step):
        part = rows[at : at + step]
        units = {t: search_rows.units(store, t, [s.rowid for u, s, _ in part if u == t]) for t in {r[0] for r in part}}
        loaded = [
            _Found(unit, scored, best if by else scored.score, by)
            for table, scored, by in part
            if (unit := units[table].get(scored.rowid)) and not (known and fold(unit.text) == fold(known))
        ]
        if at == 0 and _QUESTION.search(query.text):
            loaded = _answers_first(query.text, loaded)
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


def _answers_first(query: str, found: list[_Found]) -> list[_Found]:
    """The rows with those that only ask the same question again a little lower."""
    asked = _telling(query)
    for one in found:
        words = _telling(one.unit.text) if one.unit.text.rstrip(' "”*_)').endswith("?") else set()
        if words and not one.exact and len(words & asked) >= _ASKED_AGAIN * len(words):
            one.score *= _LESS
    return sorted(found, key=lambda one: (one.exact is None, -one.score))


def _telling(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if word not in STOP_WORDS}


def _hits(query: Query, found: list[_Found], explain: bool) -> tuple[Hit, ...]:
    texts = {number: one.unit.text for number, one in enumerate(found)}
    parts = snippets(texts, query.ranking, query.text)
    return tuple(
        Hit(
            rank=number + 1,
            score=one.score,
            unit=one.unit,
            snippet=parts[number],
            also=tuple(one.also),
            within=tuple(one.within),
            explanation=_explanation(one) if explain else None,
        )
        for number, one in enumerate(found)
    )


def _explanation(one: _Found) -> Explanation:
    why = one.scored.explanation()
    if one.exact:
        return replace(why, exact=one.exact)
    return replace(why, asks_again=_LESS) if one.score < one.scored.score else why
