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

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Literal

from kb.model.words import RELATIONS
from kb.review import calibration
from kb.store import decisions, links, sources, statements

What = Literal["links", "statements"]

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


def waiting(connection: sqlite3.Connection, what: What, choice: Choice) -> list[str]:
    """Ids of what is suggested and undecided, in the order to go through them.

    Links with an end that is rejected, or that no text has any more, do not wait for a decision.
    """
    said = {row["id"]: row for row in statements.outlines(connection)}
    live = links.outlines(connection, ("accepted", "suggested"), RELATIONS)
    touching = Counter(end for row in live if row["relation"] != "related" for end in (row["from_id"], row["to_id"]))
    if what == "statements":
        items = _statements(said, touching, choice)
    else:
        items = _links(connection, said, live, touching, choice)
    known = {(t.basis, t.rule): t.decided for t in decisions.tallies(connection) if t.table == what[:-1]}
    return _in_turn(items, known)


def _statements(said: dict[str, sqlite3.Row], touching: Counter[str], choice: Choice) -> list[_Item]:
    return [
        _Item(name, (row["basis"], row["rule"]), _share(touching[name]), row["confidence"] or 0.0)
        for name, row in said.items()
        if row["status"] == "suggested"
        and (row["confidence"] is None or row["confidence"] >= choice.least)
        and choice.kind in (None, row["kind"])
        and _chosen(row, choice)
        and (choice.about in (None, name) or choice.about in row["sources"].split("\x1f"))
    ]


def _links(
    connection: sqlite3.Connection,
    said: dict[str, sqlite3.Row],
    live: Sequence[sqlite3.Row],
    touching: Counter[str],
    choice: Choice,
) -> list[_Item]:
    answered = {row["to_id"] for row in live if row["relation"] in _ANSWERS and row["status"] == "accepted"}
    names = {row["id"] for row in live}
    ends = {end for row in live for end in (row["from_id"], row["to_id"])}
    there = said.keys() | names | sources.read(connection, ends - said.keys() - names).keys()
    items = []
    for row in live:
        own = row["from_id"], row["to_id"]
        if row["status"] != "suggested" or choice.relation not in (None, row["relation"]) or not _chosen(row, choice):
            continue
        if not there.issuperset(own) or not _about(row, said, choice.about):
            continue
        matter = 0.0
        if row["relation"] != "related":
            target = said.get(row["to_id"])
            unanswered = target is not None and target["kind"] == "critique" and row["to_id"] not in answered
            matter = 0.5 * (row["relation"] in _ANSWERS and unanswered) + _share(sum(touching[e] - 1 for e in own))
        items.append(_Item(row["id"], (row["basis"], row["rule"]), matter, row["score"] or 0.0))
    return items


def _chosen(row: sqlite3.Row, choice: Choice) -> bool:
    return choice.basis in (None, row["basis"]) and (row["basis"], row["rule"]) not in choice.hidden


def _about(row: sqlite3.Row, said: dict[str, sqlite3.Row], about: str | None) -> bool:
    if about is None or about in (row["id"], row["from_id"], row["to_id"]):
        return True
    return any(end in said and about in said[end]["sources"].split("\x1f") for end in (row["from_id"], row["to_id"]))


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
