"""What changed since a time: sources, statements, links, decisions, credences, and what became of critiques."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from kb.graph import argument_graph
from kb.graph.questions import critiques
from kb.graph.questions.critiques import Critique
from kb.store import credences, decisions, links, sources, statements
from kb.store.credences import Credence


@dataclass(frozen=True, slots=True)
class Belief:
    """A credence given since, and the one that the same person gave before, if any."""

    now: Credence
    before: Credence | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything from `since` on. Sources, statements and links in the shape of the interface.

    `lost` is what a changed source no longer says; `answered` are critiques older than `since` whose first reply is
    newer, `reopened` those whose last reply was rejected since.
    """

    since: str
    added: list[dict[str, Any]]
    updated: list[dict[str, Any]]
    stated: list[dict[str, Any]]
    lost: list[dict[str, str]]
    linked: list[dict[str, Any]]
    decided: list[dict[str, str]]
    believed: list[Belief]
    answered: list[Critique]
    reopened: list[Critique]

    @property
    def anything(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__ if name != "since")


def since(connection: sqlite3.Connection, at: str) -> Changes:
    """The changes from a day or time on, ISO 8601."""
    graph = argument_graph.load(connection)
    decided = decisions.since(connection, at)
    every = critiques.of(graph)
    new = statements.ids_of(connection, "st.created >= ? AND st.status <> 'rejected'", (at,))
    return Changes(
        since=at,
        added=sources.listed(connection, "s.added >= ? AND s.kind <> 'stub'", (at,)),
        updated=sources.listed(connection, "s.updated >= ? AND s.added < ?", (at, at)),
        stated=[s for s in statements.read(connection, new).values() if s["mentions"]],
        lost=statements.lost_since(connection, at),
        linked=links.listed(connection, "l.created >= ? AND l.status <> 'rejected'", (at,)),
        decided=decided,
        believed=_believed(connection, at),
        answered=_answered(every, at),
        reopened=_reopened(connection, every, decided),
    )


def _believed(connection: sqlite3.Connection, at: str) -> list[Belief]:
    found = []
    for history in credences.read(connection).values():
        last: dict[str, Credence] = {}
        for credence in history:
            if credence.at >= at:
                found.append(Belief(credence, last.get(credence.who)))
            last[credence.who] = credence
    return sorted(found, key=lambda belief: belief.now.at)


def _answered(every: list[Critique], at: str) -> list[Critique]:
    return [
        one
        for one in every
        if one.tie.created < at and one.replies and all(reply.created >= at for reply in one.replies)
    ]


def _reopened(connection: sqlite3.Connection, every: list[Critique], decided: list[dict[str, str]]) -> list[Critique]:
    judged = links.read(connection, [d["target"] for d in decided if d["verdict"] == "rejected"]).values()
    aimed = {link["to"] for link in judged if link["relation"] in {"attacks", "undercuts"}}
    return [one for one in every if not one.answered and (one.id in aimed or one.tie.id in aimed)]
