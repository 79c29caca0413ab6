"""Which fusion and which weights rank best: chosen on one half of the questions, shown on the other.

    python benchmarks/ranking.py --home DIR
    python benchmarks/ranking.py --home DIR --scifact

`pairs.json` beside this file holds questions, keywords and claims written for passages of five long texts and five
vaults, in other words than theirs. A passage is named by the SHA-256 of its text (blanks squashed); `at` is where in it
the answer begins. The halves share no document. The home must hold those texts with vectors (`kb add seeds vaults`);
with --scifact it is one that `retrieval.py --home` made, and the halves are the dataset's train and test claims.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from retrieval import dataset, lines, measure

from kb.errors import KbError
from kb.search import fuse, semantic
from kb.search.query import plain
from kb.search.words import TOKENIZER
from kb.store.open import open_reader
from kb.text.strings import digest, squash
from kb.vectors import index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

DEPTH = 200
ALPHAS = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


class Question(NamedTuple):
    text: str
    right: frozenset[str]
    half: str


class Passage(NamedTuple):
    """`key` is what it is judged by: a digest or a document."""

    key: str
    text: str
    context: str


@dataclass(frozen=True)
class Corpus:
    """Passages with vectors, shape (n, d); statements' vectors, shape (m, d), and the passage of each; the words."""

    passages: list[Passage]
    vectors: Matrix
    statements: Matrix
    made_in: NDArray[np.int64]
    words: sqlite3.Connection

    @classmethod
    def of(
        cls, rows: list[Passage], vectors: Matrix, statements: Matrix, made_in: Sequence[int] | NDArray[np.int64]
    ) -> Corpus:
        import numpy as np

        words = sqlite3.connect(":memory:")
        words.execute(f"CREATE VIRTUAL TABLE passage USING fts5(text, context, tokenize='{TOKENIZER}')")
        texts = ((number, row.text, row.context) for number, row in enumerate(rows))
        words.executemany("INSERT INTO passage (rowid, text, context) VALUES (?, ?, ?)", texts)
        return cls(rows, vectors, statements, np.asarray(made_in, dtype=np.int64), words)


class Found:
    """What both searches give for one question."""

    def __init__(self, corpus: Corpus, text: str, vector: Matrix) -> None:
        import numpy as np

        self._corpus, self._query = corpus, plain(text)
        self.cosine = corpus.vectors @ vector
        self.lifted = self.cosine.copy()
        if len(corpus.made_in):
            np.maximum.at(self.lifted, corpus.made_in, corpus.statements @ vector)

    @cache  # noqa: B019
    def near(self, lifted: bool) -> list[tuple[int, float]]:
        import numpy as np

        scores = self.lifted if lifted else self.cosine
        return [(int(row), float(scores[row])) for row in np.argsort(-scores, kind="stable")[:DEPTH]]

    @cache  # noqa: B019
    def words(self, context: float) -> list[tuple[int, float]]:
        sql = f"""SELECT rowid, -rank FROM passage WHERE passage MATCH ? AND rank MATCH 'bm25(1.0, {context})'
            ORDER BY rank LIMIT {DEPTH}"""
        return [(row, score) for row, score in self._corpus.words.execute(sql, (self._query.match,))]


Ranker = Callable[[Found], list[int]]


def by_word(context: float = 0.5) -> Ranker:
    return lambda found: [row for row, _ in found.words(context)]


def by_meaning(lifted: bool) -> Ranker:
    return lambda found: [row for row, _ in found.near(lifted)]


def reciprocal(k: int, lifted: bool = True) -> Ranker:
    """Reciprocal rank fusion."""

    def rank(found: Found) -> list[int]:
        scores: dict[int, float] = {}
        for ranking in (found.near(lifted), found.words(0.5)):
            for place, (row, _) in enumerate(ranking, 1):
                scores[row] = scores.get(row, 0.0) + 1 / (k + place)
        return sorted(scores, key=lambda row: -scores[row])

    return rank


def combination(alpha: float = fuse.ALPHA, lifted: bool = True, context: float = 0.5) -> Ranker:
    """`kb.search.fuse` with another weight."""

    def rank(found: Found) -> list[int]:
        near, words = found.near(lifted), found.words(context)
        scored = fuse.fuse(near, words, {row: float(found.cosine[row]) for row, _ in words}, near[0][1])
        shares = {s.rowid: alpha * s.meaning / fuse.ALPHA + (1 - alpha) * s.words / (1 - fuse.ALPHA) for s in scored}
        return sorted(shares, key=lambda row: -shares[row])

    return rank


def variants() -> dict[str, Ranker]:
    kinds: dict[str, Ranker] = {"by word": by_word(), "by meaning": by_meaning(True)}
    kinds["by meaning, passage alone"] = by_meaning(False)
    kinds |= {f"reciprocal ranks, k = {k}": reciprocal(k) for k in (60, 10)}
    kinds |= {f"combination {alpha}": combination(alpha) for alpha in ALPHAS}
    kinds |= {f"combination {alpha}, passage alone": combination(alpha, lifted=False) for alpha in ALPHAS}
    kinds |= {f"headings weigh {w}": combination(context=w) for w in (0.0, 0.25, 1.0, 2.0)}
    return kinds


