"""Strength, what stands, and cruxes on a made-up graph: 10,000 statements and 30,000 links, without and with circles.

    python -m benchmarks.strength --statements 10000 --links 30000

Prints seconds of processor time, and their ratio to looking at each link once. "Layered" links lead to later statements
only; in "any" they lead anywhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from benchmarks.measuring import machine, parser, repeated
from kb.graph.argument_graph import ArgumentGraph
from kb.graph.strength.cruxes import cone, cruxes
from kb.graph.strength.energy import strengths
from kb.graph.strength.grounded import ground
from kb.model.link import Edge
from kb.model.statement import Point
from kb.model.words import Relation


def graph(statements: int, links: int, *, circles: bool, undercuts: float = 0.02, seed: int = 7) -> ArgumentGraph:
    """A random graph; later statements are spoken to more often, as in real texts, and a few links are undercut."""
    chance = random.Random(seed)
    points = {}
    for number in range(statements):
        name = f"c{number:08}"
        points[name] = Point(name, "claim", "accepted", None, "", frozenset({f"s{chance.randrange(statements // 20)}"}))
    names, edges = list(points), list[Edge]()
    for number in range(links):
        start = chance.randrange(statements - 1)
        end = chance.randrange(statements) if circles else chance.randrange(start + 1, statements)
        relation: Relation = "attacks" if chance.random() < 0.4 else "supports"
        target = names[end]
        if edges and chance.random() < undercuts:
            relation, target = "undercuts", edges[chance.randrange(len(edges))].id
        edges.append(Edge(f"e{number:09}", names[start], target, relation, "cue", "", "accepted", None, ""))
    return ArgumentGraph(points, edges)


def walk(argument: ArgumentGraph) -> int:
    """The floor: each edge looked at once, with both its ends."""
    seen = 0
    for edge in argument.edges:
        seen += edge.from_id in argument.points and edge.to_id in argument.points
    return seen


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--statements", type=int, default=10_000)
    options.add_argument("--links", type=int, default=30_000)
    given = options.parse_args()
    print(f"{machine()}; {given.statements} statements, {given.links} links; processor time, medians of 3")
    for circles in (False, True):
        argument = graph(given.statements, given.links, circles=circles)
        _ = argument.into, argument.out_of
        floor = repeated(partial(walk, argument), 9).cpu
        print(f"{'any' if circles else 'layered'}: each link looked at once {1000 * floor:.1f} ms")
        names = list(argument.points)
        ranges = dict.fromkeys(names[::10], (0.3, 0.8))
        settled = strengths(argument, {}).settled, strengths(argument, ranges).settled
        row("strength of all", partial(strengths, argument, {}), floor, f"settled: {settled[0]}")
        row("with ranges on a tenth", partial(strengths, argument, ranges), floor, f"settled: {settled[1]}")
        row("what stands", partial(ground, argument), floor, f"decided: {len(ground(argument).labels)}")
        sizes = sorted((len(cone(argument, name)), name) for name in names[:: max(1, len(names) // 200)])
        for part in (0.5, 0.9, 1.0):
            size, root = sizes[min(len(sizes) - 1, int(part * len(sizes)))]
            found = cruxes(argument, root, {})
            note = f"tried {found.tried}, settled: {found.settled}"
            row(f"cruxes, cone of {size - 1}", partial(cruxes, argument, root, {}), floor, note)


def row(name: str, action: Callable[[], object], floor: float, note: str) -> None:
    """A line: seconds, and the ratio to the floor."""
    took = repeated(action, 3).cpu
    print(f"  {name:<24} {took:7.3f} s  {took / floor:6.0f} × the floor, {note}", flush=True)


if __name__ == "__main__":
    main()
