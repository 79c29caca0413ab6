"""The confidence of stored statements, set by the head where there are vectors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kb.extract import context, cues
from kb.model.rules import BY_WORDING
from kb.store import meta, statement_writing, worded
from kb.store.open import Store
from kb.suggest.confidence import head as heads
from kb.suggest.confidence.features import matrix
from kb.suggest.confidence.head import Head
from kb.suggest.confidence.listing import bars

_STATE = "listed"
_BATCH = 4_096
_OWN = 0.5  # from which on a statement is listed
_SAYS = 8  # words of a stance that says something


@dataclass(frozen=True, slots=True)
class Changes:
    """All statements and passages, by their rowids, that changed from one generation of the store to another."""

    since: int
    until: int
    statements: Collection[int]
    passages: Collection[int]


def update(store: Store, head: Head | None = None, changes: Changes | None = None) -> int:
    """Score the suggested statements that were found by wording. Returns how many have a new confidence.

    What stands by structure (a listed theory, an outline, commentary on an entry) keeps its own confidence, and so
    does everything where the vectors are another model's. What says nothing without a context that nobody found is not
    listed, whatever the head says; what its author calls a claim ("I think that …") is. Deterministic: the same texts
    and head give the same confidences. With `changes`
    only the texts that these are of are scored, if all were before.
    """
    import numpy as np

    head = head or heads.load()
    before = meta.get(store, _STATE)
    state = f"{changes.until if changes else meta.generation(store)}/{head.digest}"
    if meta.get(store, meta.MODEL) != head.model or before == state:
        return 0
    few = None
    if changes and before == f"{changes.since}/{head.digest}":
        few = worded.sources_of(store, changes.statements, changes.passages)
    rows = worded.by_wording(store, head.model, BY_WORDING, few)
    parts = [heads.logits(head.weights, matrix(rows[at : at + _BATCH])) for at in range(0, len(rows), _BATCH)]
    odds = np.concatenate(parts) if parts else np.zeros(0)
    scores = heads.score(odds - bars(head, odds, [row.place.source for row in rows]))
    changed: list[tuple[float, int]] = []
    for row, value in zip(rows, scores, strict=True):
        if not row.waits:
            continue
        most = 0.99 if row.place.context or context.stands(row.text) else context.UNLISTED
        least = _OWN if cues.OWN_STANCE.match(row.text) and len(row.text.split()) >= _SAYS else 0.01
        if (confidence := round(min(max(float(value), least), most), 2)) != row.confidence:
            changed.append((confidence, row.rowid))
    with store.transaction():
        statement_writing.set_confidence(store, changed)
        meta.put(store, _STATE, state)
    return len(changed)


def by_decisions(store: Store) -> int:
    """Score statements as a person's decisions teach it, where that foresees them better. How many changed."""
    from kb.suggest.confidence import adapt

    own = adapt.adapted(store)
    return update(store, own) if own != heads.load() else 0
