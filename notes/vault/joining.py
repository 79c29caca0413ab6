"""Joining sources with what a person wrote into their notes: the words on the one that goes come to the one that stays.

The words stand in notes of their own (`notes.vault.remarks`), on sources and on statements; these are joined like what
they are about.
"""

from __future__ import annotations

from kb.sources import merging, splitting
from kb.sources.merging import Moved
from kb.sources.removal import Cut
from kb.store import same_as, sources, statements
from kb.store.open import Store
from kb.text.merge import merge as merge_texts
from kb.text.strings import squash
from notes.vault import remarks
from notes.vault.remarks import Subject

_WORDS = "remarks"
"""What is noted of words that were put below others: what stood there, what does now, what that note was called."""


def merge(store: Store, kept_id: str, gone_id: str, me: str) -> Moved:
    """Join a source to another (`kb.sources.merging`). `me` is who writes in notes."""
    said = [one.id for one in statements.of_source(store, gone_id)]
    moved = merging.merge(store, kept_id, gone_id)
    title = sources.read(store, [kept_id])[kept_id].title
    _join(store, gone_id, Subject(kept_id, kept_id, title), me)
    for before, name in same_as.names(store, said).items():
        there = statements.read(store, [name])[name]
        _join(store, before, Subject(name, kept_id, squash(there.text)), me)
    return moved


def _join(store: Store, before: str, subject: Subject, me: str) -> None:
    """Put the words on `before` below those on the subject."""
    gone = sources.stored_itself(store, remarks.id_of(before))
    if gone is None or gone.state != "here":
        return
    held = remarks.of(store, subject.id)
    there = sources.stored(store, remarks.id_of(subject.id))
    title = there.title if there and held else ""
    words = remarks.with_own(held, gone.text)
    if words != held:
        remarks.put(store, subject, words, me)
    merging.merge(store, remarks.id_of(subject.id), gone.id)
    with store.transaction():
        same_as.note(store, gone.id, _WORDS, [(before, subject.id, held, words, title)])


def split(store: Store, gone_id: str, cut: Cut, me: str) -> str:
    """Give back what was joined, with the words on it. Returns the id of the source that stayed.

    Words on the one that stayed are as they were before, with what was written since.
    """
    said = [thing.of[0] for thing in same_as.copied(store, gone_id) if thing.kind == "pair"]
    for before in (gone_id, *said):
        words = remarks.id_of(before)
        noted = [thing.of for thing in same_as.copied(store, words) if thing.kind == _WORDS]
        if noted:
            _, subject, held, put, title = noted[0]
            splitting.split(store, words, cut)
            now = remarks.of(store, subject)
            parted = merge_texts(put, now, held)
            if now != parted.text and not parted.clashes:
                _put_back(store, subject, parted.text, title, me)
    return splitting.split(store, gone_id, cut)


def _put_back(store: Store, subject: str, held: str, title: str, me: str) -> None:
    called = title.removeprefix(remarks.TITLE)
    row = sources.stored(store, subject)
    there = statements.read(store, [subject]).get(subject)
    if row is not None:
        remarks.put(store, Subject(subject, row.id, called or row.title), held, me)
    elif there is not None:
        where = there.mentions[0].source if there.mentions else None
        remarks.put(store, Subject(subject, where, called or squash(there.text)), held, me)
