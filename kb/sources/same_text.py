"""Sources here that hold the same text, or nearly so, and stubs of which the source itself is here."""

from __future__ import annotations

from collections.abc import Sequence

from kb.store import edits
from kb.store.open import Store, now


def decline(store: Store, source_ids: Sequence[str]) -> None:
    """Note that each of these is another source than the others, so that nobody asks again."""
    at = now()
    with store.transaction():
        for one in source_ids:
            for other in source_ids:
                if one < other:
                    edits.put(store, one, f"apart:{other}", "yes", at)
