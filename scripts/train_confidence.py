"""Train the head that says which statements are worth listing, from our labels, and say how good it is.

    python -m scripts.train_confidence [--keep]

Reads the labelled texts under the shared folder (`scripts/labelled.py`), extracts, embeds and fits; `--keep` writes
`kb/suggest/confidence/head.json`. Without the texts nothing can be trained. The figures are those of docs/models.md.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import cli
from kb.extract import extract
from kb.extract.plain import plain
from kb.model.rules import (
    CLAIM_WORDING,
    CRITIQUE_WORDING,
    EVIDENCE_WORDING,
    FLAT_CLAIM,
    HEADING,
    QUESTION_MARK,
)
from kb.sources.extraction import view_of
from kb.store import sources
from kb.store.open import open_reader
from kb.suggest.confidence import head as heads
from kb.suggest.confidence.features import NAMES, matrix
from scripts import labelled
from scripts.shared_folder import shared

GOOD = {"c", "x", "b", "a", "e", "q", "t"}
SOFT = {"o": 0.4, "l": 0.5}  # said but not worth listing; or right, but leaning: neither a yes nor a no
BY_WORDING = {CLAIM_WORDING, CRITIQUE_WORDING, EVIDENCE_WORDING, FLAT_CLAIM, HEADING, QUESTION_MARK}
PRECISION = 0.8  # on documents not trained on; on another kind of text it is less (docs/models.md)
CUES = 4.0  # log odds more that a cue confidence of 1 gives than was fitted: cues do not know the topics trained on
FOLDS = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Item:
    """A labelled statement found by wording."""

    document: str
    text: str
    rule: str
    kind: str
    confidence: float
    label: str


def items(split: str, home: Path) -> list[Item]:
    """The labelled statements of a split, extracted anew in an empty home."""
    files = labelled.files(split)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        cli.run(["--home", str(home), "add", "--no-embed", *map(str, files.values())])
    by_path = {str(path): labelled.read()[split][name] for name, path in files.items()}
    store = open_reader(home)
    found = []
    for (rowid,) in store.execute("SELECT rowid FROM source WHERE text <> '' ORDER BY rowid").fetchall():
        source = sources.stored_at(store, rowid)
        view, labels = view_of(store, source), by_path.get(source.target or "", {})
        for draft in extract(view).statements:
            label = labelled.of_span(labels, view, draft.start, draft.end)
            if label is not None and draft.rule in BY_WORDING and view.blocks[draft.block].about is None:
                label = "c" if label == "l" and draft.context else label  # it leans, and its context says on what
                text = draft.words or plain(view.text[draft.start : draft.end])
                found.append(Item(source.id, text, draft.rule, draft.kind, draft.confidence, label))
    store.close()
    return found


def embedded(found: Sequence[Item], home: Path) -> Matrix:
    from kb.vectors.embed.bulk import embed_texts
    from kb.vectors.embed.model import resolve

    return matrix([(i.text, i.rule) for i in found], embed_texts([i.text for i in found], resolve(None), home))


def targets(found: Sequence[Item]) -> Matrix:
    return np.array([1.0 if i.label in GOOD else SOFT.get(i.label, 0.0) for i in found])


def good(found: Sequence[Item]) -> NDArray[np.bool_]:
    return np.array([i.label in GOOD for i in found])


def fitted(rows: Matrix, wanted: Matrix) -> tuple[float, ...]:
    weights = list(heads.fit(rows, wanted))
    weights[NAMES.index("cue_confidence")] += CUES / 2  # the feature is twice the confidence
    return tuple(weights)


def out_of_fold(rows: Matrix, wanted: Matrix, found: Sequence[Item]) -> Matrix:
    """Log odds of each item by a head that saw nothing of its document."""
    documents = {d: n % FOLDS for n, d in enumerate(sorted({i.document for i in found}))}
    fold = np.array([documents[i.document] for i in found])
    odds = np.zeros(len(rows))
    for n in range(FOLDS):
        weights = fitted(rows[fold != n], wanted[fold != n])
        odds[fold == n] = heads.logits(weights, rows[fold == n])
    return odds


def threshold(odds: Matrix, yes: NDArray[np.bool_]) -> float:
    """The least log odds from which on `PRECISION` of the items are good."""
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum(yes[order]) / np.arange(1, len(odds) + 1)
    enough = np.nonzero(right >= PRECISION)[0]
    return float(odds[order[enough[-1]]]) if len(enough) else float("inf")


def auroc(scores: Matrix, yes: NDArray[np.bool_]) -> float:
    """How often a good one is scored above a bad one."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    n = int(yes.sum())
    return float((ranks[yes].sum() - n * (n + 1) / 2) / (n * (len(yes) - n)))


