"""Train the head that says which statements are worth listing, from our labels, and say how good it is.

    python -m scripts.train_confidence [--keep] [--home FOLDER]

Reads the labelled texts (`scripts/labelled.py`), extracts, embeds and fits; `--keep` writes
`kb/suggest/confidence/head.json`. Without the shared texts nothing can be trained. --home keeps vectors for the next
time. The figures are those of docs/models.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.suggest.confidence import head as heads
from kb.suggest.confidence.adapt import auroc
from kb.suggest.confidence.features import NAMES, matrix
from kb.suggest.confidence.listing import bars
from scripts import labelled
from scripts.labelled_items import WRITTEN, Item, items
from scripts.shared_folder import shared

GOOD = set(labelled.KINDS)
SOFT = {"o": 0.4, "l": 0.5}  # said but not worth listing; or right, but leaning: neither a yes nor a no
PRECISION = 0.8  # of what the one bar lists, on documents not trained on
WEIGHT = 2  # of a sentence of the written texts: they are few, and of many fields
FOLDS = 5

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]


def targets(found: Sequence[Item]) -> Matrix:
    return np.array([1.0 if i.label in GOOD else SOFT.get(i.label or "", 0.0) for i in found])


def good(found: Sequence[Item]) -> Flags:
    return np.array([i.label in GOOD for i in found])


def fitted(rows: Matrix, found: Sequence[Item], among: Flags) -> tuple[float, ...]:
    """Weights by the items among those, the written ones counted twice."""
    chosen = np.array([n for n, i in enumerate(found) if among[n] for _ in range(WEIGHT if i.field == WRITTEN else 1)])
    return heads.fit(rows[chosen], targets(found)[chosen])


def apart(rows: Matrix, found: Sequence[Item], part: Sequence[str]) -> Matrix:
    """Log odds of each item by a head that saw nothing of its part."""
    of = np.array(part)
    odds = np.zeros(len(rows))
    for one in sorted(set(part)):
        odds[of == one] = heads.logits(fitted(rows, found, of != one), rows[of == one])
    return odds


def folds(found: Sequence[Item]) -> list[str]:
    """A fifth of the documents each."""
    number = {d: str(n % FOLDS) for n, d in enumerate(sorted({i.document for i in found}, key=labelled.key))}
    return [number[i.document] for i in found]


def threshold(odds: Matrix, yes: Flags) -> float:
    """The least log odds from which on `PRECISION` of the items are good."""
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum(yes[order]) / np.arange(1, len(odds) + 1)
    enough = np.nonzero(right >= PRECISION)[0]
    return float(odds[order[enough[-1]]]) if len(enough) else float("inf")


def share(part: int, whole: int) -> str:
    """A share with the interval of Wilson, of 95 %."""
    if not whole:
        return "–".rjust(24)
    p, z = part / whole, 1.96
    middle, half = p + z * z / (2 * whole), z * (p * (1 - p) / whole + z * z / (4 * whole * whole)) ** 0.5
    low, high = ((middle + side * half) / (1 + z * z / whole) for side in (-1, 1))
    return f"{p:.2f} ({low:.2f} to {high:.2f}) {part:>3}/{whole:<3}"


def line(name: str, found: Sequence[Item], listed: Flags) -> str:
    """How many of what is listed are good, and how many of the good are listed, of those that have a label."""
    known = np.array([i.label is not None for i in found])
    yes = good(found)
    n = int((known & listed).sum())
    return (
        f"{name:<38} {int(known.sum()):>5} listed {n:>4}"
        f"  precision {share(int((listed & yes).sum()), n)}  recall {share(int((listed & yes).sum()), int(yes.sum()))}"
    )


def report(name: str, found: Sequence[Item], odds: Matrix, head: heads.Head, where: Flags | None = None) -> None:
    """What one bar lists, what a bar for each text does, and what the cues do."""
    where = np.ones(len(found), dtype=bool) if where is None else where
    by_text = bars(head, odds, [i.said.place.source for i in found])
    some = [i for n, i in enumerate(found) if where[n]]
    known = [n for n, i in enumerate(found) if where[n] and i.label is not None]
    cues = np.array([i.said.confidence or 0.0 for i in found])
    yes = good(found)[known].astype(float)
    if 0 < yes.sum() < len(yes):
        print(f"{name}: AUROC {auroc(odds[known], yes):.3f}, cues alone {auroc(cues[known], yes):.3f}")
    print(line(f"{name}, cues", some, (cues >= 0.5)[where]))
    print(line(f"{name}, one bar", some, (odds >= head.threshold)[where]))
    print(line(f"{name}, a bar a text", some, (odds >= by_text)[where]))


def kinds(name: str, found: Sequence[Item]) -> None:
    """How often the kind is that of the label, where the label leaves no choice; and where it does, too."""
    judged = [i for i in found if i.label in GOOD]
    strict = [i for i in judged if len(labelled.KINDS[i.label or ""]) == 1]
    for what, some in (("one kind", strict), ("any label", judged)):
        right = sum(i.kind in labelled.KINDS[i.label or ""] for i in some)
        print(f"kind, {name}, {what:<10} {share(right, len(some))}")


@contextmanager
def folder(given: Path | None) -> Iterator[Path]:
    if given:
        yield given
    else:
        with tempfile.TemporaryDirectory() as made:
            yield Path(made)


def main() -> None:
    from kb.vectors.embed.model import resolve

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="write kb/suggest/confidence/head.json")
    parser.add_argument("--home", type=Path, help="keep texts and vectors here for the next time")
    options = parser.parse_args()
    if not labelled.files("test"):
        print(f"nothing to train on: the labelled texts are not in {shared()}", file=sys.stderr)
        return
    with folder(options.home) as home:
        train, held, test = (items(split, home / split) for split in ("train", "held", "test"))
    rows = matrix([i.said for i in train])
    every = np.ones(len(train), dtype=bool)
    odds = apart(rows, train, folds(train))
    head = heads.Head(resolve(None).fingerprint, fitted(rows, train, every), threshold(odds, good(train)))
    documents = len({i.document for i in train})
    print(f"{len(train)} statements of {documents} documents, {good(train).mean():.2f} good; {len(NAMES)} features")
    print(f"one bar: {head.threshold:.2f}\n\nAUROC of a field by a head that saw nothing of it; by the cues alone")
    elsewhere = apart(rows, train, [i.field for i in train])
    cues = np.array([i.said.confidence or 0.0 for i in train])
    for field in sorted({i.field for i in train}):
        n = np.array([i.field == field for i in train])
        yes = good(train)[n].astype(float)
        print(f"  {field:<20} {int(n.sum()):>5}  {auroc(elsewhere[n], yes):.3f}  {auroc(cues[n], yes):.3f}")
    print()
    report("train, other documents", train, odds, head)
    for name, found in (("held", held), ("test", test)):
        scored = heads.logits(head.weights, matrix([i.said for i in found]))
        report(name, found, scored, head)
        if name == "held":
            written = np.array([i.field == WRITTEN for i in found])
            report("held, written", found, scored, head, written)
            report("held, vaults", found, scored, head, ~written)
        kinds(name, found)
    kinds("train", train)
    if options.keep:
        heads.save(head)
        print(f"\nwritten: {heads.WEIGHTS} ({heads.WEIGHTS.stat().st_size:,} bytes)")


if __name__ == "__main__":
    main()
