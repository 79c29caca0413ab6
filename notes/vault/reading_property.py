"""The property of an exported note that says how far one is with its source, as a person changed it."""

from __future__ import annotations

from kb.model.reading import state_of
from kb.sources import reading
from kb.store.open import Store
from notes.vault.source_note import SourceNote


def take(store: Store, source_id: str, note: SourceNote, was: SourceNote | None) -> bool:
    """Take up, inside a transaction, what changed since the note was agreed on; whether it did.

    A word that is none for it is the person's own, and changes nothing.
    """
    said, before = state_of(note.reading), state_of(was.reading) if was else None
    if said == before or (note.reading and said is None):
        return False
    since = note.reading_since if was and note.reading_since != was.reading_since else None
    return bool(reading.give(store, [source_id], said, since))
