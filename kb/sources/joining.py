"""Two sources that turned out to be one note."""

from __future__ import annotations

from kb.store import source_writing, sources
from kb.store.open import Store


def join(store: Store, kept: str, other: str) -> None:
    """Make the source `other` part of `kept`, which is to be read again from the file of `other`."""
    with store.transaction():
        one, two = sources.stored(store, kept), sources.stored(store, other)
        if one is not None and two is not None and one.rowid != two.rowid:
            source_writing.merge(store, one, two)
