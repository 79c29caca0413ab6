"""After an undo: what a person wrote into notes of kb's, and the store does not have any more, is theirs to keep.

The store forgets that it agreed on those words, in the text that a note shows or below it. So the next sync takes them
up again instead of taking them out of the file. Facts, statements and decisions follow the store.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.errors import KbError, notify
from kb.store import exported, sources
from kb.store.open import Store
from notes.vault import note_file, remarks
from notes.vault.body import mark
from notes.vault.note_file import NoteFile


def keep_words(store: Store, changed: Iterable[str]) -> int:
    """See to the notes of what an undo changed: sources, and remarks by their ids. Returns how many have more words."""
    wanted = set(changed)
    kept = 0
    for name in exported.subjects(store) if wanted else ():
        if name in wanted or remarks.id_of(name) in wanted:
            for one in exported.about(store, name):
                less = _less(store, name, one.content) if one.content else None
                if less is not None:
                    with store.transaction():
                        exported.agree_less(store, one.vault, one.path, less)
                    kept += 1
    if kept:
        notify(
            f"words in {'a note' if kept == 1 else f'{kept} notes'} of your vault stay: the next kb sync takes them up"
        )
    return kept


def _less(store: Store, name: str, content: bytes) -> bytes | None:
    """A note with no more words than the store has of what it shows; None where it has no others."""
    raw = content.decode("utf-8-sig")
    note = _read(raw)
    if note is None:
        return None
    own, held = remarks.text(note.own), remarks.of(store, name)
    text = raw
    if own != held:
        text = _with_own(text, note, held)
    row = sources.stored(store, name) if note.source is not None else None
    if row is not None and row.state == "here" and note.source is not None and note.source.text != row.text:
        text = _with_text(store, name, text, row.text)
    return text.encode() if text != raw else None


def _read(raw: str) -> NoteFile | None:
    try:
        return note_file.read(raw)
    except KbError:
        return None


def _with_own(raw: str, note: NoteFile, held: str) -> str:
    """The note with these words of the person, and properties, instead of those that it has."""
    head, tail = raw[: len(raw) - len(note.own.words)], remarks.own(held)
    for line in note.own.properties.splitlines(keepends=True):
        if line not in tail.properties:
            head = head.replace(line, "", 1)
    return head + tail.words


def _with_text(store: Store, name: str, raw: str, wanted: str) -> str:
    """The note with the text that it showed when the store last had this one; as it is, where that is not known."""
    here = _region(raw, name)
    for before in reversed(exported.whole(store, name)):
        old = before.decode("utf-8-sig")
        there, note = _region(old, name), _read(old)
        if here and there and note is not None and note.source is not None and note.source.text == wanted:
            spliced = raw[: here[0]] + old[there[0] : there[1]] + raw[here[1] :]
            again = _read(spliced)
            # Whether a line ends the text stands in the properties of the note.
            if again is not None and again.source is not None and again.source.text.rstrip() == wanted.rstrip():
                return spliced
    return raw


def _region(raw: str, name: str) -> tuple[int, int] | None:
    """Where the text of a note stands, with the marks around it."""
    start = raw.find(f"<!-- kb:text {name}")
    closed = raw.find("-->", start)
    ending = mark("end", raw[start + len("<!-- kb:text ") : closed].strip()) if start >= 0 and closed >= 0 else ""
    end = raw.find(ending, closed) if ending else -1
    return (start, end + len(ending)) if end >= 0 else None
