"""A linear head: fit it, keep it, apply it. numpy only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kb.text.strings import digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("head.json")
STRENGTH = 3.0  # of the pull of the weights towards where they start, chosen by cross-validation on documents
_STEPS, _CLOSE_ENOUGH = 50, 1e-7


@dataclass(frozen=True)
class Head:
    """Weights over `features.matrix`, the last one constant; and the odds from which a statement is listed.

    `model` is the fingerprint of the embedding model whose vectors the weights are for.
    """

    model: str
    weights: tuple[float, ...]
    threshold: float

    @property
    def digest(self) -> str:
        """Tells one head from another."""
        return digest(f"{self.model} {self.threshold} {self.weights}")


@cache
def load() -> Head:
    """The head that ships with the program (`scripts/train_confidence.py` makes it)."""
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Head(kept["model"], tuple(kept["weights"]), kept["threshold"])


def save(head: Head, path: Path = WEIGHTS) -> None:
    """Keep a head as a small file of text."""
    kept = {"model": head.model, "threshold": round(head.threshold, 4), "weights": [round(w, 4) for w in head.weights]}
    path.write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf-8")


def logits(weights: tuple[float, ...], matrix: Matrix) -> Matrix:
    """The log odds that each row is worth listing. Shape (n,)."""
    import numpy as np

    column = np.asarray(weights)
    return np.asarray(matrix @ column[:-1] + column[-1])


def score(above: Matrix) -> Matrix:
    """A confidence for each, 0 to 1, by how far its log odds are above the bar: 0.5 at the bar. Shape (n,)."""
    import numpy as np

    return np.asarray(1 / (1 + np.exp(-np.clip(above, -30, 30))))


def fit(
    matrix: Matrix, targets: Matrix, strength: float = STRENGTH, start: tuple[float, ...] | None = None
) -> tuple[float, ...]:
    """Weights by logistic regression: `targets` are 0 to 1, one a row.

    The weights are drawn to `start` (zero where none is given) as by `strength` rows' worth of doubt: with a person's
    own decisions as rows and the shipped weights as start, the head adapts to the person. Newton's method; the same
    rows always give the same weights.
    """
    import numpy as np

    rows = np.hstack([matrix, np.ones((len(matrix), 1))])
    origin = np.zeros(rows.shape[1]) if start is None else np.asarray(start)
    pull = np.full(rows.shape[1], strength)
    if start is None:
        pull[-1] = 1e-6
    weights = origin.copy()
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (likely - targets) + pull * (weights - origin)
        curvature = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(pull)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if float(np.abs(step).max()) < _CLOSE_ENOUGH:
            break
    return tuple(float(w) for w in weights)
