"""An graph made ready for calculation: who counts for and against each point, with one source counted once.

Every point is an item, and so is every link that something undercuts: its value is how far it still holds. Items and
what they hear are in the order of their ids, so that no result depends on the order in which the graph was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from kb.graph.argument_graph import ArgumentGraph
from kb.model.link import Edge

OPEN = 0
"""The item that stands for a link that nothing undercuts; its value is always 1."""

UNKNOWN_SCORE = 0.5
"""Weight of a suggested link without a score."""

Voice = tuple[int, int, float]
"""(item of the point that speaks, item of its link, weight of the link); it says weight × strength × link's value."""


@dataclass(frozen=True, slots=True)
class Side:
    """What speaks for a point, or against it, or against a link, so that one source is counted once.

    Each voice of `alone` shares its sources with no other. Of each of `groups`, whose voices are all from one source,
    the strongest counts. Voices of `shared` are made in several sources, some of them common: as many count as can
    each be given a source of its own, strongest first.
    """

    alone: tuple[Voice, ...] = ()
    groups: tuple[tuple[Voice, ...], ...] = ()
    shared: tuple[tuple[Voice, frozenset[str]], ...] = ()


NOBODY = Side()


@dataclass(frozen=True, slots=True)
class Model:
    """Items by number: number 0 is `OPEN`, then the points, then the links that something undercuts.

    `hears[i]` are the items whose values the value of item i depends on.
    """

    names: tuple[str, ...]
    numbers: Mapping[str, int]
    points: int  # items 1 … points are points
    supporters: tuple[Side, ...]
    attackers: tuple[Side, ...]
    hears: tuple[tuple[int, ...], ...]
    edges: Mapping[tuple[int, int, bool], Edge]  # (speaker, point spoken of, whether for it) → the link

    def is_point(self, item: int) -> bool:
        return 1 <= item <= self.points


def weight(edge: Edge) -> float:
    """How much a link counts: 1 where a person accepted it, else its score."""
    if edge.status == "accepted":
        return 1.0
    return UNKNOWN_SCORE if edge.score is None else min(max(edge.score, 0.0), 1.0)


def build(graph: ArgumentGraph) -> Model:
    """The model of an graph. A link from a point to itself, or one that supports a link, says nothing."""
    edges = sorted((edge for edge in graph.edges if edge.from_id != edge.to_id), key=_BY_ENDS)
    points = sorted(graph.points)
    names = ("", *points, *_undercut(edges))
    numbers = {name: number for number, name in enumerate(names) if number}
    pro: dict[int, list[Voice]] = {}
    con: dict[int, list[Voice]] = {}
    by_ends: dict[tuple[int, int, bool], Edge] = {}
    against: dict[str, list[Voice]] = {}
    for edge in edges:
        start, gate = numbers[edge.from_id], numbers.get(edge.id, OPEN)
        voice = start, gate, weight(edge)
        end = numbers.get(edge.to_id, OPEN)
        if edge.relation == "undercuts" or end > len(points):
            if edge.relation != "supports":
                against.setdefault(edge.to_id, []).append(voice)
        elif end and edge.relation in ("supports", "attacks"):
            supports = edge.relation == "supports"
            (pro if supports else con).setdefault(end, []).append(voice)
            by_ends[start, end, supports] = edge
    for edge in edges:
        if gate := numbers.get(edge.id, OPEN):
            con[gate] = [*against.get(edge.id, ()), *against.get(edge.from_id, ())]
    sources = [_NO_SOURCE, *(graph.points[name].sources for name in points)]
    items = range(len(names))
    return Model(
        names,
        numbers,
        len(points),
        tuple([_side(pro[item], sources) if item in pro else NOBODY for item in items]),
        tuple([_side(con[item], sources) if item in con else NOBODY for item in items]),
        tuple([_heard(pro.get(item, _SILENCE), con.get(item, _SILENCE)) for item in items]),
        by_ends,
    )


