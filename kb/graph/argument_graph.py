"""The whole argument graph in memory, light enough to be loaded for every question: what each statement is, whose, and
what speaks for and against it. Texts and quotes are read afterwards, for what is shown (`kb.store.statements.read`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.model.words import Basis, NodeKind, Relation, Status
from kb.store import links, sources, statements

LIVE: tuple[Status, ...] = ("accepted", "suggested")
SIGNED: tuple[Relation, ...] = ("supports", "attacks", "undercuts")


@dataclass(frozen=True, slots=True)
class Point:
    """A statement, or a whole source where a text as such is meant.

    `sources` are the ids of the sources it is made in, `speakers` who makes it there (authors where nobody is named).
    """

    id: str
    kind: NodeKind
    status: Status
    confidence: float | None
    created: str
    sources: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tie:
    """A link: `start` supports, attacks, ... `end`. The end of one that undercuts may be another link's id."""

    id: str
    start: str
    end: str
    relation: Relation
    basis: Basis
    status: Status
    score: float | None
    created: str


@dataclass(frozen=True)
class Argument:
    """Points by id, and the ties between them; a tie whose end is not there is left out."""

    points: Mapping[str, Point]
    ties: Sequence[Tie]

    @cached_property
    def into(self) -> dict[str, list[Tie]]:
        """Ties by what they end at: what is said about a point (or, by an undercut, about a tie)."""
        found: dict[str, list[Tie]] = {}
        for tie in self.ties:
            found.setdefault(tie.end, []).append(tie)
        return found

    @cached_property
    def out_of(self) -> dict[str, list[Tie]]:
        """Ties by what they start at: what a point says about others."""
        found: dict[str, list[Tie]] = {}
        for tie in self.ties:
            found.setdefault(tie.start, []).append(tie)
        return found

    def about(self, point_id: str, *relations: Relation) -> Iterator[Tie]:
        """What speaks for or against a point; of these relations, or of any."""
        return (tie for tie in self.into.get(point_id, ()) if not relations or tie.relation in relations)


def load(
    connection: sqlite3.Connection,
    *,
    statuses: Sequence[Status] = LIVE,
    relations: Sequence[Relation] = SIGNED,
    doubted: Container[tuple[str, str]] = (),
) -> Argument:
    """The graph of statements that are not lost or rejected, and of the links of these statuses and relations.

    Only sources that some link ends at or starts from are points. `doubted` are (basis, rule) whose suggestions are
    left out.
    """
    points = {
        row["id"]: Point(
            row["id"], row["kind"], row["status"], row["confidence"], row["created"],
            frozenset(row["sources"].split("\x1f")), frozenset(filter(None, row["speakers"].split("\x1f"))),
        )
        for row in statements.outlines(connection)
    }  # fmt: skip
    rows = links.outlines(connection, statuses, relations)
    link_ids = {row["id"] for row in rows}
    ends = {end for row in rows for end in (row["from_id"], row["to_id"])} - points.keys() - link_ids
    for name, source in sources.read(connection, ends).items():
        points[name] = Point(
            name, "source", "accepted", None, source["added"], frozenset({name}), frozenset(source["authors"])
        )
    ties = [
        Tie(
            row["id"], row["from_id"], row["to_id"], row["relation"], row["basis"], row["status"], row["score"],
            row["created"],
        )
        for row in rows
        if row["from_id"] in points
        and (row["to_id"] in points or row["to_id"] in link_ids)
        and (row["status"] != "suggested" or (row["basis"], row["rule"]) not in doubted)
    ]  # fmt: skip
    return Argument(points, ties)
