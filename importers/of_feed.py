"""Which source of the store an entry of a feed is: by its address or ids, else by the name that the feed has for it."""

from __future__ import annotations

from kb.model.document import Document
from kb.model.source import StoredSource
from kb.sources.match import Candidate
from kb.store import sources
from kb.store.open import Store

_ENTRIES = "feeds"  # the importer of the entries


def stored(store: Store, document: Document) -> StoredSource | None:
    """The source that an entry is, if it is there; a stub is not."""
    found = [*sources.by_keys(store, Candidate.of(document).keys()), *_at(store, document)]
    return next((row for row in found if row.kind != "stub"), None)


def moved(store: Store, document: Document) -> str | None:
    """The id of the entry that had another address when it was read; None where the address tells, or it is new."""
    if document.importer != _ENTRIES or sources.by_keys(store, Candidate.of(document).keys()):
        return None
    return next((row.id for row in _at(store, document)), None)


def _at(store: Store, document: Document) -> list[StoredSource]:
    feed, mark, name = document.target.partition("#")
    named = document.importer == _ENTRIES and feed and mark and name
    return sources.by_column(store, "target", document.target) if named else []
