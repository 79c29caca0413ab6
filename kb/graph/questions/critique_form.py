"""Critiques with their replies in the shape of the interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.graph.questions.critiques import Critique
from kb.graph.questions.items import Item
from kb.model.json_form import JsonObject, json_form
from kb.model.link import Link


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
