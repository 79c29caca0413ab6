"""What each part of the ranking of passages is worth: search as it is, and with one part after the other away.

    python -m benchmarks.ablation --home ~/read
    python -m benchmarks.ablation --home ~/read --questions benchmarks/questions.json
    python -m benchmarks.ablation --home /tmp/scifact --scifact
    python -m benchmarks.ablation --home /tmp/sides --sides

Homes, questions and halves are those of `benchmarks.ranking`. What ranks is `kb.search.rank` itself; a part is away
where its number is set to what makes nothing of it. With --sides queries are long: `--sides FOLDER` without a home
writes a file for each side of each claim of Perspectrum (its perspectives, one after another) that has 40 words; of a
home that has these (`kb add FOLDER`) the side with more than 60 words asks for the other, its own text left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from benchmarks.data import PERSPECTRUM, found, nothing_to_measure
from benchmarks.measuring import machine, parser
from benchmarks.ranking import PAIRS, Question, asked, claims, embedded, place
from benchmarks.retrieval import measure
from kb.search import asked as centring
from kb.search import candidates, feedback, whole
from kb.search import rank as ranking
from kb.search.query import plain
from kb.store.open import Store, open_reader
from kb.text.strings import digest, squash

if TYPE_CHECKING:
    from benchmarks.ranking import Matrix

DEPTH = 200

Change = tuple[object, str, object]
"""A module, a name in it, and what stands there for one variant."""

EVERY_STATEMENT: Change = (candidates, "_UNLISTED", 1.0)
ONCE: Change = (feedback, "_STEP", 0.0)
AS_THEY_ARE: Change = (centring, "_SHARE", 0.0)
WORDS_OF_FOUND: Change = (ranking, "_BY_WORD", DEPTH)
PASSAGE_ALONE: Change = (whole, "_MOST", 1e-9)
NO_STATEMENTS: Change = (candidates, "said", lambda *_: ())

VARIANTS: dict[str, tuple[Change, ...]] = {
    "none of it": (ONCE, AS_THEY_ARE, WORDS_OF_FOUND, EVERY_STATEMENT),
    "words of all that is found": (ONCE, AS_THEY_ARE, EVERY_STATEMENT),
    "and half of the mean": (ONCE, EVERY_STATEMENT),
    "and moved": (EVERY_STATEMENT,),
    "and unlisted statements less (what is used)": (),
    "unlisted statements by half": ((candidates, "_UNLISTED", 0.5),),
    "unlisted statements not at all": ((candidates, "_UNLISTED", 0.0),),
    "moved, the mean left in": (AS_THEY_ARE,),
    "all of the mean": ((centring, "_SHARE", 1.0),),
    "moved by 0.2": ((feedback, "_STEP", 0.2),),
    "moved by 0.7": ((feedback, "_STEP", 0.7),),
    "towards three": ((feedback, "_HITS", 3),),
    "towards ten": ((feedback, "_HITS", 10),),
    "weights exp(20 s)": ((feedback, "_SHARPNESS", 20.0),),
    "weights exp(80 s)": ((feedback, "_SHARPNESS", 80.0),),
    "no statements": (NO_STATEMENTS,),
}
LONG: dict[str, tuple[Change, ...]] = {
    "none of it": (ONCE, AS_THEY_ARE, WORDS_OF_FOUND, (whole, "_FROM", 10**6), (whole, "LONG", 10**7)),
    "no statements, surroundings weigh 0": (PASSAGE_ALONE,),
    "surroundings weigh .5": ((whole, "_MOST", 0.5),),
    "surroundings weigh .7 (what is used)": (),
    "surroundings alone": ((whole, "_MOST", 1.0),),
    "surroundings weigh .7, not moved": (ONCE,),
    "surroundings weigh .7, not moved, the mean left in": (ONCE, AS_THEY_ARE),
    "one passage on either side": ((whole, "REACH", 1),),
    "ten passages on either side": ((whole, "REACH", 10),),
}


@contextmanager
def changed(changes: tuple[Change, ...]) -> Iterator[None]:
    before = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, value in changes:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def report(
    store: Store,
    questions: list[Question],
    vectors: Matrix,
    key: dict[int, str],
    variants: dict[str, tuple[Change, ...]],
    judge: Callable[[list[str], Question], tuple[float, ...]],
) -> None:
    """A line for each variant: the means of what is judged, by half."""
    for name, changes in variants.items():
        figures: dict[str, list[tuple[float, ...]]] = {half: [] for half in sorted({q.half for q in questions})}
        with changed(changes):
            for question, vector in zip(questions, vectors, strict=True):
                ranked = ranking.rank(store, {"passage": None}, DEPTH, plain(question.text), vector)[:DEPTH]
                names = list(dict.fromkeys(key[one.rowid] for _, one in ranked))
                figures[question.half].append(judge(names, question))
        columns = [
            f"{half}: {'  '.join(f'{mean(c):.4f}' for c in zip(*f, strict=True))}" for half, f in figures.items()
        ]
        print(f"{name:52}" + "   ".join(columns), flush=True)


def of_documents(names: list[str], question: Question) -> tuple[float, ...]:
    return measure(names, question.right)


def of_passages(names: list[str], question: Question) -> tuple[float, ...]:
    first_5, first_10, reciprocal = place(names, question)
    return reciprocal, float(first_5), float(first_10)


def of_sides(names: list[str], question: Question) -> tuple[float, ...]:
    """nDCG@10 and recall@100 without the text that asks."""
    (right,) = question.right
    claim, side = right.rsplit("-", 1)
    own = f"{claim}-{'UNDERMINE' if side == 'SUPPORT' else 'SUPPORT'}"
    return measure([name for name in names if name != own], question.right)


def sides() -> dict[str, tuple[str, str]]:
    """By claim and stance: all perspectives on that side as one text, and the half."""
    folder = found(PERSPECTRUM, "--sides has nothing to ask for")
    if folder is None:
        return {}

    def read(name: str) -> list[dict[str, object]]:
        return list(json.loads((folder / name).read_text(encoding="utf-8")))

    pool = {row["pId"]: str(row["text"]).strip() for row in read("perspective_pool_v1.0.json")}
    split = json.loads((folder / "dataset_split_v1.0.json").read_text(encoding="utf-8"))
    made: dict[str, tuple[str, str]] = {}
    for claim in json.loads((folder / "perspectrum_with_answers_v1.0.json").read_text(encoding="utf-8")):
        half = "dev" if split[str(claim["cId"])] == "train" else "test"
        for stance in ("SUPPORT", "UNDERMINE"):
            some = [p for p in claim["perspectives"] if p["stance_label_3"] == stance]
            texts = dict.fromkeys(pool[pid] for one in some for pid in one["pids"] if pid in pool)
            joined = " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in texts)[:2_500]
            if len(joined.split()) >= 40:
                made[f"{claim['cId']}-{stance}"] = joined, half
    return made


def opposed(made: dict[str, tuple[str, str]]) -> list[Question]:
    """Of each claim with more than 60 words on both sides, the one side asking for the other."""
    questions = []
    for name, (text, half) in made.items():
        claim, side = name.rsplit("-", 1)
        other = f"{claim}-{'UNDERMINE' if side == 'SUPPORT' else 'SUPPORT'}"
        if other in made and min(len(text.split()), len(made[other][0].split())) > 60:
            questions.append(Question(text, frozenset([other]), half))
    return questions


def keys(store: Store, by: str) -> dict[int, str]:
    """What each passage is judged by: the digest of its text, the id or the title of its source."""
    rows = store.execute(
        "SELECT p.rowid, p.text, s.id, s.title FROM passage p JOIN source s ON s.rowid = p.source_rowid"
    )
    return {row[0]: {"text": digest(squash(row[1])), "id": row[2], "title": row[3]}[by] for row in rows}


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--home", type=Path, help="with the texts asked for, embedded")
    options.add_argument("--questions", type=Path, default=PAIRS, metavar="FILE", help="asked instead of pairs.json")
    options.add_argument("--scifact", action="store_true")
    options.add_argument("--sides", type=Path, nargs="?", const=Path(), metavar="FOLDER", help="write the texts there")
    chosen = options.parse_args()
    made = sides() if chosen.sides is not None else {}
    if chosen.home is None:
        if chosen.sides in (None, Path()):
            return nothing_to_measure("--home names no home with the texts")
        chosen.sides.mkdir(parents=True, exist_ok=True)
        for name, (text, _) in made.items():
            (chosen.sides / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        return None
    with open_reader(chosen.home) as store:
        key = keys(store, "id" if chosen.scifact else "title" if made else "text")
        questions = (
            (claims() or []) if chosen.scifact else opposed(made) if made else asked(key.values(), chosen.questions)
        )
        if (vectors := embedded(store, questions)) is None:
            return None
        print(f"{machine()}; {len(questions)} questions, {len(key)} passages")
        judge = of_documents if chosen.scifact else of_sides if made else of_passages
        return report(store, questions, vectors, key, LONG if made else VARIANTS, judge)


if __name__ == "__main__":
    main()
