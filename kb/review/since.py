"""What happened around a statement since a time: who speaks against it or for it now, and who holds what else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kb.graph.argument_graph import ArgumentGraph
from kb.graph.questions import critiques
from kb.graph.questions.items import Item
from kb.model.json_form import JsonObject, json_form
from kb.model.link import Edge
from kb.review.credences import range_text
from kb.review.held import Me

What = Literal["critique", "reason", "evidence", "answer", "credence"]
_MANY: dict[What, tuple[str, str]] = {
    "critique": ("critique", "critiques"),
    "reason": ("reason for it", "reasons for it"),
    "evidence": ("piece of evidence", "pieces of evidence"),
    "answer": ("answer to a critique", "answers to critiques"),
    "credence": ("credence of another person", "credences of others"),
}
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened: the statement that speaks (`by`), the link, and who holds what where that is it."""

    what: What
    at: str
    by: str | None = None
    edge: Edge | None = field(default=None, metadata={"json": "link"})
    who: str = ""
    held: str = ""

    def as_json(self, items: Mapping[str, Item]) -> JsonObject:
        """As JSON, with the statement that speaks."""
        item = items.get(self.by or "")
        return {
            "what": self.what,
            "at": self.at,
            "status": self.edge.status if self.edge else None,
            "who": self.who or (item.speaker if item else "") or None,
            "held": self.held or None,
            "statement": item.as_json() if item else None,
            "link": json_form(self.edge),
        }


def news(graph: ArgumentGraph, me: Me, statement_id: str, at: str) -> list[News]:
    """What happened after that time, the critiques first, each kind in the order of time; not what the person wrote."""
    found = list(dict.fromkeys([*_links(graph, me, statement_id, at), *_credences(me, statement_id, at)]))
    order = list(_MANY)
    return sorted(found, key=lambda one: (order.index(one.what), one.at, one.by or one.who))


def _links(graph: ArgumentGraph, me: Me, statement_id: str, at: str) -> Iterator[News]:
    for one in critiques.against(graph, statement_id):
        if _new(graph, me, one.edge, at):
            yield News("critique", one.edge.created, one.id, one.edge)
        for reply in one.replies:
            if _new(graph, me, reply, at):
                yield News("answer", reply.created, reply.from_id, reply)
    for edge in graph.about(statement_id, "supports"):
        if _new(graph, me, edge, at):
            evidence = graph.points[edge.from_id].kind == "evidence"
            yield News("evidence" if evidence else "reason", edge.created, edge.from_id, edge)


def _new(graph: ArgumentGraph, me: Me, edge: Edge, at: str) -> bool:
    return edge.created > at and not me.makes(graph.points[edge.from_id])


def _credences(me: Me, statement_id: str, at: str) -> Iterator[News]:
    for who, history in me.histories.get(statement_id, {}).items():
        if who != me.name and history[-1].at > at:
            yield News("credence", history[-1].at, who=who, held=range_text(history[-1].low, history[-1].high))


def counted(found: list[News]) -> str:
    """ "two critiques and one piece of evidence since"; "nothing new since"."""
    counts = Counter(one.what for one in found)
    parts = [f"{_number(counts[what])} {names[counts[what] > 1]}" for what, names in _MANY.items() if counts[what]]
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:]))) + " since" if parts else "nothing new since"


def _number(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else f"{count:,}"
