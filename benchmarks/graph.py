"""The questions over a large argument graph: time to load it, and of each question as a share of that.

    python -m benchmarks.graph --statements 10000 --links 30000

The graph is made up: statements in sources of 50, of every kind, by 20 people; links between near ones mostly, signed,
some of them undercutting another link. No texts of meaning, no vectors. Medians of the time of this process, so that
others on the machine count for less.
"""

from __future__ import annotations

import itertools
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measuring import machine, parser, repeated
from kb.graph import argument_graph
from kb.graph.questions import chain, changes, compare, critiques, items, parties, support, theories
from kb.model import ids
from kb.store import access
from kb.store.open import Store, open_reader, open_store

KINDS = ("claim", "claim", "claim", "critique", "critique", "theory_of_impact", "question", "evidence")
RELATIONS = ("supports", "supports", "attacks", "attacks", "related")
PER_SOURCE = 50
PEOPLE = 20
WORDS = ["".join(letters) for letters in itertools.product("bdglmst", "aeiou", "klnrt", "aeiou", "kmrst")]
DAY = "2024-01-01T00:00:00Z"


def fill(store: Store, statements: int, links: int) -> list[str]:
    """Put a graph into an empty store; returns the ids of its statements."""
    from kb.store.schema import Authorship, Link, Mention, Person, Source, Statement

    chance = random.Random(0)
    names = [f"Writer {chr(65 + n)}" for n in range(PEOPLE)]
    people = [{"rowid": n + 1, "name": name, "name_key": name.lower()} for n, name in enumerate(names)]
    sources, authors, rows, mentions, quotes = [], [], [], [], []
    for number in range(-(-statements // PER_SOURCE)):
        rowid, title = number + 1, f"Text {number}"
        name = ids.make(ids.SOURCE, title)
        sources.append(
            {"rowid": rowid, "id": name, "citekey": f"text{number}", "kind": "post", "title": title}
            | {"title_key": title.lower(), "added": DAY, "updated": DAY}
        )
        authors.append({"source_rowid": rowid, "person_rowid": number % PEOPLE + 1})
    for number in range(statements):
        quote = f"{' '.join(chance.choices(WORDS, k=12))} {number}."
        quotes.append(quote)
        rows.append(
            {"rowid": number + 1, "id": ids.make(ids.STATEMENT, quote), "kind": chance.choice(KINDS), "text": quote}
            | {"basis": "cue", "confidence": 0.6, "created": DAY, "content_hash": quote}
        )
        source = number // PER_SOURCE
        mentions.append(
            {"statement_rowid": number + 1, "source_rowid": source + 1, "speaker": names[source % PEOPLE]}
            | {"quote": quote, "start": 0, "end": len(quote)}
        )
    named = [str(row["id"]) for row in rows]
    tied = _links(chance, named, links)
    with store.transaction():
        for table, found in (
            (Person, people), (Source, sources), (Authorship, authors), (Statement, rows), (Mention, mentions),
            (Link, tied),
        ):  # fmt: skip
            access.insert(store, table, found)
    return named


def _links(chance: random.Random, named: list[str], links: int) -> list[dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    while len(made) < links:
        start = chance.randrange(len(named))
        near = chance.random() < 0.8
        end = (start + chance.randint(1, 60)) % len(named) if near else chance.randrange(len(named))
        relation, target = chance.choice(RELATIONS), named[end]
        if made and chance.random() < 0.03:
            relation, target = "undercuts", chance.choice(list(made)[-50:])
        name = ids.make(ids.LINK, named[start], relation, target)
        if start != end and name not in made:
            made[name] = {"id": name, "from_id": named[start], "to_id": target, "relation": relation} | {
                "basis": "structure", "status": "suggested", "score": round(chance.random(), 2), "created": DAY,
            }  # fmt: skip
    return list(made.values())


def questions(store: Store, named: list[str]) -> dict[str, Callable[[], Any]]:
    """Each question as the command line asks it, the graph loaded already and texts of the first 20 read."""
    graph = argument_graph.load(store)
    middle, far = named[len(named) // 2], named[-1]
    sides = parties.find(store, "Writer A"), parties.find(store, "Writer B")

    def shown(found: list[str]) -> None:
        items.read(store, found[:20])

    return {
        "critiques of one": lambda: shown([c.id for c in critiques.of(graph, [middle])]),
        "critiques, all": lambda: shown([c.id for c in critiques.of(graph)]),
        "unanswered": lambda: critiques.unanswered(graph),
        "theories": lambda: shown([t.id for t in theories.of(graph)]),
        "rests-on": lambda: shown([d.id for d in support.rests_on(graph, [middle]).dependents]),
        "no evidence": lambda: support.without_evidence(graph),
        "chain": lambda: chain.shortest(graph, [middle], [far]),
        "chain, none": lambda: chain.shortest(graph, [middle], ["nowhere"]),
        "changes": lambda: changes.since(store, "2025-01-01"),
        "compare": lambda: compare.compare(store, graph, sides, 0.5),
    }


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--statements", type=int, default=10_000)
    options.add_argument("--links", type=int, default=30_000)
    chosen = options.parse_args()
    print(f"{machine()}; {chosen.statements} statements, {chosen.links} links")
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        with open_store(home) as store:
            named = fill(store, chosen.statements, chosen.links)
        with open_reader(home) as store:
            load = repeated(lambda: argument_graph.load(store), 5).cpu
            print(f"{'loading the graph':<20} {1000 * load:8.1f} ms")
            for name, run in questions(store, named).items():
                took = repeated(run, 3).cpu
                print(f"{name:<20} {1000 * took:8.1f} ms  {took / load:5.2f} × loading", flush=True)


if __name__ == "__main__":
    main()
