"""How long a map takes: choosing a part of a large graph, and drawing it in every format.

    python -m benchmarks.maps

The store is made up: 10,000 statements in 200 sources, 30,000 links (the most discussed has 1,400), 300 undercuts of
links. A map starts from the five most discussed statements and has 50 nodes. Then each format draws graphs of 50, 500
and 2,000 nodes. Times are those of the processor, which other programs on the machine disturb least; all is one thread.
The ratios are to loading the whole graph.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import get_args

from benchmarks.measuring import machine, parser, repeated
from kb.graph import argument_graph
from kb.maps.formats import names, render
from kb.maps.select.neighbourhood import around
from kb.maps.select.roots import among
from kb.model import ids
from kb.model.argument_map import ArgumentMap, Node
from kb.model.link import Link, new_link
from kb.model.source import SourceFields
from kb.model.statement import NewMention, NewStatement
from kb.model.words import NodeKind, Relation, Status
from kb.store import link_writing, source_writing, statement_writing
from kb.store.open import Store, open_store
from kb.text.strings import digest

STATEMENTS, LINKS, UNDERCUTS, SOURCES = 10_000, 30_000, 300, 200
DAY = "2024-01-01T00:00:00Z"
_SIGNS: tuple[Relation, ...] = ("supports", "attacks", "supports", "restates", "related")
_WORDS = (
    "soil", "rain", "count", "farm", "trend", "record", "reserve", "wood", "survey", "volunteer", "model", "error",
)  # fmt: skip


def main() -> None:
    """Print the times of choosing, and a row a format."""
    parser(__doc__).parse_args()
    print(f"{machine()}; median of 9, CPU milliseconds")
    with tempfile.TemporaryDirectory() as scratch, open_store(Path(scratch) / "home") as store:
        _fill(store)
        roots = among(store, 5)
        view = around(store, roots, most=50)
        print(f"{len(view.nodes)} nodes, {len(view.edges)} links, hidden {view.hidden_nodes} and {view.hidden_edges}")
        floor = _row("loading the whole graph", lambda: argument_graph.load(store))
        _row("choosing where to start", lambda: among(store, 5), floor)
        _row("choosing the rest, link by link", lambda: around(store, roots, most=50), floor)
        _row("… from one statement", lambda: around(store, roots[:1], most=50), floor)
        _row("… 500 nodes", lambda: around(store, roots, depth=6, most=500, per_node=20), floor)
        for name in names():
            _row(f"the 50 as {name}", partial(render, view, name), floor)
        _row("start, choose, and draw as svg", lambda: render(around(store, among(store, 5), most=50), "svg"), floor)
    print("\ndrawing graphs of            50        500      2,000")
    graphs = [_made_up(size) for size in (50, 500, 2000)]
    for name in names():
        times = [1000 * repeated(partial(render, graph, name), 3).cpu for graph in graphs]
        print(f"  {name:<20}" + "".join(f"{milliseconds:11.1f}" for milliseconds in times), flush=True)


def _row(name: str, action: Callable[[], object], floor: float = 0.0) -> float:
    """A line: milliseconds, and the ratio to the floor where there is one."""
    took = 1000 * repeated(action, 9).cpu
    print(f"  {name:<34} {took:8.1f}" + (f"  {took / floor:6.2f} × the whole graph" if floor else ""), flush=True)
    return took


def _sentence(rng: random.Random, number: int) -> str:
    return f"Statement {number} holds that {' '.join(rng.choices(_WORDS, k=rng.randrange(6, 24)))}."


def _fill(store: Store) -> None:
    rng = random.Random(5)
    per_source = STATEMENTS // SOURCES
    made: list[NewStatement] = []
    with store.transaction():
        for number in range(SOURCES):
            texts = [_sentence(rng, number * per_source + n) for n in range(per_source)]
            body = "\n\n".join(texts)
            fields: SourceFields = {"id": ids.make(ids.SOURCE, str(number)), "citekey": f"key{number}", "kind": "post"}
            fields |= {"title": f"Source {number}", "added": DAY, "updated": DAY, "text": body}
            rowid = source_writing.insert(store, fields, str(number))
            for text in texts:
                start = body.index(text)
                mention = NewMention(rowid, text, start, start + len(text), f"Person {number % 40}")
                name, kind = ids.make(ids.STATEMENT, text), rng.choice(get_args(NodeKind)[:5])
                made.append(
                    NewStatement(name, kind, text, "cue", "made-up", "suggested", 0.7, DAY, digest(text), (mention,))
                )
        statement_writing.insert(store, made)
        known = [statement.id for statement in made]
        found: dict[str, Link] = {}
        while len(found) < LINKS:  # a few statements are what much is about
            end = known[int(len(known) * rng.random() ** 3)]
            link = _link(rng.choice(known), rng.choice(_SIGNS), end, rng)
            if link.from_id != link.to_id:
                found[link.id] = link
        for target in rng.sample(sorted(found), UNDERCUTS):
            under = _link(rng.choice(known), "undercuts", target, rng)
            found[under.id] = under
        link_writing.insert(store, list(found.values()))


def _link(start: str, relation: Relation, end: str, rng: random.Random) -> Link:
    status: Status = "accepted" if rng.random() < 0.2 else "suggested"
    return new_link(start, relation, end, DAY, basis="structure", rule="made-up", status=status, score=rng.random())


def _made_up(size: int) -> ArgumentMap:
    """A tree of theses and answers from ten sources, with links across and undercuts of links."""
    rng = random.Random(size)
    nodes = tuple(
        Node(f"n{n}", rng.choice(get_args(NodeKind)), _sentence(rng, n), f"s{n % 10}", f"Source {n % 10}", "Ada Moss")
        for n in range(size)
    )
    tree = [
        Link(f"e{n}", f"n{n}", f"n{rng.randrange(n)}", _SIGNS[n % 2], "cue", "", "suggested", 0.5, "")
        for n in range(1, size)
    ]
    across = [replace(edge, id=f"x{edge.id}", to_id=f"n{rng.randrange(size)}") for edge in tree[::3]]
    under = [replace(edge, id=f"u{edge.id}", to_id=rng.choice(tree).id, relation="undercuts") for edge in tree[::20]]
    return ArgumentMap(nodes, (*tree, *across, *under), ("n0",), 3, 9, "Made up", {"n0": 4})


if __name__ == "__main__":
    main()
