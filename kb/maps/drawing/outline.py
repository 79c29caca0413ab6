"""A map read as an outline: what hangs under what, each statement in full once, each link once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kb.model.argument_map import ArgumentMap, Node
from kb.model.link import Link
from kb.model.words import Relation

ALL: tuple[Relation, ...] = ("supports", "attacks", "undercuts", "restates", "related")
SIGNED: tuple[Relation, ...] = ("supports", "attacks", "undercuts")
SYMMETRIC: tuple[Relation, ...] = ("restates", "related")
_NESTED = 3  # links that aim at a link that aims at a link …; what goes on from there is hidden


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a map can be drawn: distinct nodes, links whose ends are among them; the rest counted.

    `steps` are the links that others aim at, by id; `more` the links of a node that are not shown.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Link, ...]
    hidden_nodes: int
    hidden_edges: int
    steps: Mapping[str, Link]
    more: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an outline: `node` hangs by `edge` under the nearest line above with a smaller depth.

    `shown` says whether the node is told in full here, or was above, or will be below. `at_link`: the edge aims at the
    link of that line above, and not at its node.
    """

    depth: int
    node: Node
    edge: Link | None
    shown: Literal["here", "above", "below"]
    at_link: bool = False


def parts(map_: ArgumentMap) -> Parts:
    """The drawable parts. A link to something outside the map counts as hidden."""
    nodes = {node.id: node for node in reversed(map_.nodes)}
    ordered = tuple(dict.fromkeys(nodes[node.id] for node in map_.nodes))
    named: dict[str, Link] = {}
    upon: dict[str, list[Link]] = {}  # links by the id of another that they aim at, if it is one
    for edge in map_.edges:
        if edge.from_id in nodes:
            named.setdefault(edge.id, edge)
            if edge.to_id not in nodes:
                upon.setdefault(edge.to_id, []).append(edge)
    drawn = [edge for edge in map_.edges if edge.from_id in nodes and edge.to_id in nodes]
    steps: dict[str, Link] = {}
    levels = [0] * len(drawn)
    for edge, level in zip(drawn, levels, strict=False):  # both grow while they are walked
        if edge.id in upon and named[edge.id] is edge and level < _NESTED:
            steps[edge.id] = edge
            found = upon.pop(edge.id)
            drawn += found
            levels += [level + 1] * len(found)
    places = {id(edge): place for place, edge in enumerate(map_.edges)}
    edges = tuple(sorted(drawn, key=lambda edge: places[id(edge)]))
    hidden_edges = map_.hidden_edges + len(map_.edges) - len(edges)
    more = {name: count for name, count in map_.more.items() if name in nodes and count > 0}
    return Parts(ordered, edges, map_.hidden_nodes, hidden_edges, steps, more)


def outline(
    map_: ArgumentMap, relations: Iterable[Relation] = ALL, max_depth: int = 8, *, apart: bool = False
) -> list[Line]:
    """The map as lines, thesis first, reasons under what they bear on.

    Every node is shown in full where it is nearest to a thesis, and every link of `relations` exactly once. A root that
    speaks for or against something shown stands under that. What no root reaches, and what lies deeper than
    `max_depth`, starts again at the margin, where the lines come source by source. `apart`: so does what is from
    another source than what it bears on.
    """
    drawn = parts(map_)
    edges = of_relations(drawn, relations)
    by_id = {node.id: node for node in drawn.nodes}
    hung = _Hung(drawn.nodes, edges)
    roots, homes = _homes(map_, drawn, hung, max_depth, apart)
    told: set[str] = set()
    used: set[int] = set()

    def descend(name: str, depth: int) -> Iterator[Line]:
        told.add(name)
        for number, other in hung.under[name]:
            if number not in used:
                yield from hang(number, other, name, depth, at_link=False)

    def hang(number: int, other: str, name: str, depth: int, *, at_link: bool) -> Iterator[Line]:
        used.add(number)
        here = homes.get(other) == (number, name)
        shown: Literal["here", "above", "below"] = "here" if here else "above" if other in told else "below"
        if here:
            told.add(other)
        yield Line(depth + 1, by_id[other], edges[number], shown, at_link)
        for aiming, source in hung.upon.get(number, ()):
            yield from hang(aiming, source, edges[number].id, depth + 1, at_link=True)
        if here:
            yield from descend(other, depth + 1)

    lines: list[Line] = []
    for root in roots:
        lines.append(Line(0, by_id[root], None, "here"))
        lines.extend(descend(root, 0))
    return lines


