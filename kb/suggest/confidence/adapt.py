"""The head adapted to one person: fitted again on the statements that they accepted or rejected.

The weights are drawn to those that ship, so that few decisions change little. Whether the adapted head is better is
decided by cross-validation on the decisions themselves; where it is not, the shipped head goes on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.model.json_form import json_form
from kb.model.rules import BY_WORDING
from kb.store import decisions, meta, worded
from kb.store.open import Store
from kb.suggest.confidence import head as heads
from kb.suggest.confidence.features import matrix
from kb.suggest.confidence.head import Head

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

LEAST = 50
"""Decisions on statements found by wording from which on a head is fitted."""
LEAST_OF_EACH = 5  # accepted, and rejected: from one kind alone nothing can be told apart
WAYS = ((True, 1.0), (True, 3.0), (True, 10.0), (False, 10.0))
"""Tried: drawn to the shipped weights or to none, and how strongly. Measured by `benchmarks/adapt.py`."""
FOLDS = 5
_STATE = "roles_adapted"
_MOST_ODDS = 30.0


@dataclass(frozen=True, slots=True)
class Adaptation:
    """How well the shipped and the adapted head foresee decisions, by cross-validation, and which one is used.

    Both have a log loss and an AUROC: 0 and 1 are best. The figures are None where there are too few decisions.
    """

    decided: int
    used: bool = False
    shipped_loss: float | None = None
    adapted_loss: float | None = None
    shipped_auroc: float | None = None
    adapted_auroc: float | None = None


def adapted(store: Store, shipped: Head | None = None) -> Head:
    """The head to score with: the person's own where that is better. It is kept until there are new decisions."""
    shipped = shipped or heads.load()
    state = f"{decisions.newest(store)}/{shipped.digest}"
    if (kept := _kept(store)) is not None and kept.state == state:
        return replace(shipped, weights=kept.weights) if kept.weights else shipped
    weights, found = _of_store(store, shipped)
    kept = _Kept(state, found, tuple(round(weight, 5) for weight in weights or ()))
    with store.transaction():
        meta.put(store, _STATE, json.dumps(json_form(kept)))
    return replace(shipped, weights=kept.weights) if kept.weights else shipped


def known(store: Store) -> Adaptation:
    """What the last adaptation found out."""
    kept = _kept(store)
    return kept.found if kept else Adaptation(0)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was found out, for which decisions and shipped head, and the person's weights if they are better."""

    state: str
    found: Adaptation
    weights: tuple[float, ...]


def _kept(store: Store) -> _Kept | None:
    stored = json.loads(meta.get(store, _STATE) or "{}")
    return _Kept(stored["state"], Adaptation(**stored["found"]), tuple(stored["weights"])) if stored else None


def _of_store(store: Store, shipped: Head) -> tuple[tuple[float, ...] | None, Adaptation]:
    rows = worded.decided_by_wording(store, shipped.model, BY_WORDING)
    if len(rows) < LEAST:
        return None, Adaptation(len(rows))
    import numpy as np

    features = matrix([row.said for row in rows])
    return choose(
        features, np.array([float(row.kept) for row in rows]), [row.said.place.source for row in rows], shipped
    )


def choose(
    features: Matrix, wanted: Matrix, sources: Sequence[int], shipped: Head
) -> tuple[tuple[float, ...] | None, Adaptation]:
    """The person's weights, None where the shipped ones are as good, and what cross-validation says of both.

    Args:
        features: one row a decided statement (`kb.suggest.confidence.features.matrix`).
        wanted: 1 accepted, 0 rejected.
        sources: which source each is of; folds are whole sources where they are many enough.
    """
    import numpy as np

    if len(wanted) < LEAST or min(wanted.sum(), len(wanted) - wanted.sum()) < LEAST_OF_EACH:
        return None, Adaptation(len(wanted))
    before, of = heads.logits(shipped.weights, features), np.array(folds(sources))
    tried = []
    for way in WAYS:
        odds = np.zeros(len(features))
        for number in np.unique(of):
            weights = _fit(features[of != number], wanted[of != number], way, shipped)
            odds[of == number] = heads.logits(weights, features[of == number])
        tried.append(
            (log_loss(odds, wanted), auroc(odds, wanted), way, surprise(before, wanted) - surprise(odds, wanted))
        )
    loss, area, way, gain = min(tried, key=lambda one: one[0])
    found = Adaptation(
        len(wanted), False, round(log_loss(before, wanted), 4), round(loss, 4), round(auroc(before, wanted), 4),
        round(area, 4),
    )  # fmt: skip
    # Better by more than one standard error: with few decisions the best of several is easily so by chance.
    if gain.mean() <= gain.std() / len(gain) ** 0.5 or area < auroc(before, wanted):
        return None, found
    return _fit(features, wanted, way, shipped), replace(found, used=True)


def _fit(features: Matrix, wanted: Matrix, way: tuple[bool, float], shipped: Head) -> tuple[float, ...]:
    drawn, strength = way
    return heads.fit(features, wanted, strength, shipped.weights if drawn else None)


def folds(sources: Sequence[int]) -> list[int]:
    """A fold for each: whole sources together where they are many enough, else one statement after another."""
    counted = Counter(sources)
    if len(counted) < 2 * FOLDS:
        return [place % FOLDS for place in range(len(sources))]
    size = [0] * FOLDS
    of: dict[int, int] = {}
    for source, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        of[source] = size.index(min(size))
        size[of[source]] += count
    return [of[source] for source in sources]


def log_loss(odds: Matrix, wanted: Matrix) -> float:
    """Mean surprise."""
    return float(surprise(odds, wanted).mean())


def surprise(odds: Matrix, wanted: Matrix) -> Matrix:
    """Surprise, in nats, at what is wanted (0 or 1) given log odds. Shape (n,)."""
    import numpy as np

    bounded = np.clip(odds, -_MOST_ODDS, _MOST_ODDS)
    return np.asarray(np.logaddexp(0, bounded) - wanted * bounded)


def auroc(odds: Matrix, wanted: Matrix) -> float:
    """How often a wanted one has higher odds than an unwanted one; ties count half."""
    import numpy as np

    _, place, count = np.unique(odds, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    n = int(wanted.sum())
    return float((ranks[wanted == 1].sum() - n * (n + 1) / 2) / (n * (len(wanted) - n)))
