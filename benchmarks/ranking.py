"""Which fusion and which weights rank best: chosen on one half of the questions, shown on the other.

    python -m benchmarks.ranking --home ~/read
    python -m benchmarks.ranking --home ~/read --questions benchmarks/questions.json
    python -m benchmarks.ranking --home /tmp/scifact --scifact

`pairs.json` beside this file holds questions, keywords and claims written for passages of five long texts and five
vaults, in other words than theirs. A passage is named by the SHA-256 of its text (blanks squashed); `at` is where in it
the answer begins. The halves share no document. `questions.json` is a second collection, with pasted paragraphs too, by
one who read the texts and never searched them; `also` names other passages as right. The home must hold those texts
with vectors (`kb add seeds vaults`); with --scifact it is one that `retrieval.py --home` made, and the halves are the
dataset's train and test claims. The last line is the ratio of what is used to the better of word and meaning alone.
Without --home the examples are added to an empty one and asked for with half of the words of their sentences.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.data import EXAMPLES, SCIFACT, found, made_up, nothing_to_measure, test_queries, train_claims
from benchmarks.measuring import kb, machine, parser, process, say
from benchmarks.retrieval import measure
from kb.search import fuse, semantic
from kb.search.query import plain
from kb.store.engine.fulltext_tables import TOKENIZER
from kb.store.open import Store, open_reader
from kb.text.sentences import split
from kb.text.strings import digest, squash
from kb.vectors import index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

PAIRS = Path(__file__).parent / "pairs.json"
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


def report(
    corpus: Corpus, questions: list[Question], vectors: Matrix, kinds: dict[str, Ranker], whole: bool
) -> dict[str, float]:
    """A line for each way to rank: nDCG@10 and recall@100 of documents, or hits and MRR of passages, by half.

    Returns the mean nDCG or MRR of each.
    """
    asked_for = [Found(corpus, question.text, vector) for question, vector in zip(questions, vectors, strict=True)]
    halves = sorted({question.half for question in questions})
    best: dict[str, float] = {}
    for name, rank in kinds.items():
        figures: dict[str, list[tuple[float, ...]]] = {half: [] for half in halves}
        for question, one in zip(questions, asked_for, strict=True):
            ranking = list(dict.fromkeys(corpus.passages[row].key for row in rank(one)))
            figures[question.half].append(measure(ranking, set(question.right)) if whole else place(ranking, question))
        best[name] = mean(row[0 if whole else 2] for half in halves for row in figures[half])
        columns = [_row(figures[half], whole) for half in halves]
        print(f"{name:36}" + "   ".join(f"{half}: {c}" for half, c in zip(halves, columns, strict=True)), flush=True)
    return best


def place(ranking: list[str], question: Question) -> tuple[float, ...]:
    """Whether the right passage is among the first 5 and 10, and one divided by its rank."""
    rank = next((n for n, key in enumerate(ranking, 1) if key in question.right), DEPTH * 10)
    return rank <= 5, rank <= 10, 1 / rank if rank <= DEPTH else 0.0


def _row(figures: list[tuple[float, ...]], whole: bool) -> str:
    columns = list(zip(*figures, strict=True))
    if whole:
        return f"nDCG@10 {mean(columns[0]):.4f}  recall@100 {mean(columns[1]):.3f}"
    return f"{sum(columns[0]):3.0f} {sum(columns[1]):3.0f} of {len(figures)}  MRR {mean(columns[2]):.3f}"


def stored(store: Store, whole: bool) -> Corpus:
    """The passages of a home as they are."""
    sql = """SELECT p.rowid, p.text, p.context, s.id FROM passage p JOIN source s ON s.rowid = p.source_rowid
        WHERE p.kind <> 'heading' ORDER BY p.rowid"""
    rows = {r[0]: Passage(r[3] if whole else digest(squash(r[1])), r[1], r[2]) for r in store.execute(sql)}
    rowids, vectors = index.load(store, "passage").of(_array(rows))
    at = {int(rowid): number for number, rowid in enumerate(rowids)}
    made = """SELECT m.statement_rowid, p.rowid FROM mention m JOIN passage p ON p.source_rowid = m.source_rowid
        AND p.ordinal = m.passage_ordinal WHERE NOT m.lost AND p.kind <> 'heading'"""
    pairs = [(statement, at[passage]) for statement, passage in store.execute(made) if passage in at]
    return Corpus.of([rows[rowid] for rowid in at], vectors, *statements(store, pairs))


def statements(store: Store, made: list[tuple[int, int]]) -> tuple[Matrix, NDArray[np.int64]]:
    """Vectors of statements, and the passage of each, from (rowid of the statement, number of the passage)."""
    import numpy as np

    rowids, matrix = index.load(store, "statement").of(_array({statement for statement, _ in made}))
    at = {int(rowid): number for number, rowid in enumerate(rowids)}
    kept = [(at[statement], passage) for statement, passage in made if statement in at]
    return matrix[[row for row, _ in kept]], np.array([passage for _, passage in kept], dtype=np.int64)


def _array(rowids: Collection[int]) -> NDArray[np.int64]:
    import numpy as np

    return np.array(sorted(rowids), dtype=np.int64)


def pairs(file: Path = PAIRS) -> list[dict[str, Any]]:
    return list(json.loads(file.read_text(encoding="utf-8")))


def asked(there: Iterable[str], file: Path = PAIRS) -> list[Question]:
    """The questions of which a right passage, by its digest, is there; says how many are left out."""
    known = set(there)
    every = [Question(p["question"], frozenset([p["passage"], *p.get("also", ())]), p["half"]) for p in pairs(file)]
    questions = [question for question in every if question.right & known]
    print(f"{len(questions)} of {len(every)} questions have their passage here")
    return questions


def embedded(store: Store, questions: list[Question]) -> Matrix | None:
    """Vectors of the questions, shape (n, d); None, and a line, without questions or where nothing is embedded."""
    import numpy as np

    vectors = [vector for q in questions if (vector := semantic.query_vector(store, q.text)) is not None]
    if not questions or len(vectors) < len(questions):
        nothing_to_measure("fill the home with the texts (`kb add seeds vaults`) and run `kb index`")
        return None
    return np.stack(vectors)


def examples(home: Path) -> list[Question]:
    """Fill an empty home with the examples; half of the words of each longer sentence of a passage ask for it."""
    process(kb(home, "add", EXAMPLES))
    with open_reader(home) as store:
        rows = store.execute("SELECT text FROM passage WHERE kind <> 'heading'").fetchall()
    asked_for = {one.text for one in made_up()}
    questions: list[Question] = []
    for (text,) in rows:
        for start, end in split(text):
            words = " ".join(text[start:end].split()[::2])
            if words in asked_for:
                half = ("dev", "test")[len(questions) % 2]
                questions.append(Question(words, frozenset([digest(squash(text))]), half))
    return questions


def claims() -> list[Question] | None:
    """SciFact: the test queries, and the train claims that are none of them. None where it is not here."""
    folder = found(SCIFACT, "--scifact has nothing to ask for")
    if folder is None:
        return None
    test, train = test_queries(), train_claims(folder)
    return [Question(q.text, q.right, half) for half, some in (("test", test), ("dev", train)) for q in some]


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--home", type=Path, help="with the texts asked for, embedded")
    options.add_argument("--questions", type=Path, default=PAIRS, metavar="FILE", help="asked instead of pairs.json")
    options.add_argument("--scifact", action="store_true")
    chosen = options.parse_args()
    if chosen.scifact and chosen.home is None:
        options.error("--scifact needs the --home that benchmarks.retrieval filled")
    with tempfile.TemporaryDirectory() as temporary:
        questions: list[Question] | None = claims() if chosen.scifact else None
        if chosen.scifact and questions is None:
            return
        if chosen.home is None:
            say("without --home the texts of examples/ are measured")
            questions = examples(Path(temporary))
        with open_reader(chosen.home or Path(temporary)) as store:
            corpus = stored(store, chosen.scifact)
            if questions is None:
                questions = asked((row.key for row in corpus.passages), chosen.questions)
            vectors = embedded(store, questions)
            if vectors is not None:
                print(f"{machine()}; {len(questions)} questions, {len(corpus.passages)} passages")
                best = report(corpus, questions, vectors, variants(), chosen.scifact)
                used, alone = f"combination {fuse.ALPHA}", max(best["by word"], best["by meaning"])
                print(f"{used} is {best[used] / alone:.3f} × the better of word and meaning alone")


if __name__ == "__main__":
    main()
