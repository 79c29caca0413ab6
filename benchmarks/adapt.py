"""How well the head adapts to a person: simulated decisions, measured on statements that were not decided about.

    python -m benchmarks.adapt --draws 10

Two persons. One judges as our labels of the `test` texts do (`scripts/labelled.py`); no label of these texts was used
for the shipped head. The other wants only critiques and requests, as DISAPERE (dev) marks them in reviews of papers:
another kind of text and another taste. Decisions are drawn at random, ten times each; the rest is measured. The ratio
is of the log loss to that of the shipped head. Needs the labelled texts or DISAPERE, and leaves out who has none.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import DISAPERE, found
from benchmarks.measuring import machine, parser
from kb.model.rules import CLAIM_WORDING
from kb.suggest.confidence import adapt
from kb.suggest.confidence import head as heads
from kb.suggest.confidence.features import matrix
from scripts.labelled import files
from scripts.labelled_items import alone, items
from scripts.train_confidence import GOOD

SIZES = (50, 100, 200, 400)
Matrix = NDArray[np.float64]


def labels(home: Path) -> tuple[Matrix, Matrix]:
    """Features of the statements of the labelled texts, and whether they are worth listing."""
    labelled = [item for item in items("test", home) if item.label is not None]
    return matrix([item.said for item in labelled]), np.array([float(item.label in GOOD) for item in labelled])


def reviews(folder: Path, home: Path) -> tuple[Matrix, Matrix]:
    """Features of the sentences of reviews, and whether they criticise or ask for something."""
    from kb.vectors.embed.bulk import embed_texts
    from kb.vectors.embed.model import resolve

    texts, wanted = [], []
    for path in sorted((folder / "dev").glob("*.json")):
        for sentence in json.loads(path.read_text(encoding="utf-8"))["review_sentences"]:
            texts.append(sentence["text"])
            negative = sentence["review_action"] == "arg_evaluative" and sentence["polarity"] == "pol_negative"
            wanted.append(float(negative or sentence["review_action"] == "arg_request"))
    vectors = embed_texts(texts, resolve(None), home)
    rows = [alone(text, CLAIM_WORDING, vector) for text, vector in zip(texts, vectors, strict=True)]
    return matrix(rows), np.array(wanted)


def figures(rows: Matrix, wanted: Matrix, size: int, draws: int) -> list[tuple[float, float]]:
    """Mean log loss and AUROC on what was not decided about: of the shipped head, of one fitted from nothing, and of
    what the program chooses."""
    random, shipped = np.random.default_rng(7), heads.load()
    scores = []
    for _ in range(draws):
        order = random.permutation(len(rows))
        decided, rest = order[:size], order[max(SIZES) :]  # the same rest for every size
        own, _ = adapt.choose(rows[decided], wanted[decided], [0] * size, shipped)
        three = (shipped.weights, heads.fit(rows[decided], wanted[decided]), own or shipped.weights)
        odds = [heads.logits(weights, rows[rest]) for weights in three]
        scores.append([(adapt.log_loss(o, wanted[rest]), adapt.auroc(o, wanted[rest])) for o in odds])
    means = np.mean(np.array(scores), axis=0)
    return [(float(loss), float(area)) for loss, area in means]


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--draws", type=int, default=10)
    draws = options.parse_args().draws
    people: dict[str, tuple[Matrix, Matrix]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        there = files("test")
        otherwise = (
            "its reviews are left out" if there else "nor are our labelled texts, so there is nothing to measure"
        )
        if folder := found(DISAPERE, otherwise):
            people["critiques in reviews"] = reviews(folder, home)
        if there:
            people["our labels"] = labels(home)
    if not people:
        return
    print(machine())
    for name, (rows, wanted) in people.items():
        print(f"\n{name}: {len(rows)} statements, {wanted.mean():.2f} wanted; log loss and AUROC of the rest")
        print(f"{'decisions':>10} {'shipped':>15} {'from nothing':>15} {'adapted':>15} {'ratio':>6}")
        for size in SIZES:
            three = figures(rows, wanted, size, draws)
            ratio = three[2][0] / three[0][0]
            print(f"{size:>10} " + "".join(f"{loss:>10.3f} {area:.3f}" for loss, area in three) + f" {ratio:>6.2f}")


if __name__ == "__main__":
    main()
