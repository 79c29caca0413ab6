"""Retrieval quality on SciFact, test queries: nDCG@10 and recall@100 of each mode and of reciprocal rank fusion.

    python benchmarks/retrieval.py [--cut] [--home DIR]

Reads `datasets/scifact` under the folder that KB_SHARED names, else under `shared` beside the repository. Abstracts
are one passage each, or cut as an import would cut them with --cut; a document is where its first passage is. With
--home the store is kept, so that a second run need not embed again.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import tempfile
import time
from collections.abc import Iterable, Sequence
from math import log2
from pathlib import Path
from typing import Any

from kb.model.document import Block
from kb.model.embedded_text import embedded_text
from kb.model.passages import cut
from kb.search.filters import Filters
from kb.search.search import search
from kb.store import meta, rows
from kb.store.open import Store, open_reader, raw
from kb.text.strings import digest
from kb.vectors.embed.update import update

DEPTH = 100


def dataset() -> Path:
    shared = os.environ.get("KB_SHARED")
    return (Path(shared) if shared else Path(__file__).parents[2] / "shared") / "datasets" / "scifact"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fill(store: Store, documents: list[dict[str, Any]], cutting: bool) -> None:
    """Put the abstracts into an empty store."""
    from kb.store.schema import Passage, Source

    sources, passages = [], []
    for rowid, document in enumerate(documents, 1):
        title, text = document["title"], document["text"].strip()
        sources.append(
            {"rowid": rowid, "id": document["_id"], "citekey": document["_id"], "kind": "paper", "title": title}
            | {"title_key": title, "added": "2024-01-01", "updated": "2024-01-01", "text": text}
        )
        spans = (
            [(p.start, p.end) for p in cut(text, [Block("paragraph", 0, len(text))])] if cutting else [(0, len(text))]
        )
        for ordinal, (start, end) in enumerate(spans):
            quote = text[start:end]
            passages.append(
                {"id": f"{document['_id']}-{ordinal}", "source_rowid": rowid, "ordinal": ordinal, "block": 0}
                | {"kind": "paragraph", "start": start, "end": end, "text": quote, "context": title}
                | {"content_hash": digest(embedded_text(title, (), quote))}
            )
    with store.transaction() as session:
        rows.insert(session, Source, sources)
        rows.insert(session, Passage, passages)
        meta.bump_generation(raw(session))


def measure(ranking: list[str], relevant: set[str]) -> tuple[float, float]:
    """nDCG@10 and recall@100."""
    gained = sum(1 / log2(place + 2) for place, name in enumerate(ranking[:10]) if name in relevant)
    ideal = sum(1 / log2(place + 2) for place in range(min(10, len(relevant))))
    return gained / ideal, len(relevant & set(ranking[:DEPTH])) / len(relevant)


def fused(rankings: Iterable[Sequence[str]], k: int = 60) -> list[str]:
    """Reciprocal rank fusion."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for place, name in enumerate(ranking, 1):
            scores[name] = scores.get(name, 0.0) + 1 / (k + place)
    return sorted(scores, key=lambda name: -scores[name])


def tell(mode: str, figures: list[tuple[float, float]], note: str = "") -> None:
    ndcg, recall = (sum(column) / len(figures) for column in zip(*figures, strict=True))
    print(f"{mode:9} nDCG@10 {ndcg:.4f}  recall@100 {recall:.3f}  {note}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cut", action="store_true")
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    folder = dataset()
    relevant: dict[str, set[str]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                relevant.setdefault(row["query-id"], set()).add(row["corpus-id"])
    queries = {query["_id"]: query["text"] for query in lines(folder / "queries.jsonl") if query["_id"] in relevant}
    with tempfile.TemporaryDirectory() as temporary:
        home = options.home or Path(temporary)
        store = Store(home)
        if meta.generation(store.reader()) == 0:
            fill(store, lines(folder / "corpus.jsonl"), options.cut)
        begin = time.perf_counter()
        print(update(store), f"in {time.perf_counter() - begin:.0f} s")
        store.close()
        reader = open_reader(home)
        passages: dict[str, list[list[str]]] = {name: [] for name in queries}
        document: dict[str, str] = {}
        for mode in ("lexical", "semantic", "hybrid"):
            begin, figures = time.perf_counter(), []
            for name, text in queries.items():
                hits = search(reader, home, text, "passages", mode, Filters(limit=2 * DEPTH)).hits
                document |= {hit.item.id: hit.item.source["id"] for hit in hits}
                if mode != "hybrid":
                    passages[name].append([hit.item.id for hit in hits])
                ranking = list(dict.fromkeys(hit.item.source["id"] for hit in hits))
                figures.append(measure(ranking, relevant[name]))
            spent = (time.perf_counter() - begin) / len(queries)
            tell(mode, figures, f"{1000 * spent:.0f} ms a query")
        rankings = {n: list(dict.fromkeys(document[i] for i in fused(found))) for n, found in passages.items()}
        tell("RRF", [measure(ranking, relevant[name]) for name, ranking in rankings.items()], "k = 60")


if __name__ == "__main__":
    main()