def line(name: str, scores: Matrix, yes: NDArray[np.bool_], least: float) -> str:
    """AUROC, the precision of what is listed and how much that is, and the precision of the cues' best as many."""
    listed = scores >= least
    precision = yes[listed].mean() if listed.any() else float("nan")
    return f"{name:<34} {len(yes):>5} {auroc(scores, yes):>6.3f} {precision:>10.3f} {listed.mean():>9.2f}"


def main() -> None:
    from kb.vectors.embed.model import resolve

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="write kb/suggest/confidence/head.json")
    keep = parser.parse_args().keep
    if not labelled.files("train") or not labelled.files("test"):
        print(f"nothing to train on: the labelled texts are not in {shared()}", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        train, test = items("train", Path(folder) / "train"), items("test", Path(folder) / "test")
        rows, other = embedded(train, Path(folder) / "train"), embedded(test, Path(folder) / "train")
    wanted = targets(train)
    odds = out_of_fold(rows, wanted, train)
    least = threshold(odds, good(train))
    head = heads.Head(resolve(None).fingerprint, fitted(rows, wanted), least)
    documents = len({i.document for i in train})
    print(f"{len(train)} statements of {documents} documents, {good(train).mean():.2f} good; {len(NAMES)} cues\n")
    print(f"{'':<34} {'n':>5} {'AUROC':>6} {'precision':>10} {'coverage':>9}")
    cues = np.array([i.confidence for i in train])
    print(line("train, cues alone", cues, good(train), 0.5))
    print(line("train, head, other documents", odds, good(train), least))
    there = heads.logits(head.weights, other)
    cues = np.array([i.confidence for i in test])
    print(line("test, cues alone", cues, good(test), 0.5))
    print(line("test, head", there, good(test), least))
    share = float((there >= least).mean())
    print(line("test, as many by cues", cues, good(test), float(np.quantile(cues, 1 - share))))
    share = float((cues >= 0.5).mean())
    print(line("test, as many by the head", there, good(test), float(np.quantile(there, 1 - share))))
    print("\nlearning curve (labels, AUROC on test, mean of 8 draws of documents)")
    for n in (50, 100, 200, 400, len(train)):
        print(f"{n:>6} {curve(rows, wanted, train, other, good(test), n):.3f}")
    if keep:
        heads.save(head)
        print(f"\nwritten: {heads.WEIGHTS} ({heads.WEIGHTS.stat().st_size:,} bytes)")


def curve(rows: Matrix, wanted: Matrix, found: Sequence[Item], other: Matrix, yes: NDArray[np.bool_], n: int) -> float:
    random = np.random.default_rng(1)
    documents = np.array([i.document for i in found])
    scores = []
    for _ in range(8):
        order = random.permutation(np.unique(documents))
        counts = np.cumsum([(documents == d).sum() for d in order])
        chosen = np.isin(documents, order[: int(np.searchsorted(counts, n)) + 1])
        scores.append(auroc(heads.logits(fitted(rows[chosen], wanted[chosen]), other), yes))
    return float(np.mean(scores))


if __name__ == "__main__":
    main()
