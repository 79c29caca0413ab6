"""The confidence of stored statements, set by the head where there are vectors."""

from __future__ import annotations

from kb.store import meta, open, statements
from kb.suggest.confidence import head as heads
from kb.suggest.confidence.features import matrix
from kb.suggest.confidence.head import Head

_STATE = "roles"
_BATCH = 4_096


def update(store: open.Store, head: Head | None = None) -> int:
    """Score the suggested statements that were found by wording. Returns how many have a new confidence.

    What stands by structure (a listed theory, an outline, commentary on an entry) keeps its own confidence, and so
    does everything where the vectors are another model's. Deterministic: the same texts and head give the same
    confidences.
    """
    import numpy as np

    head = head or heads.load()
    connection = store.reader()
    try:
        state = f"{meta.generation(connection)}/{head.digest}"
        if meta.get(connection, meta.MODEL) != head.model or meta.get(connection, _STATE) == state:
            return 0
        changed: list[tuple[float, int]] = []
        rows = statements.by_wording(connection, head.model)
        for at in range(0, len(rows), _BATCH):
            batch = rows[at : at + _BATCH]
            vectors = np.stack([np.frombuffer(row["vector"], dtype="<f4") for row in batch])
            scores = heads.score(head, matrix([(row["text"], row["rule"]) for row in batch], vectors))
            for row, value in zip(batch, scores, strict=True):
                if (confidence := round(min(max(float(value), 0.01), 0.99), 2)) != row["confidence"]:
                    changed.append((confidence, row["rowid"]))
    finally:
        connection.close()
    with store.transaction() as session:
        raw = open.raw(session)
        statements.set_confidence(raw, changed)
        meta.put(raw, _STATE, state)
    return len(changed)
