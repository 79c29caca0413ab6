"""A chosen part of the argument graph, ready to be drawn. Renderers take an `ArgumentMap` and know nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.model.context import QUOTED
from kb.model.link import Link
from kb.model.words import NodeKind, Status, Voice


@dataclass(frozen=True, slots=True)
class Node:
    """A statement, or a whole source or turn where that as such is meant.

    `status` is that of a statement; `note` a few words on it that a drawing is to show, such as a credence; `context`
    what makes it readable alone, verbatim.
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
    voice: Voice = "author"
    context: str = ""

    @property
    def who(self) -> str:
        """Who is shown to say it."""
        return self.speaker or (QUOTED if self.voice == "quoted" else "")


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """Nodes in the order to be drawn, and the links between them; `roots` are the ids asked for.

    What is hidden is counted: in all, and as `more` by the id of a node, the number of its links that are not shown.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Link, ...]
    roots: tuple[str, ...] = ()
    hidden_nodes: int = 0
    hidden_edges: int = 0
    title: str = "Argument map"
    more: Mapping[str, int] = field(default_factory=dict)
