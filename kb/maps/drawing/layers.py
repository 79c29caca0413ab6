"""Which layer each node of a drawing belongs to, and in which order the layers hold them.

After Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (1981):
break circles, give layers, put a stand-in wherever a line passes a layer, then order by the neighbours' mean
place. Layers are kept to a width, after Coffman and Graham (1972), because a thesis may have fifty answers. What
belongs together keeps to a lane of its own, so that a frame can be drawn around it.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from kb.maps.drawing.outline import SIGNED, Line
from kb.model.link import Link

_SWEEPS = 10


@dataclass(frozen=True, slots=True)
class Layers:
    """Vertices are numbers: those below `len(names)` are nodes, the others stand-ins for passing lines.

    `chains[n]` leads along edge n from its upper end to its lower one, over stand-ins. Both ends may
    be in one layer, or be the same node. `lanes` has the lane of every vertex; within a row they come in order.
    """

    names: tuple[str, ...]
    ranks: list[int]
    rows: list[list[int]]
    chains: list[list[int]]
    lanes: list[int]


def layered(lines: list[Line], joints: Sequence[str], edges: Sequence[Link], lanes: Mapping[str, int]) -> Layers:
    """Layers for the nodes that `lines` tells in full, at least one of them, and for joints between lines.

    `lanes`: numbers of lanes, from left to right, by node; where there are none, all share one.
    """
    names = (*(line.node.id for line in lines if line.shown == "here"), *joints)
    numbers = {name: number for number, name in enumerate(names)}
    starts = {edge.to_id: edge.from_id for edge in reversed(edges)}
    lane = [lanes.get(name, lanes.get(starts.get(name, name), 0)) for name in names]  # a joint goes with what it joins
    below = _without_circles(_below(lines, edges, numbers))
    ranks = _ranks(below)
    chains: list[list[int]] = []
    order = [float(number) for number in range(len(names))]  # where a vertex would like to be at first
    for edge in edges:
        ends = sorted((numbers[edge.to_id], numbers[edge.from_id]), key=ranks.__getitem__)
        upper, lower = ends
        between = []
        for rank in range(ranks[upper] + 1, ranks[lower]):
            between.append(len(ranks))
            ranks.append(rank)
            lane.append(lane[lower])
            order.append(lower - 0.5)
        chains.append([upper, *between, lower])
    rows: list[list[int]] = [[] for _ in range(max(ranks) + 1)]
    for vertex in sorted(range(len(ranks)), key=lambda vertex: (lane[vertex], order[vertex], vertex)):
        rows[ranks[vertex]].append(vertex)
    return Layers(names, ranks, _uncrossed(rows, ranks, chains, lane), chains, lane)


def neighbours(ranks: list[int], chains: list[list[int]]) -> tuple[list[list[int]], list[list[int]]]:
    """For each vertex those that lines lead to in the layer above, and in the layer below."""
    above: list[list[int]] = [[] for _ in ranks]
    below: list[list[int]] = [[] for _ in ranks]
    for chain in chains:
        for upper, lower in pairwise(chain):
            if ranks[upper] < ranks[lower]:
                above[lower].append(upper)
                below[upper].append(lower)
    return above, below


def _below(lines: list[Line], edges: Sequence[Link], numbers: dict[str, int]) -> list[list[int]]:
    """What must be drawn below what: reasons below what they bear on, the rest where the outline hangs it."""
    below: list[dict[int, None]] = [{} for _ in numbers]
    path: list[int] = []
    for line in lines:
        if line.shown != "here":
            continue
        del path[line.depth :]
        if path and line.edge is not None and not line.at_link:
            below[path[-1]][numbers[line.node.id]] = None
        path.append(numbers[line.node.id])
    for edge in edges:
        if edge.relation in SIGNED and edge.from_id != edge.to_id:
            below[numbers[edge.to_id]][numbers[edge.from_id]] = None
    return [sorted(found) for found in below]


def _without_circles(below: list[list[int]]) -> list[list[int]]:
    """The same without the lines that close a circle, found by a walk in depth from the first vertex on."""
    state = [0] * len(below)  # 0 new, 1 on the way, 2 done
    kept: list[list[int]] = [[] for _ in below]
    for start in range(len(below)):
        if state[start]:
            continue
        state[start] = 1
        stack = [(start, iter(below[start]))]
        while stack:
            vertex, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[vertex] = 2
                stack.pop()
                continue
            if state[following] != 1:
                kept[vertex].append(following)
            if state[following] == 0:
                state[following] = 1
                stack.append((following, iter(below[following])))
    return kept


def _ranks(below: list[list[int]]) -> list[int]:
    """The layer of each vertex: beneath all it hangs under, and no layer with more than its share."""
    waiting = [0] * len(below)
    for found in below:
        for vertex in found:
            waiting[vertex] += 1
    ready = [vertex for vertex, count in enumerate(waiting) if not count]
    longest = [0] * len(below)
    for vertex in ready:  # grows while it is walked
        for lower in below[vertex]:
            longest[lower] = max(longest[lower], longest[vertex] + 1)
            waiting[lower] -= 1
            if not waiting[lower]:
                ready.append(lower)
    widest = max(4, round(1.3 * sqrt(len(below))))
    ranks = [0] * len(below)
    filled: dict[int, int] = {}
    for vertex in sorted(range(len(below)), key=lambda vertex: (longest[vertex], vertex)):
        rank = ranks[vertex]
        while filled.get(rank, 0) >= widest:
            rank += 1
        filled[rank] = filled.get(rank, 0) + 1
        ranks[vertex] = rank
        for lower in below[vertex]:
            ranks[lower] = max(ranks[lower], rank + 1)
    return ranks


def _uncrossed(rows: list[list[int]], ranks: list[int], chains: list[list[int]], lane: list[int]) -> list[list[int]]:
    """The rows in an order with few crossings: the best of some sweeps down and up."""
    above, below = neighbours(ranks, chains)
    best, fewest = [list(row) for row in rows], _crossings(rows, below)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        near = above if down else below
        for row in rows if down else reversed(rows):
            places = {vertex: float(place) for place, vertex in enumerate(row)}
            other = _places(rows, ranks, near, row)
            row.sort(key=lambda vertex: (lane[vertex], other.get(vertex, places[vertex])))
        crossings = _crossings(rows, below)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _places(rows: list[list[int]], ranks: list[int], near: list[list[int]], row: list[int]) -> dict[int, float]:
    """For the vertices of a row the mean place of their neighbours, scaled to the length of the row."""
    first = next((near[vertex][0] for vertex in row if near[vertex]), None)
    if first is None:
        return {}
    places = {vertex: place for place, vertex in enumerate(rows[ranks[first]])}
    scale = len(row) / len(places)
    return {
        vertex: scale * sum(places[other] for other in near[vertex]) / len(near[vertex])
        for vertex in row
        if near[vertex]
    }


def _crossings(rows: list[list[int]], below: list[list[int]]) -> int:
    total = 0
    for upper, lower in pairwise(rows):
        places = {vertex: place for place, vertex in enumerate(lower)}
        seen: list[int] = []
        for vertex in upper:
            ends = sorted(places[other] for other in below[vertex])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total
