"""A graph read as an outline: what hangs under what, each statement in full once, each link once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kb.graph import Edge, Graph, Node, Relation

ALL: tuple[Relation, ...] = ("supports", "attacks", "undercuts", "restates", "related")
SIGNED: tuple[Relation, ...] = ("supports", "attacks", "undercuts")
SYMMETRIC: tuple[Relation, ...] = ("restates", "related")


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a graph can be drawn: distinct nodes, links with both ends among them; the rest counted."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    hidden_nodes: int
    hidden_edges: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an outline: `node` hangs by `edge` under the nearest line above with a smaller depth.

    `shown` says whether the node is told in full here, or was above, or will be below.
    """

    depth: int
    node: Node
    edge: Edge | None
    shown: Literal["here", "above", "below"]


def parts(graph: Graph) -> Parts:
    """The drawable parts. A link to something outside the graph counts as hidden."""
    nodes = {node.id: node for node in reversed(graph.nodes)}
    ordered = tuple(dict.fromkeys(nodes[node.id] for node in graph.nodes))
    edges = tuple(edge for edge in graph.edges if edge.source in nodes and edge.target in nodes)
    return Parts(ordered, edges, graph.hidden_nodes, graph.hidden_edges + len(graph.edges) - len(edges))


def outline(graph: Graph, relations: Iterable[Relation] = ALL, max_depth: int = 8) -> list[Line]:
    """The graph as lines, thesis first, reasons under what they bear on.

    Every node is shown in full where it is nearest to a root, and every link of `relations` exactly once.
    What no root reaches, and what lies deeper than `max_depth`, starts again at the margin.
    """
    drawn = parts(graph)
    wanted = frozenset(relations)
    edges = [edge for edge in drawn.edges if edge.relation in wanted]
    branches = _branches(drawn.nodes, edges)
    roots, homes = _homes(graph, drawn.nodes, edges, branches, max_depth)
    by_id = {node.id: node for node in drawn.nodes}
    told: set[str] = set()
    used: set[int] = set()

    def descend(name: str, depth: int) -> Iterator[Line]:
        told.add(name)
        for number, other in branches[name]:
            if number in used:
                continue
            used.add(number)
            if homes.get(other) == (number, name):
                yield Line(depth + 1, by_id[other], edges[number], "here")
                yield from descend(other, depth + 1)
            else:
                yield Line(depth + 1, by_id[other], edges[number], "above" if other in told else "below")

    lines: list[Line] = []
    for root in roots:
        lines.append(Line(0, by_id[root], None, "here"))
        lines.extend(descend(root, 0))
    return lines


def _branches(nodes: Iterable[Node], edges: list[Edge]) -> dict[str, list[tuple[int, str]]]:
    """For each node the links shown under it, as (number of the link, node at its other end)."""
    places = {node.id: place for place, node in enumerate(nodes)}
    branches: dict[str, list[tuple[int, str]]] = {name: [] for name in places}
    for number, edge in enumerate(edges):
        branches[edge.target].append((number, edge.source))
        if edge.relation in SYMMETRIC and edge.source != edge.target:
            branches[edge.source].append((number, edge.target))
    for found in branches.values():
        # Never by the order of the links, which means nothing.
        found.sort(
            key=lambda item: (
                ALL.index(edges[item[0]].relation),
                edges[item[0]].status != "accepted",
                places[item[1]],
                edges[item[0]].id,
            )
        )
    return branches


def _homes(
    graph: Graph,
    nodes: tuple[Node, ...],
    edges: list[Edge],
    branches: dict[str, list[tuple[int, str]]],
    max_depth: int,
) -> tuple[list[str], dict[str, tuple[int, str]]]:
    """The roots in order, and for every other node the link and the node it is shown under."""
    roots: list[str] = []
    homes: dict[str, tuple[int, str]] = {}
    depths: dict[str, int] = {}

    def spread(starts: Iterable[str]) -> None:
        queue: deque[str] = deque()
        for start in starts:
            if start in branches and start not in depths:
                depths[start] = 0
                roots.append(start)
                queue.append(start)
        while queue:
            name = queue.popleft()
            for number, other in branches[name]:
                if other in depths:
                    continue
                if depths[name] < max_depth:
                    depths[other] = depths[name] + 1
                    homes[other] = (number, name)
                else:
                    depths[other] = 0
                    roots.append(other)
                queue.append(other)

    spread(graph.roots)
    answering = {edge.source for edge in edges if edge.relation in SIGNED and edge.source != edge.target}
    for node in nodes:  # theses that no root reaches
        if node.id not in answering:
            spread([node.id])
    for node in nodes:  # circles without a thesis
        spread([node.id])
    return roots, homes
