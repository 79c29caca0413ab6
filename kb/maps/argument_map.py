"""A chosen part of the argument graph, ready to be drawn. Renderers take a `ArgumentMap` and know nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.model.words import Basis, NodeKind, Relation, Status


@dataclass(frozen=True, slots=True)
class Node:
    """A statement, or a whole source where a text as such is meant.

    `status` is that of a statement; `note` a few words on it that a drawing is to show, such as a credence.
    """

    id: str
    kind: NodeKind
    text: str
    source_id: str = ""
    source_title: str = ""
    speaker: str = ""
    quote: str = ""
    url: str = ""
    status: Status | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The verbatim span that a link rests on: `text[start:end] == quote` in the source of that id."""

    source: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed relation: `source` supports, attacks, ... `target`.

    `target` may be the id of another edge: what undercuts a step speaks against the link, not against its ends.
    """

    id: str
    source: str
    target: str
    relation: Relation
    basis: Basis
    status: Status
    score: float | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """Nodes in the order to be drawn; `roots` are the ids asked for.

    What is hidden is counted: in all, and as `more` by the id of a node, the number of its links that are not shown.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    roots: tuple[str, ...] = ()
    hidden_nodes: int = 0
    hidden_edges: int = 0
    title: str = "Argument map"
    more: Mapping[str, int] = field(default_factory=dict)
