"""A chosen part of the argument graph, ready to be drawn. Renderers take a `Graph` and know nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NodeKind = Literal["claim", "critique", "theory_of_impact", "question", "evidence", "source"]
Relation = Literal["supports", "attacks", "undercuts", "restates", "related"]
Basis = Literal["authored", "structure", "cue", "embedding", "nli", "llm"]
Status = Literal["accepted", "suggested", "rejected"]


@dataclass(frozen=True, slots=True)
class Node:
    """A statement, or a whole source where a text as such is meant."""

    id: str
    kind: NodeKind
    text: str
    source_id: str = ""
    source_title: str = ""
    speaker: str = ""
    quote: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed relation: `source` supports, attacks, ... `target`."""

    id: str
    source: str
    target: str
    relation: Relation
    basis: Basis
    status: Status
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in the order to be drawn; `roots` are the ids to start from; hidden parts are counted."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    roots: tuple[str, ...] = ()
    hidden_nodes: int = 0
    hidden_edges: int = 0
    title: str = "Argument map"
