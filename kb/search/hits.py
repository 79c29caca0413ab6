"""A hit of a search: what was found, in its place of a ranking, and why it stands there."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.found import SearchUnit
from kb.model.json_form import JsonObject, json_form
from kb.search.fuse import Explanation
from kb.search.snippet import Snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit in its place of a ranking. Scores can be compared within one search only.

    `snippet` is the part of the text to show. `also` are ids of the same words elsewhere, which are not shown. Where
    passages and statements are searched together, `within` are the ids that stand at the same place: statements made
    in the passage, or the passage and others in it. `phrase` says that it has what the query has in quotes, and so
    comes before those that have not.
    """

    rank: int
    score: float
    unit: SearchUnit
    snippet: Snippet
    also: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    phrase: bool = False
    explanation: Explanation | None = None


def as_json(hit: Hit) -> JsonObject:
    """A hit in the shape of the interface."""
    unit = hit.unit
    found: JsonObject = {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "type": unit.type,
        "id": unit.id,
        "text": unit.text,
        "source": json_form(unit.source),
        "locator": json_form(unit.locator),
        "snippet": json_form(hit.snippet),
    }
    if unit.type == "statement":
        found["context"] = json_form(unit.context)
    if hit.also:
        found["also"] = list(hit.also)
    if hit.within:
        found["within"] = list(hit.within)
    if hit.phrase:
        found["phrase"] = True
    if hit.explanation is not None:
        found["explain"] = json_form(hit.explanation)
    return found