def of_relations(drawn: Parts, relations: Iterable[Relation]) -> list[Link]:
    """The links of these relations, without those that aim at a link of another relation."""
    wanted = frozenset(relations)
    return [edge for edge in drawn.edges if {edge.relation, *(step.relation for step in _below(edge, drawn))} <= wanted]


def bears_on(edge: Link, drawn: Parts) -> str:
    """The node that a link bears on in the end, where it aims at another link."""
    return [edge, *_below(edge, drawn)][-1].to_id


def _below(edge: Link, drawn: Parts) -> Iterator[Link]:
    """The link that this one aims at, the one that that one aims at, and so on."""
    while (step := drawn.steps.get(edge.to_id)) is not None:
        yield step
        edge = step


class _Hung:
    """What hangs under each node, and under each link, as (number of the link, node at its other end)."""

    def __init__(self, nodes: Iterable[Node], edges: list[Link]) -> None:
        self.edges = edges
        self.places = {node.id: place for place, node in enumerate(nodes)}
        self.under: dict[str, list[tuple[int, str]]] = {name: [] for name in self.places}
        self.upon: dict[int, list[tuple[int, str]]] = {}
        numbers = {edge.id: number for number, edge in reversed(list(enumerate(edges)))}
        for number, edge in enumerate(edges):
            if edge.to_id not in self.places:
                self.upon.setdefault(numbers[edge.to_id], []).append((number, edge.from_id))
                continue
            self.under[edge.to_id].append((number, edge.from_id))
            if edge.relation in SYMMETRIC and edge.from_id != edge.to_id:
                self.under[edge.from_id].append((number, edge.to_id))
        for found in (*self.under.values(), *self.upon.values()):
            found.sort(key=self._rank)

    def _rank(self, item: tuple[int, str]) -> tuple[int, bool, int, str]:
        # Never by the order of the links, which means nothing.
        edge = self.edges[item[0]]
        return ALL.index(edge.relation), edge.status != "accepted", self.places[item[1]], edge.id


def _homes(
    map_: ArgumentMap, drawn: Parts, hung: _Hung, max_depth: int, apart: bool
) -> tuple[list[str], dict[str, tuple[int, str]]]:
    """The roots in order, and for every other node the link and the node, or link, it is shown under."""
    roots: list[str] = []
    homes: dict[str, tuple[int, str]] = {}
    depths: dict[str, int] = {}
    groups = {node.id: node.source_id for node in drawn.nodes}
    queue: deque[str] = deque()

    def offer(number: int, other: str, under: str, depth: int, group: str) -> None:
        if other not in depths:
            if depth <= max_depth and (not apart or groups[other] == group):
                depths[other] = depth
                homes[other] = (number, under)
            else:
                depths[other] = 0
                roots.append(other)
            queue.append(other)
        for aiming, source in hung.upon.get(number, ()):
            offer(aiming, source, hung.edges[number].id, depth + 1, group)

    def spread(starts: Iterable[str]) -> None:
        for start in starts:
            if start in hung.under and start not in depths:
                depths[start] = 0
                roots.append(start)
                queue.append(start)
        while queue:
            name = queue.popleft()
            for number, other in hung.under[name]:
                offer(number, other, name, depths[name] + 1, groups[name])

    above: dict[str, list[str]] = {}
    for edge in hung.edges:
        if edge.relation in SIGNED and edge.from_id != edge.to_id and edge.status != "rejected":
            above.setdefault(edge.from_id, []).append(bears_on(edge, drawn))
    for higher in above.values():
        higher.sort(key=hung.places.__getitem__)  # as they are drawn; the order of the links means nothing
    spread(top for root in map_.roots for top in _tops(root, above))
    for node in drawn.nodes:  # theses that no root reaches
        if node.id not in above:
            spread([node.id])
    for node in drawn.nodes:  # circles without a thesis
        spread([node.id])
    order = {group: place for place, group in enumerate(dict.fromkeys(groups[root] for root in roots))}
    return sorted(roots, key=lambda root: order[groups[root]]), homes


def _tops(root: str, above: Mapping[str, list[str]]) -> list[str]:
    """The theses that a node bears on, over others or not; itself where it bears on none, or only on a circle."""
    seen = {root: None}
    for name in (queue := [root]):  # grows while it is walked
        for higher in above.get(name, ()):
            if higher not in seen:
                seen[higher] = None
                queue.append(higher)
    return [name for name in seen if name not in above] or [root]
