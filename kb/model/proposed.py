"""What a judge says of a statement, or of what else has an id: a field and its value, until a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast, get_args

from kb.model import ids
from kb.model.words import Basis, Status

ProposedField = Literal["speaker", "gloss", "title"]
PROPOSED_FIELDS: tuple[str, ...] = get_args(ProposedField)


@dataclass(frozen=True, slots=True)
class Proposed:
    """`target` is the id of a statement, or of an issue. Nothing of it changes before a person says so.

    speaker: who makes the statement, "" where nobody says; gloss: words beside the quote with which it can be read
    alone; title: what an issue is called.
    """

    id: str
    target: str
    field: ProposedField
    value: str
    basis: Basis
    rule: str
    status: Status
    score: float | None
    created: str


def new_proposal(target: str, field: str, value: str, basis: Basis, rule: str, score: float, created: str) -> Proposed:
    """A proposal with its id: the same words about the same thing are the same one, whoever says them."""
    name = ids.make(ids.PROPOSAL, target, field, value)
    return Proposed(name, target, cast(ProposedField, field), value, basis, rule, "suggested", score, created)
