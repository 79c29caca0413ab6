"""How much there is in the store, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.store import access
from kb.store.conditions import HERE, Condition
from kb.store.engine.sql import count_words
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of the store; what is given by kind has the most frequent one first.

    `sources` are those that are here, `sources_away` those that are gone or removed, by state.
    """

    sources: Mapping[str, int]
    sources_away: Mapping[str, int]
    passages: int
    words: int
    people: int
    references: Mapping[str, int]
    statements: Mapping[str, int]
    links: Mapping[str, int]
    links_by_basis: Mapping[str, int]
    links_by_status: Mapping[str, int]
    statements_by_status: Mapping[str, int]
    vectors: int


def counts(store: Store) -> Counts:
    """Everything counted."""

    def by(table: str, column: str) -> dict[str, int]:
        return pairs(f"SELECT x.{column}, count(*) FROM {table} x GROUP BY x.{column} ORDER BY 2 DESC")

    def pairs(sql: str) -> dict[str, int]:
        return {row[0]: row[1] for row in store.execute(sql)}

    def one(sql: str) -> int:
        return access.number(store, sql)

    return Counts(
        sources=pairs(f"SELECT s.kind, count(*) FROM source s WHERE {HERE.sql} GROUP BY s.kind ORDER BY 2 DESC"),
        sources_away=pairs(
            "SELECT state, count(*) FROM source WHERE state <> 'here' AND kind <> 'stub' GROUP BY state ORDER BY 2 DESC"
        ),
        passages=one("SELECT count(*) FROM passage WHERE kind <> 'heading'"),
        words=one(f"SELECT coalesce(sum({count_words('text')}), 0) FROM passage"),
        people=one("SELECT count(*) FROM person"),
        references={
            "all": one("SELECT count(*) FROM reference"),
            "resolved": one("SELECT count(*) FROM reference WHERE target IS NOT NULL"),
        },
        statements=by("statement", "kind"),
        links=by("link", "relation"),
        links_by_basis=by("link", "basis"),
        links_by_status=by("link", "status"),
        statements_by_status=by("statement", "status"),
        vectors=one("SELECT count(*) FROM embedding"),
    )


def sources_with(store: Store, condition: Condition) -> int:
    """How many sources meet a condition on `source s`."""
    return access.number(store, f"SELECT count(*) FROM source s WHERE {condition.sql}", condition.values)
