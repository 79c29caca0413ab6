"""Places for the boxes and lines of a map: thesis on top, reasons below, in pure Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kb.maps.drawing.layers import Layers, layered, neighbours
from kb.maps.drawing.outline import Line
from kb.model.link import Link

MARGIN = 24.0
_GAP_X = 30.0
_GAP_Y = 92.0
_STUB = 36.0  # how far a line runs straight at the end that bears its mark
_LANE = 16.0  # the room between a line that passes through a layer and its neighbours
_DIP = 30.0  # how much room lines take that hang between two boxes of the lowest layer
_FRAME = 14.0  # between the frame of a group and what is in it
_FRAME_TOP = 36.0  # the same at the top, where its title stands
_PORTS = 26.0  # between two lines that end at one side of a box, where there is room
_SWEEPS = 12
_SPREAD = 1.25  # how much wider than its widest row a map may be

Point = tuple[float, float]
Sizes = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node is drawn: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """Where an edge is drawn, from its source to its target.

    `points` come in pairs, the ends of vertical stretches; from pair to pair the line is free to curve, and
    where both are at the same height it hangs down. `end_below`: it arrives at its target from below.
    """

    edge: Link
    points: tuple[Point, ...]
    end_below: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """`boxes` by name, of nodes and joints; `frames` in the order of the groups, around the boxes of each."""

    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]
    frames: tuple[Box, ...]
    width: float
    height: float


def layout(
    lines: list[Line],
    edges: Sequence[Link],
    sizes: Sizes,
    *,
    joints: Sequence[str] = (),
    groups: Sequence[Sequence[str]] = (),
    head: float = 0.0,
) -> Layout:
    """Places for the nodes that `lines`, an outline, tells in full, and for `joints`, all of the given sizes.

    `edges` run between nodes and joints. Each of `groups` gets a frame that nothing else is in. `head`: the height to
    be left free above it all.
    """
    if not lines:
        return Layout({}, (), (), 2 * MARGIN, head + 2 * MARGIN)
    layers = layered(lines, joints, edges, _lanes(lines, groups))
    centres = _centres(layers, sizes, _FRAME if groups else 0.0)
    tops, bottoms = _rows(layers, centres, sizes, head + (_FRAME_TOP if groups else 0.0))
    boxes = {}
    for vertex, name in enumerate(layers.names):
        width, height = sizes[name]
        boxes[name] = Box(centres[vertex] - width / 2, tops[layers.ranks[vertex]], width, height)
    routes = tuple(_routes(layers, edges, boxes, centres, tops, bottoms))
    right = max([box.x + box.width for box in boxes.values()] + [x for r in routes for x, _ in r.points])
    frames = tuple(_frame([boxes[name] for name in group]) for group in groups)
    right = max([right, *(frame.x + frame.width for frame in frames)])
    hangs = any(len({y for _, y in route.points[1:3]}) == 1 for route in routes)
    low = bottoms[-1] + MARGIN + (_FRAME if groups else 0.0)
    return Layout(boxes, routes, frames, right + MARGIN, low + (_STUB + _DIP if hangs else 0))


def _lanes(lines: list[Line], groups: Sequence[Sequence[str]]) -> dict[str, int]:
    """A lane for each group, and one for all that are in none, in the order of the outline."""
    group_of = {name: number for number, group in enumerate(groups) for name in group}
    told = [line.node.id for line in lines if line.shown == "here"]
    order = {group: lane for lane, group in enumerate(dict.fromkeys(group_of.get(name, -1) for name in told))}
    return {name: order[group_of.get(name, -1)] for name in told}


def _frame(boxes: list[Box]) -> Box:
    left, top = min(box.x for box in boxes) - _FRAME, min(box.y for box in boxes) - _FRAME_TOP
    right, bottom = max(box.x + box.width for box in boxes), max(box.y + box.height for box in boxes)
    return Box(left, top, right - left + _FRAME, bottom - top + _FRAME)


def _centres(layers: Layers, sizes: Sizes, frame: float) -> list[float]:
    """The horizontal centre of every vertex: each lane by itself, and the lanes side by side, `frame` around each."""
    halves = [sizes[name][0] / 2 for name in layers.names]
    halves += [0.0] * (len(layers.ranks) - len(halves))
    lanes: dict[int, list[list[int]]] = {}
    for row in layers.rows:
        for lane, found in groupby(row, layers.lanes.__getitem__):
            lanes.setdefault(lane, []).append(list(found))
    near = neighbours(layers.ranks, layers.chains)
    centres = [0.0] * len(layers.ranks)
    left = MARGIN + frame
    for _, rows in sorted(lanes.items()):
        places = _lane_centres(layers, rows, near, halves)
        first = min(place - halves[vertex] for vertex, place in places.items())
        for vertex, place in places.items():
            centres[vertex] = place - first + left
        left = max(centres[vertex] + halves[vertex] for vertex in places) + 2 * frame + _GAP_X
    return centres


def _lane_centres(
    layers: Layers, rows: list[list[int]], near: tuple[list[list[int]], list[list[int]]], halves: list[float]
) -> dict[int, float]:
    """The horizontal centre of the vertices of a lane: near their neighbours, in the order of the row, with room."""
    real = len(layers.names)
    centres: dict[int, float] = {}
    steps: list[list[float]] = []
    for row in rows:
        apart = [
            halves[left] + halves[right] + (_GAP_X if left < real and right < real else _LANE)
            for left, right in pairwise(row)
        ]
        steps.append(apart)
        place = -sum(apart) / 2
        for vertex, step in zip(row, [*apart, 0.0], strict=True):
            centres[vertex] = place
            place += step
    above, below = ({v: [other for other in side[v] if other in centres] for v in centres} for side in near)
    spaced = list(zip(rows, steps, strict=True))

    def fit(row: list[int], apart: list[float], wanted: list[float]) -> None:
        fitted = _fitted(wanted, apart, [1.0 if vertex < real else 2.0 for vertex in row])
        centres.update(zip(row, fitted, strict=True))

    for sweep in range(_SWEEPS):
        # The last sweep goes up, so that a statement stands in the middle of its answers.
        side = above if sweep % 2 == 0 else below
        for row, apart in spaced if sweep % 2 == 0 else reversed(spaced):
            fit(row, apart, [_mean([centres[other] for other in side[vertex]] or [centres[vertex]]) for vertex in row])
    # A column for each branch makes wide maps wider yet: squeeze evenly, which keeps in line what is in line.
    widest = max(sum(apart) for apart in steps)
    squeeze = _SPREAD * widest / max(max(centres.values()) - min(centres.values()), 1.0)
    if squeeze < 1:
        for row, apart in spaced:
            fit(row, apart, [centres[vertex] * squeeze for vertex in row])
    return centres


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _fitted(wanted: Sequence[float], apart: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The places nearest to `wanted` (least squares) that keep their order and distances.

    Taking the distances off turns this into isotonic regression, solved by pooling adjacent violators.
    """
    offsets = [0.0]
    for step in apart:
        offsets.append(offsets[-1] + step)
    pools: list[tuple[float, float, int]] = []  # mean, weight, length
    for place, offset, weight in zip(wanted, offsets, weights, strict=True):
        pool = (place - offset, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, heavy, length = pools.pop()
            total = heavy + pool[1]
            pool = ((mean * heavy + pool[0] * pool[1]) / total, total, length + pool[2])
        pools.append(pool)
    flat = [mean for mean, _, length in pools for _ in range(length)]
    return [place + offset for place, offset in zip(flat, offsets, strict=True)]


def _rows(layers: Layers, centres: list[float], sizes: Sizes, head: float) -> tuple[list[float], list[float]]:
    """Top and bottom of every row. Rows are further apart where lines between them lead far to the side."""
    _, below = neighbours(layers.ranks, layers.chains)
    tops, bottoms, top = [], [], head + MARGIN
    for row in layers.rows:
        height = max((sizes[layers.names[v]][1] for v in row if v < len(layers.names)), default=0.0)
        tops.append(top)
        bottoms.append(top + height)
        reach = max((abs(centres[v] - centres[other]) for v in row for other in below[v]), default=0.0)
        top += height + _GAP_Y + min(reach * 0.06, 70.0)
    return tops, bottoms


def _routes(
    layers: Layers,
    edges: Sequence[Link],
    boxes: Mapping[str, Box],
    centres: list[float],
    tops: list[float],
    bottoms: list[float],
) -> list[Route]:
    ports = _ports(layers, boxes, centres)
    routes = []
    for number, (edge, chain) in enumerate(zip(edges, layers.chains, strict=True)):
        upper, lower = chain[0], chain[-1]
        ranks = layers.ranks[upper], layers.ranks[lower]
        box = boxes[layers.names[upper]]
        start, end = ports[number, 0], ports[number, 1]
        target_is_upper = layers.names[upper] == edge.to_id
        level = ranks[0] == ranks[1]
        stub = _STUB if target_is_upper or level else 0.0
        points = [(start, box.y + box.height), (start, bottoms[ranks[0]] + stub)]
        for vertex in chain[1:-1]:
            rank = layers.ranks[vertex]
            points += [(centres[vertex], tops[rank]), (centres[vertex], bottoms[rank])]
        if level:
            other = boxes[layers.names[lower]]
            points += [(end, bottoms[ranks[1]] + stub), (end, other.y + other.height)]
        else:
            points += [(end, tops[ranks[1]] - _STUB + stub), (end, tops[ranks[1]])]
        route = tuple(reversed(points)) if target_is_upper else tuple(points)
        routes.append(Route(edge, route, target_is_upper or level))
    return routes


def _ports(layers: Layers, boxes: Mapping[str, Box], centres: list[float]) -> dict[tuple[int, int], float]:
    """Where lines touch their boxes, by number of the edge and end (0 upper, 1 lower): spread, uncrossed."""
    sides: dict[tuple[int, bool], list[tuple[float, int, int]]] = {}
    for number, chain in enumerate(layers.chains):
        level = layers.ranks[chain[0]] == layers.ranks[chain[-1]]
        sides.setdefault((chain[0], True), []).append((centres[chain[1]], number, 0))
        sides.setdefault((chain[-1], level), []).append((centres[chain[-2]], number, 1))
    ports = {}
    for (vertex, _), touching in sides.items():
        room = max(boxes[layers.names[vertex]].width - 24, 0.0)
        step = min(_PORTS, room / max(len(touching) - 1, 1))
        first = centres[vertex] - step * (len(touching) - 1) / 2
        for place, (_, number, end) in enumerate(sorted(touching)):
            ports[number, end] = first + place * step
    return ports
