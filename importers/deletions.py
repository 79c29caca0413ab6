"""What notes of a vault whose files are not there any more mean, and doing it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence

from kb.model import ids
from kb.review import hand as decisions
from kb.store import exported, sources, statements
from kb.store.open import Store
from notes.vault import note_file, remarks, take
from notes.vault.exchange import Vault
from notes.vault.remarks import Subject


def missing(store: Store, vault: Vault) -> list[exported.Written]:
    """Notes of a vault whose files are gone, though what they show is here."""
    away = [
        one
        for one in vault.agreed.values()
        if one.file_hash and not os.path.lexists(os.path.join(vault.root, one.path))
    ]
    there = set(vault.files.values()) if away else set()  # under another name
    gone = [one for one in away if one.subject not in there]
    stated = statements.read(store, [one.subject for one in gone if one.subject.startswith(ids.STATEMENT)])
    here = {name for name, statement in stated.items() if statement.status != "rejected" and statement.mentions}
    shown = sources.read(store, [one.subject for one in gone if one.subject.startswith(ids.SOURCE)])
    here |= {name for name, source in shown.items() if source.state == "here"}
    return [one for one in gone if one.subject in here]


def by_hand(vault: Vault, lost: Iterable[exported.Written]) -> list[exported.Written]:
    """Those that a person deleted: they leave a note in the vault's own list, which kb in another home does not."""
    listed = {one.path for one in vault.manifest}
    return [one for one in lost if not listed or one.path in listed]


def lost_all(vault: Vault, lost: Sequence[exported.Written]) -> bool:
    """Whether these are several statements and no note of any is left: a folder is gone, and nobody judged."""
    return len(lost) > 1 and len(lost) == sum(
        name.startswith(ids.STATEMENT) for name, one in vault.agreed.items() if one.file_hash
    )


def keeps(store: Store, vault: Vault, lost: exported.Written, taken: Collection[str]) -> str:
    """Why what a deleted note showed stays: it has news that the note did not have, or the person's words elsewhere.

    `taken` are the sources and statements whose notes a person changed in the same run. "" where nothing speaks for it.
    """
    row = sources.stored(store, lost.subject)
    stated = [one.id for one in statements.of_source(store, lost.subject)]
    if any(name in taken or remarks.of(store, name) for name in stated):
        return "notes on what it says hold words of yours"
    agreed = [one.content for one in exported.about(store, lost.subject) if one.vault == vault.root and one.content]
    if row is None or not agreed:
        return ""
    before = note_file.read(agreed[-1].decode("utf-8-sig"))
    note = before.source
    people = [author.name for author in sources.authors(store, row.rowid)]
    known = (row.text, row.title, row.url, row.published, people, sources.tags(store, row.rowid))
    if (
        note is None
        or remarks.text(before.own) != remarks.of(store, note.id)
        or known != (note.text, note.title, note.url, note.published, take.names(note), sorted(note.tags))
    ):
        return "it has changed in the knowledge base since"
    return ""


def reject(store: Store, statement_ids: Sequence[str]) -> int:
    """Reject statements whose notes were deleted, with what was written there. Returns how many were not before."""
    for name in statement_ids:
        remarks.put(store, Subject(name, None, ""), "", "")
    return decisions.apply(store, [], statement_ids, [])