_BY_ENDS = attrgetter("from_id", "to_id", "id")
_NO_SOURCE: frozenset[str] = frozenset()
_SILENCE: list[Voice] = []


def _undercut(edges: Sequence[Edge]) -> list[str]:
    """Ids of the links that something undercuts, or all of whose start's links are undercut."""
    known = {edge.id for edge in edges}
    against = {
        edge.to_id
        for edge in edges
        if edge.relation == "undercuts" or (edge.relation == "attacks" and edge.to_id in known)
    }
    return [edge.id for edge in edges if edge.id in against or edge.from_id in against] if against else []


def _heard(pro: Sequence[Voice], con: Sequence[Voice]) -> tuple[int, ...]:
    """The items that some voices are of."""
    found: set[int] = set()
    for voices in (pro, con):
        for giver, gate, _ in voices:
            found.add(giver)
            if gate:
                found.add(gate)
    return tuple(sorted(found)) if found else ()


def _side(voices: Sequence[Voice], sources: Sequence[frozenset[str]]) -> Side:
    all_sources = [name for voice in voices for name in sources[voice[0]]]
    if len(voices) == 1 or len(set(all_sources)) == len(all_sources):
        return Side(tuple(voices))
    alone: list[Voice] = []
    groups: list[tuple[Voice, ...]] = []
    shared: list[tuple[Voice, frozenset[str]]] = []
    for cluster in _clusters(voices, sources):
        if len(cluster) == 1:
            alone.append(cluster[0])
        elif all(len(sources[voice[0]]) == 1 for voice in cluster):
            groups.append(tuple(cluster))
        else:
            shared += [(voice, sources[voice[0]]) for voice in cluster]
    return Side(tuple(alone), tuple(groups), tuple(shared))


def _clusters(voices: Sequence[Voice], sources: Sequence[frozenset[str]]) -> list[list[Voice]]:
    """Voices parted so that those which share a source, directly or through others, are together."""
    found: list[tuple[set[str], list[Voice]]] = []
    owner: dict[str, int] = {}  # source → number of its cluster
    for voice in voices:
        mine = sources[voice[0]]
        touched = sorted({owner[name] for name in mine if name in owner}) or [len(found)]
        home = touched[0]
        if home == len(found):
            found.append((set(), []))
        found[home][0].update(mine)
        found[home][1].append(voice)
        for other in touched[1:]:
            found[home][0].update(found[other][0])
            found[home][1].extend(found[other][1])
            owner.update(dict.fromkeys(found[other][0], home))
            found[other][1].clear()
        owner.update(dict.fromkeys(mine, home))
    return [cluster for _, cluster in found if cluster]


def components(model: Model) -> list[list[int]]:
    """Items in an order in which each comes after what it hears; those that hear one another in a circle together.

    Strongly connected components by Tarjan's algorithm, without recursion.
    """
    hears = model.hears
    order: list[list[int]] = []
    index = [0] * len(model.names)  # when an item was reached, from 1; 0 before
    low = [0] * len(model.names)
    on_stack = bytearray(len(model.names))
    stack: list[int] = []
    count = 0
    for root in range(1, len(model.names)):
        if index[root]:
            continue
        if not hears[root]:
            count += 1
            index[root] = count
            order.append([root])
            continue
        work: list[tuple[int, int]] = [(root, 0)]
        while work:
            item, at = work.pop()
            if at == 0:
                count += 1
                index[item] = low[item] = count
                stack.append(item)
                on_stack[item] = 1
            for place in range(at, len(hears[item])):
                other = hears[item][place]
                if not index[other]:
                    work += [(item, place + 1), (other, 0)]
                    break
                if on_stack[other]:
                    low[item] = min(low[item], index[other])
            else:
                if low[item] == index[item]:
                    component: list[int] = []
                    while not component or component[-1] != item:
                        component.append(stack.pop())
                        on_stack[component[-1]] = 0
                    order.append(sorted(component))
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[item])
    return order