def report(corpus: Corpus, questions: list[Question], vectors: Matrix, kinds: dict[str, Ranker], whole: bool) -> None:
    """A line for each way to rank: nDCG@10 and recall@100 of documents, or hits and MRR of passages, by half."""
    found = [Found(corpus, question.text, vector) for question, vector in zip(questions, vectors, strict=True)]
    halves = sorted({question.half for question in questions})
    for name, rank in kinds.items():
        figures: dict[str, list[tuple[float, ...]]] = {half: [] for half in halves}
        for question, one in zip(questions, found, strict=True):
            ranking = list(dict.fromkeys(corpus.passages[row].key for row in rank(one)))
            figures[question.half].append(measure(ranking, set(question.right)) if whole else place(ranking, question))
        columns = [_row(figures[half], whole) for half in halves]
        print(f"{name:36}" + "   ".join(f"{half}: {c}" for half, c in zip(halves, columns, strict=True)), flush=True)


def place(ranking: list[str], question: Question) -> tuple[float, ...]:
    """Whether the right passage is among the first 5 and 10, and one divided by its rank."""
    rank = next((n for n, key in enumerate(ranking, 1) if key in question.right), DEPTH * 10)
    return rank <= 5, rank <= 10, 1 / rank if rank <= DEPTH else 0.0


def _row(figures: list[tuple[float, ...]], whole: bool) -> str:
    columns = list(zip(*figures, strict=True))
    if whole:
        return f"nDCG@10 {mean(columns[0]):.4f}  recall@100 {mean(columns[1]):.3f}"
    return f"{sum(columns[0]):3.0f} {sum(columns[1]):3.0f} of {len(figures)}  MRR {mean(columns[2]):.3f}"


def stored(connection: sqlite3.Connection, home: Path, whole: bool) -> Corpus:
    """The passages of a home as they are."""
    sql = """SELECT p.rowid, p.text, p.context, s.id FROM passage p JOIN source s ON s.rowid = p.source_rowid
        WHERE p.kind <> 'heading' ORDER BY p.rowid"""
    rows = {r[0]: Passage(r[3] if whole else digest(squash(r[1])), r[1], r[2]) for r in connection.execute(sql)}
    rowids, vectors = index.load(connection, home, "passage").of(_array(rows))
    at = {int(rowid): number for number, rowid in enumerate(rowids)}
    made = """SELECT m.statement_rowid, p.rowid FROM mention m JOIN passage p ON p.source_rowid = m.source_rowid
        AND p.ordinal = m.passage_ordinal WHERE NOT m.lost AND p.kind <> 'heading'"""
    pairs = [(statement, at[passage]) for statement, passage in connection.execute(made) if passage in at]
    return Corpus.of([rows[rowid] for rowid in at], vectors, *statements(connection, home, pairs))


def statements(
    connection: sqlite3.Connection, home: Path, made: list[tuple[int, int]]
) -> tuple[Matrix, NDArray[np.int64]]:
    """Vectors of statements, and the passage of each, from (rowid of the statement, number of the passage)."""
    import numpy as np

    rowids, matrix = index.load(connection, home, "statement").of(_array({statement for statement, _ in made}))
    at = {int(rowid): number for number, rowid in enumerate(rowids)}
    kept = [(at[statement], passage) for statement, passage in made if statement in at]
    return matrix[[row for row, _ in kept]], np.array([passage for _, passage in kept], dtype=np.int64)


def _array(rowids: Collection[int]) -> NDArray[np.int64]:
    import numpy as np

    return np.array(sorted(rowids), dtype=np.int64)


def pairs() -> list[dict[str, str | int]]:
    found: list[dict[str, str | int]] = json.loads((Path(__file__).parent / "pairs.json").read_text(encoding="utf-8"))
    return found


def asked(there: Iterable[str]) -> list[Question]:
    """The questions of which the passage, by its digest, is there; says how many are left out."""
    known = set(there)
    every = [Question(str(p["question"]), frozenset([str(p["passage"])]), str(p["half"])) for p in pairs()]
    questions = [question for question in every if question.right & known]
    print(f"{len(questions)} of {len(every)} questions have their passage here")
    return questions


def embedded(connection: sqlite3.Connection, home: Path, questions: list[Question]) -> Matrix:
    """Vectors of the questions; KbError where the home has no model."""
    import numpy as np

    found = [semantic.query_vector(connection, home, question.text) for question in questions]
    vectors = [vector for vector in found if vector is not None]
    if not questions or len(vectors) < len(questions):
        raise KbError("there is nothing to measure", "fill the home and run `kb index`")
    return np.stack(vectors)


def claims() -> list[Question]:
    """SciFact: the test queries, and the train claims that are none of them."""
    right: dict[str, set[str]] = {}
    with (dataset() / "qrels" / "test.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                right.setdefault(row["query-id"], set()).add(row["corpus-id"])
    test = {query["_id"]: query["text"] for query in lines(dataset() / "queries.jsonl") if query["_id"] in right}
    questions = [Question(text, frozenset(right[name]), "test") for name, text in test.items()]
    seen = set(test.values())
    for claim in lines(dataset() / "claims.jsonl"):
        cited = re.findall(r"\d+", claim["cited_doc_ids"])
        if claim["split"] == "train" and cited and claim["claim"] not in seen:
            seen.add(claim["claim"])
            questions.append(Question(claim["claim"], frozenset(cited), "dev"))
    return questions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--scifact", action="store_true")
    options = parser.parse_args()
    connection = open_reader(options.home)
    corpus = stored(connection, options.home, options.scifact)
    questions = claims() if options.scifact else asked(row.key for row in corpus.passages)
    report(corpus, questions, embedded(connection, options.home, questions), variants(), options.scifact)


if __name__ == "__main__":
    main()
