"""Retrieval quality on SciFact, test queries: nDCG@10 and recall@100 of each mode and of reciprocal rank fusion.

    python -m benchmarks.retrieval --cut --home /tmp/scifact

Abstracts are one passage each, or cut as an import would cut them with --cut; a document is where its first passage
is. With --home the store is kept, so that a second run need not embed again. The ratio is to the better of word and
meaning alone. Needs SciFact; without it the examples are asked for with half of the words of their sentences.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Sequence
from math import log2
from pathlib import Path
from statistics import mean

from benchmarks.data import fill, test_queries, texts
from benchmarks.measuring import Took, machine, median, parser, timed
from kb.model.filters import Filters
from kb.search.hits import Hit
from kb.search.search import Mode, search
from kb.store import meta
from kb.store.open import open_reader, open_store
from kb.vectors.embed.update import update

DEPTH = 100
MODES: tuple[Mode, ...] = ("lexical", "semantic", "hybrid")


def measure(ranking: Sequence[str], relevant: Collection[str]) -> tuple[float, float]:
    """nDCG@10 and recall@100."""
    gained = sum(1 / log2(place + 2) for place, name in enumerate(ranking[:10]) if name in relevant)
    ideal = sum(1 / log2(place + 2) for place in range(min(10, len(relevant))))
    return gained / ideal, len(set(relevant) & set(ranking[:DEPTH])) / len(relevant)


def fused(rankings: Iterable[Sequence[str]], k: int = 60) -> list[str]:
    """Reciprocal rank fusion."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for place, name in enumerate(ranking, 1):
            scores[name] = scores.get(name, 0.0) + 1 / (k + place)
    return sorted(scores, key=lambda name: -scores[name])


def tell(mode: str, figures: list[tuple[float, float]], note: str = "") -> float:
    """A line; returns the mean nDCG@10."""
    ndcg, recall = (float(mean(column)) for column in zip(*figures, strict=True))
    print(f"{mode:9} nDCG@10 {ndcg:.4f}  recall@100 {recall:.3f}  {note}", flush=True)
    return ndcg


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--cut", action="store_true", help="cut abstracts as an import would")
    options.add_argument("--home", type=Path, help="keep the store here")
    options.add_argument("--queries", type=int, help="only the first so many")
    chosen = options.parse_args()
    queries = test_queries()[: chosen.queries]
    print(machine())
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.home or Path(temporary)
        with open_store(home) as store:
            if meta.generation(store) == 0:
                fill(store, texts(), chosen.cut)
            took = timed(lambda: update(store))
        print(f"{len(queries)} queries; embedded in {took.wall:.0f} s")
        reader = open_reader(home)
        passages: list[list[list[str]]] = [[] for _ in queries]
        document: dict[str, str] = {}
        quality: dict[str, float] = {}
        for mode in MODES:
            figures: list[tuple[float, float]] = []
            spent: list[Took] = []
            for query, kept in zip(queries, passages, strict=True):
                hits: list[Hit] = []

                def ask(text: str = query.text, mode: Mode = mode, into: list[Hit] = hits) -> None:
                    into.extend(search(reader, text, "passages", mode, Filters(limit=2 * DEPTH)).hits)

                spent.append(timed(ask))
                document |= {hit.unit.id: hit.unit.source.id for hit in hits}
                if mode != "hybrid":
                    kept.append([hit.unit.id for hit in hits])
                figures.append(measure(list(dict.fromkeys(hit.unit.source.id for hit in hits)), query.right))
            quality[mode] = tell(mode, figures, f"median {1000 * median(spent).wall:.0f} ms a query")
        rankings = [list(dict.fromkeys(document[name] for name in fused(found))) for found in passages]
        tell("RRF", [measure(ranking, q.right) for ranking, q in zip(rankings, queries, strict=True)], "k = 60")
        best = max(quality["lexical"], quality["semantic"])
        print(f"nDCG@10 of hybrid is {quality['hybrid'] / best:.3f} × that of the better of word and meaning alone")
        reader.close()


if __name__ == "__main__":
    main()
