"""Strength, what stands, and cruxes on a made-up graph: 10,000 statements and 30,000 links, without and with circles.

    python benchmarks/strength.py [--statements N] [--links N]

Prints seconds of processor time, best of three. "Layered" links lead to later statements only; in "any" they lead
anywhere.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from typing import Any

from kb.graph.argument_graph import Argument, Point, Tie
from kb.graph.strength.cruxes import cone, cruxes
from kb.graph.strength.energy import strengths
from kb.graph.strength.grounded import ground


def graph(statements: int, links: int, *, circles: bool, undercuts: float = 0.02, seed: int = 7) -> Argument:
    """A random graph; later statements are spoken to more often, as in real texts, and a few links are undercut."""
    chance = random.Random(seed)
    points = {}
    for number in range(statements):
        name = f"c{number:08}"
        points[name] = Point(name, "claim", "accepted", None, "", frozenset({f"s{chance.randrange(statements // 20)}"}))
    names, ties = list(points), []
    for number in range(links):
        start = chance.randrange(statements - 1)
        end = chance.randrange(statements) if circles else chance.randrange(start + 1, statements)
        relation: Any = "attacks" if chance.random() < 0.4 else "supports"
        target = names[end]
        if ties and chance.random() < undercuts:
            relation, target = "undercuts", ties[chance.randrange(len(ties))].id
        ties.append(Tie(f"e{number:09}", names[start], target, relation, "cue", "accepted", None, ""))
    return Argument(points, ties)


def best(what: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time of the fastest of three runs, and the result."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        result = what()
        times.append(time.process_time() - begun)
    return min(times), result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--links", type=int, default=30_000)
    given = parser.parse_args()
    for circles in (False, True):
        argument = graph(given.statements, given.links, circles=circles)
        _ = argument.into, argument.out_of
        print("any" if circles else "layered")
        seconds, found = best(lambda argument=argument: strengths(argument, {}))
        print(f"  strength of all        {seconds:.3f} s, settled: {found.settled}")
        names = list(argument.points)
        ranges = dict.fromkeys(names[::10], (0.3, 0.8))
        seconds, found = best(lambda argument=argument, ranges=ranges: strengths(argument, ranges))
        print(f"  with ranges on a tenth {seconds:.3f} s, settled: {found.settled}")
        seconds, labels = best(lambda argument=argument: ground(argument))
        print(f"  what stands            {seconds:.3f} s, decided: {len(labels.labels)}")
        sizes = sorted((len(cone(argument, name)), name) for name in names[:: max(1, len(names) // 200)])
        for part in (0.5, 0.9, 1.0):
            size, root = sizes[min(len(sizes) - 1, int(part * len(sizes)))]
            seconds, cr = best(lambda argument=argument, root=root: cruxes(argument, root, {}))
            print(f"  cruxes, cone of {size - 1:<6} {seconds:.3f} s, tried {cr.tried}, settled: {cr.settled}")


if __name__ == "__main__":
    main()
