"""Theories of impact of a line of work, with what speaks against each and which nobody has criticised yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.graph.argument_graph import ArgumentGraph
from kb.graph.questions import critiques
from kb.graph.questions.critiques import Critique


@dataclass(frozen=True, slots=True)
class Theory:
    """A theory of impact and its critiques."""

    id: str
    critiques: tuple[Critique, ...]


def of(graph: ArgumentGraph, among: Iterable[str] | None = None) -> list[Theory]:
    """The theories of impact among these statements, in their order; all for None."""
    names = graph.points if among is None else among
    return [
        Theory(name, tuple(critiques.against(graph, name)))
        for name in dict.fromkeys(names)
        if name in graph.points and graph.points[name].kind == "theory_of_impact"
    ]
