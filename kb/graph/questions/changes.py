"""What changed since a time: sources, statements, links, decisions, credences, and what became of critiques."""

from __future__ import annotations

from dataclasses import dataclass

from kb.graph import argument_graph
from kb.graph.questions import critiques
from kb.graph.questions.critiques import Critique
from kb.model.credence import Credence
from kb.model.link import Link
from kb.model.source import Source
from kb.model.statement import LostQuote, Statement
from kb.store import credences, decisions, links, sources, statements
from kb.store.decisions import Decision
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Belief:
    """A credence given since, and the one that the same person gave before, if any."""

    now: Credence
    before: Credence | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything from `since` on.

    `lost` is what a changed source no longer says; `answered` are critiques older than `since` whose first reply is
    newer, `reopened` those whose last reply was rejected since.
    """

    since: str
    added: list[Source]
    updated: list[Source]
    stated: list[Statement]
    lost: list[LostQuote]
    linked: list[Link]
    decided: list[Decision]
    believed: list[Belief]
    answered: list[Critique]
    reopened: list[Critique]

    @property
    def anything(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__ if name != "since")


def since(store: Store, at: str) -> Changes:
    """The changes from a day or time on, ISO 8601."""
    graph = argument_graph.load(store)
    decided = decisions.since(store, at)
    every = critiques.of(graph)
    return Changes(
        since=at,
        added=sources.added_since(store, at),
        updated=sources.updated_since(store, at),
        stated=statements.created_since(store, at),
        lost=statements.lost_since(store, at),
        linked=links.created_since(store, at),
        decided=decided,
        believed=_believed(store, at),
        answered=_answered(every, at),
        reopened=_reopened(store, every, decided),
    )


def _believed(store: Store, at: str) -> list[Belief]:
    found = []
    for history in credences.read(store).values():
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
        if one.edge.created < at and one.replies and all(reply.created >= at for reply in one.replies)
    ]


def _reopened(store: Store, every: list[Critique], decided: list[Decision]) -> list[Critique]:
    judged = links.read(store, [d.target for d in decided if d.verdict == "rejected"]).values()
    aimed = {link.to_id for link in judged if link.relation in {"attacks", "undercuts"}}
    return [one for one in every if not one.answered and (one.id in aimed or one.edge.id in aimed)]
