"""How relations and kinds look, in every drawing alike. Meaning never rests on colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.link import Link
from kb.model.words import Relation


@dataclass(frozen=True, slots=True)
class RelationStyle:
    mark: str
    verb: str
    colour: str


# Blue and vermilion of Okabe and Ito's palette, wine of Paul Tol's: safe with colour blindness.
RELATIONS: dict[Relation, RelationStyle] = {
    "supports": RelationStyle("+", "supports", "#0072B2"),
    "attacks": RelationStyle("−", "attacks", "#D55E00"),
    "undercuts": RelationStyle(">", "undercuts", "#882255"),
    "restates": RelationStyle("=", "restates", "#5F5F5F"),
    "related": RelationStyle("~", "related", "#5F5F5F"),
}

KIND_FILLS = {
    "claim": "#FFFFFF",
    "critique": "#FDEEE6",
    "theory_of_impact": "#E6F1F8",
    "question": "#FFF8D6",
    "evidence": "#E8F5EE",
    "source": "#EFEFEF",
    "passage": "#F5F5F5",
}

INK, SOFT = "#222222", "#555555"
OUTLINE = "#666666"
PAPER = "#FFFFFF"


def edge_words(edge: Link) -> str:
    """The relation in words, with its status where it is not accepted: 'attacks, suggested'."""
    verb = RELATIONS[edge.relation].verb
    return verb if edge.status == "accepted" else f"{verb}, {edge.status}"
