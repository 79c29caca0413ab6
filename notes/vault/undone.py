"""After an undo: what a person wrote into notes of kb's, and the store does not have any more, is theirs to keep.

The store forgets that it agreed on those words, so the next sync takes them up again instead of taking them out of
the file. Facts and decisions follow the store.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.errors import KbError
from kb.store import exported
from kb.store.open import Store
from notes.vault import note_file, remarks


def keep_words(store: Store, changed: Iterable[str]) -> int:
    """See to the notes on what is shown, among these sources that an undo changed. Returns how many there are."""
    wanted = set(changed)
    subjects = [name for name in exported.subjects(store) if remarks.id_of(name) in wanted] if wanted else []
    kept = 0
    for name in subjects:
        for one in exported.about(store, name):
            without = _without(one.content, remarks.of(store, name)) if one.content else None
            if without is not None:
                with store.transaction():
                    exported.agree_less(store, one.vault, one.path, without)
                kept += 1
    return kept


def _without(content: bytes, held: str) -> bytes | None:
    """A note with no more of a person's words than the store holds; None where it has no others."""
    raw = content.decode("utf-8-sig")
    try:
        own = note_file.read(raw).own
    except KbError:
        return None
    if remarks.text(own) == held:
        return None
    head, tail = raw[: len(raw) - len(own.words)], remarks.own(held)
    for line in own.properties.splitlines(keepends=True):
        if line not in tail.properties:
            head = head.replace(line, "", 1)
    return (head + tail.words).encode()
