"""Critiques with their replies, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from commands import output
from commands.views.item import doubt, quote_lines
from kb.model.json_form import JsonObject, json_form

if TYPE_CHECKING:
    from kb.graph.questions.critiques import Critique
    from kb.graph.questions.items import Item
    from kb.model.link import Edge, Link


def edges(found: Iterable[Critique]) -> list[Edge]:
    """The links that the critiques are made of."""
    return [edge for one in found for edge in (one.edge, *one.replies, *([one.step] if one.step else []))]


def ends(found: Iterable[Critique]) -> Iterator[str]:
    """Ids of what speaks in the critiques, and of what it speaks against."""
    for one in found:
        yield one.target
        yield one.id
        yield from (reply.from_id for reply in one.replies)
        if one.step:
            yield one.step.from_id


def as_json(
    one: Critique, known: Mapping[str, Item], links: Mapping[str, Link], maybe: Mapping[str, Sequence[str]]
) -> JsonObject:
    """A critique as JSON. `maybe` gives of those that nothing answers the statements that may."""
    return {
        "target": known[one.target].as_json() if one.target in known else None,
        "critique": known[one.id].as_json() if one.id in known else None,
        "link": json_form(links[one.edge.id]),
        "step": json_form(links[one.step.id]) if one.step else None,
        "answered": one.answered,
        "candidates": 0 if one.answered else len(maybe.get(one.id, ())),
        "replies": [
            {"statement": known[r.from_id].as_json(), "link": json_form(links[r.id])}
            for r in one.replies
            if r.from_id in known
        ],
    }


def lines(one: Critique, known: Mapping[str, Item], maybe: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A critique with the replies under it, else with how many statements may be one (`maybe`)."""
    if one.step is not None and one.step.from_id in known:
        yield from quote_lines(known[one.step.from_id], f"  +{doubt(one.step)} ")
        yield from quote_lines(known.get(one.id), f"    −{doubt(one.edge)} the step: ")
    else:
        yield from quote_lines(known.get(one.id), f"  −{doubt(one.edge)} ")
    for reply in one.replies:
        does, told = ("~", ", for or against not told") if reply.relation == "related" else ("−", "")
        yield from quote_lines(known.get(reply.from_id), f"    {does}{doubt(reply)} answered{told}: ")
    if not one.replies:
        others = len(maybe.get(one.id, ()))
        more = f"; {output.count(others, 'statement')} may be one (kb links {one.id})" if others else ""
        yield output.style(f"     no reply recorded{more}", "dim")
