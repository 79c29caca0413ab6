"""How long a map takes: choosing a part of a large graph, and drawing it in every format.

    python benchmarks/maps.py

The store is made up: 10,000 statements in 200 sources, 30,000 links (the most discussed has 1,400), 300 undercuts of
links. A map starts from the five most discussed statements and has 50 nodes. Then each format draws maps of 50, 500
and 2,000 nodes. Times are those of the processor, which other programs on the machine disturb least; all is one thread.
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

from kb.graph import argument_graph
from kb.maps import select
from kb.maps.argument_map import ArgumentMap, Edge, Node
from kb.maps.formats import names, render
from kb.model import ids
from kb.model.words import NodeKind, Relation
from kb.store import links, open, sources, statements
from kb.text.strings import digest

STATEMENTS, LINKS, UNDERCUTS, SOURCES = 10_000, 30_000, 300, 200
_SIGNS: tuple[Relation, ...] = ("supports", "attacks", "supports", "restates", "related")
_WORDS = (
    "soil",
    "rain",
    "count",
    "farm",
    "trend",
    "record",
    "reserve",
    "wood",
    "survey",
    "volunteer",
    "model",
    "error",
)


def main() -> None:
    """Print the times of choosing, and a row a format."""
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()};",
        "median of 9, CPU milliseconds",
    )
    with tempfile.TemporaryDirectory() as scratch:
        store = open.Store(Path(scratch) / "home")
        _fill(store)
        connection = store.reader()
        roots = select.among(connection, 5)

        def whole(graph_roots: list[str]) -> ArgumentMap:
            return select.around(connection, graph_roots, most=50)

        view = whole(roots)
        print(f"{len(view.nodes)} nodes, {len(view.edges)} links, hidden {view.hidden_nodes} and {view.hidden_edges}")
        _row("choosing where to start", lambda: select.among(connection, 5))
        _row("choosing the rest, link by link", lambda: whole(roots))
        _row("… from one statement", lambda: whole(roots[:1]))
        _row("… 500 nodes", lambda: select.around(connection, roots, depth=6, most=500, per_node=20))
        _row("loading the whole graph instead", lambda: argument_graph.load(connection))
        for name in names():
            _row(f"the 50 as {name}", lambda name=name: render(view, name))  # type: ignore[misc]
        _row("start, choose, and draw as svg", lambda: render(whole(select.among(connection, 5)), "svg"))
        connection.close()
        store.close()
    print("\ndrawing maps of              50        500      2,000")
    maps = [_made_up(size) for size in (50, 500, 2000)]
    for name in names():
        times = [_median(lambda name=name, map_=map_: render(map_, name), 3) for map_ in maps]  # type: ignore[misc]
        print(f"  {name:<20}" + "".join(f"{milliseconds:11.1f}" for milliseconds in times))


def _row(name: str, action: Callable[[], object]) -> None:
    print(f"  {name:<34} {_median(action, 9):8.1f}")


def _median(action: Callable[[], object], runs: int) -> float:
    action()
    times = []
    for _ in range(runs):
        begun = time.process_time()
        action()
        times.append(time.process_time() - begun)
    return 1000 * statistics.median(times)


def _sentence(rng: random.Random, number: int) -> str:
    return f"Statement {number} holds that {' '.join(rng.choices(_WORDS, k=rng.randrange(6, 24)))}."


def _fill(store: open.Store) -> None:
    rng = random.Random(5)
    per_source = STATEMENTS // SOURCES
    with store.transaction() as session:
        connection = open.raw(session)
        made: list[statements.NewStatement] = []
        for number in range(SOURCES):
            texts = [_sentence(rng, number * per_source + n) for n in range(per_source)]
            body = "\n\n".join(texts)
            name = ids.make(ids.SOURCE, str(number))
            connection.execute(
                """INSERT INTO source (id, citekey, kind, title, title_key, title_given, added, updated, external_ids,
                text, importer, importer_version, problems)
                VALUES (?, ?, 'post', ?, ?, 0, '2024-01-01', '2024-01-01', '{}', ?, '', '', '[]')""",
                (name, f"key{number}", f"Source {number}", f"source {number}", body),
            )
            row = sources.row(connection, name)
            assert row is not None
            for text in texts:
                start = body.index(text)
                mention = statements.NewMention(row["rowid"], text, start, start + len(text), f"Person {number % 40}")
                made.append(
                    statements.NewStatement(
                        ids.make(ids.STATEMENT, text),
                        rng.choice(get_args(NodeKind)[:5]),
                        text,
                        "cue",
                        "made-up",
                        "suggested",
                        0.7,
                        "2024-01-01",
                        digest(text),
                        (mention,),
                    )
                )
        statements.insert(session, connection, made)
        names = [statement.id for statement in made]
        found: dict[str, links.NewLink] = {}
        while len(found) < LINKS:  # a few statements are what much is about
            end = names[int(len(names) * rng.random() ** 3)]
            link = _link(rng.choice(names), rng.choice(_SIGNS), end, rng)
            if link.from_id != link.to_id:
                found[link.id] = link
        for target in rng.sample(sorted(found), UNDERCUTS):
            under = _link(rng.choice(names), "undercuts", target, rng)
            found[under.id] = under
        links.insert(session, connection, list(found.values()))


def _link(start: str, relation: str, end: str, rng: random.Random) -> links.NewLink:
    status = "accepted" if rng.random() < 0.2 else "suggested"
    return links.NewLink(start, end, relation, "structure", "made-up", status, rng.random(), "2024-01-01")


def _made_up(size: int) -> ArgumentMap:
    """A tree of theses and answers from ten sources, with links across and undercuts of links."""
    rng = random.Random(size)
    nodes = tuple(
        Node(f"n{n}", rng.choice(get_args(NodeKind)), _sentence(rng, n), f"s{n % 10}", f"Source {n % 10}", "Ada Moss")
        for n in range(size)
    )
    tree = [
        Edge(f"e{n}", f"n{n}", f"n{rng.randrange(n)}", _SIGNS[n % 2], "cue", "suggested", 0.5) for n in range(1, size)
    ]
    across = [replace(edge, id=f"x{edge.id}", target=f"n{rng.randrange(size)}") for edge in tree[::3]]
    under = [replace(edge, id=f"u{edge.id}", target=rng.choice(tree).id, relation="undercuts") for edge in tree[::20]]
    return ArgumentMap(nodes, (*tree, *across, *under), ("n0",), 3, 9, "Made up", {"n0": 4})


if __name__ == "__main__":
    main()
