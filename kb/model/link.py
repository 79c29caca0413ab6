"""Links: directed relations between two statements, or a statement and a whole source."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.model import ids
from kb.model.rules import PERSON
from kb.model.words import Basis, Relation, Status


@dataclass(frozen=True, slots=True)
class Evidence:
    """The verbatim span that a link rests on: `text[start:end] == quote` in the source of that id."""

    source: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What the argument graph needs of a link: all but its evidence, which is read for the few that are shown.

    `from_id` supports, attacks, ... `to_id`. The end of one that undercuts may be another link's id: it speaks against
    that step, not against its ends.
    """

    id: str
    from_id: str = field(metadata={"json": "from"})
    to_id: str = field(metadata={"json": "to"})
    relation: Relation
    basis: Basis
    rule: str
    status: Status
    score: float | None
    created: str = field(metadata={"json": None})


@dataclass(frozen=True, slots=True)
class Link(Edge):
    """A link with its evidence. The interface's Link.

    `owner` is the id of the source whose extraction proposed it, None for what a person wrote or vectors gave.
    """

    evidence: Evidence | None = None
    owner: str | None = field(default=None, metadata={"json": None})


def new_link(
    from_id: str,
    relation: Relation,
    to_id: str,
    created: str,
    *,
    basis: Basis = "authored",
    rule: str = PERSON,
    status: Status = "accepted",
    score: float | None = None,
    evidence: Evidence | None = None,
    owner: str | None = None,
) -> Link:
    """A link with its id: the same ends and relation are the same link, whichever rule found it.

    Without more it is one that a person writes: accepted, and theirs.
    """
    name = ids.make(ids.LINK, from_id, relation, to_id)
    return Link(name, from_id, to_id, relation, basis, rule, status, score, created, evidence, owner)
