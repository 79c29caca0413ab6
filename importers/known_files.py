"""What a folder was known to hold before it is read again: which notes have other names now, and which are gone.

A source belongs to a file when that file is where it was read from last, and gave nothing else. Exports (of reference
managers, of readers) give many sources and are thrown away; a note of an exported vault only shows a source: neither
takes a source with it. Whether a file is there, the disk says, not what the walk read: a file that is hidden, too large
or may not be read now is not gone.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from importers import discovery, note_ids
from importers.base import Input
from kb.model.document import Document
from kb.model.source import StoredSource
from kb.sources import same_note
from kb.sources.same_note import Note, Told
from kb.store import files, same_as, sources
from kb.store.open import Store
from kb.text.strings import digest
from notes.vault.note_file import subject_in

SEVERAL = 2
"""So many notes and no text at all where they were: rather a disk that is not there than notes deleted."""

_SAMPLE = 200
"""Notes that are still there to compare with, so that the words of a template say nothing."""


@dataclass
class Held:
    """A file that may be a note that was known under another name, and the one document in it with what is on it."""

    found: Input
    document: Document | None = None
    attached: Sequence[Document] = ()
    known: str | None = None
    """The source that was read from this file before."""
    apart: bool = False
    """It is that source, with the same text: whether it is one that is gone as well was left open."""


@dataclass
class KnownFiles:
    """The files under some folders, as the store knows them, and what the walk through the folders found."""

    store: Store
    folders: Sequence[str]  # real paths
    files: dict[str, str] = field(default_factory=dict)
    """Ids of sources by the file they belong to."""
    missing: dict[str, str] = field(default_factory=dict)
    """Files that are not there any more, by the ids of their sources: those that are here, and those gone before."""
    gone_before: set[str] = field(default_factory=set)
    driven_out: dict[str, str] = field(default_factory=dict)
    """Files that hold another source now, by the ids of those that were in them and are nowhere else."""
    held: list[Held] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)  # texts found, by folder

    @classmethod
    def under(cls, store: Store, folders: Iterable[str], only: Container[str] | None = None) -> KnownFiles:
        """What is known of these folders, looked up on the disk; of files newly gone `only` these. Without any folder,
        nothing."""
        known = cls(store, list(dict.fromkeys(folders)))
        for folder in known.folders:
            here = files.under(store, folder.rstrip(os.sep), os.sep)
            count = Counter(one.target for one in here)
            known.files |= {one.target: one.source for one in here if count[one.target] == 1}
            for one in files.gone_under(store, folder.rstrip(os.sep), os.sep):
                if not is_there(one.target):
                    known.missing[one.source] = one.target
                    known.gone_before.add(one.source)
        asked = {target: source for target, source in known.files.items() if only is None or target in only}
        lost = {source: target for target, source in asked.items() if not is_there(target)}
        exports = {one.name for one in discovery.found("IMPORTER", "importers.exports")} if lost else set()
        for source, target in lost.items():
            row = sources.stored_itself(store, source)
            if row is not None and row.importer not in exports:
                known.missing[source] = target
        return known

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for target in self.files:
            found.setdefault(target.casefold(), []).append(target)
        return found

    def met(self, target: str) -> None:
        """Note that a text was found."""
        for folder in self.folders:
            self.read[folder] += _within(target, folder)

    def _by_case(self, target: str) -> None:
        """Where the case of letters does not matter to the disk, a file that has another one now seems to be there."""
        if target in self.files:
            return
        for known in self._folded.get(target.casefold(), ()):
            folder, name = os.path.split(known)
            if os.path.exists(known) and os.path.samefile(known, target) and name not in os.listdir(folder):
                self.missing[self.files[known]] = known

    def left_apart(self, found: Input, source: str) -> bool:
        """Whether an unchanged file that is named by itself may be a note that is gone, and keeps it to be told."""
        gone = files.all_gone(self.store)
        for one in gone:
            self.missing.setdefault(one.source, one.target)
        self.gone_before.update(one.source for one in gone)
        row = sources.stored_itself(self.store, source)
        if gone and row is not None:  # named by itself, it does not say where it is in its folder
            self.held.append(Held(replace(found, path=found.path or row.path), known=source, apart=True))
        return bool(gone)

    def holds(self, found: Input) -> bool:
        """Whether a file is to be told apart from the others at the end, and keeps it for that."""
        self._by_case(found.target)
        if not (self.files or self.missing) or not found.original:
            return False
        known = self.files.get(found.target)
        if known is None and not self.missing:
            # Its text may have been another file's until now; else it is simply new.
            may_be = bool(sources.with_original(self.store, hashlib.sha256(found.original).hexdigest()))
        elif known is None:
            may_be = found.target not in self.missing.values()
        else:
            row = sources.stored_itself(self.store, known)
            may_be = row is not None and row.original_hash != hashlib.sha256(found.original).hexdigest()
        if may_be:
            self.held.append(Held(found, known=known))
        return may_be

    def tell(self) -> Told:
        """Which sources the held files are, by the files' names; `held` has their documents by now."""
        fresh = [one for one in self.held if one.document and one.document.text and not one.document.id]
        notes = [_new(one) for one in fresh if one.document]
        if not notes:
            return Told({}, [])
        changed = {one.known: one for one in fresh if one.known and not one.apart}
        rows = (sources.stored_itself(self.store, name) for name in (*self.missing, *changed))
        lost = [row for row in rows if row is not None and row.text]
        texts = {digest(note.text) for note in notes}
        copied = {text for text in texts if self._is_copied(text, {one.known for one in fresh})}
        known = [self._lost(row, settled=row.id in changed) for row in lost]
        told = same_note.tell(notes, known, self._sample() if self.missing else (), copied)
        same = self._kept(told.same, changed, {note.key: note for note in (*notes, *known)})
        for name, one in changed.items():
            if same.get(one.found.target, name) != name and name not in same.values():
                self.driven_out[name] = one.found.target
        return Told(same, told.questions)

    def _kept(self, same: dict[str, str], changed: dict[str, Held], notes: dict[str, Note]) -> dict[str, str]:
        """Without what would take a source from a file that only was edited while a copy of it was made."""
        kept = dict(same)
        while True:
            stolen = [
                new
                for new, lost in kept.items()
                if lost in changed
                and (at := changed[lost].found.target) != new
                and at not in kept
                and _like(notes[at], notes[lost])
            ]
            if not stolen:
                return kept
            for new in stolen:
                del kept[new]

    def _is_copied(self, text: str, changed: Container[str | None]) -> bool:
        """Whether a note that is still there with it has this text."""
        there = sources.by_column(self.store, "text_hash", text)
        return any(
            row.text_hash == text
            and row.state == "here"
            and row.id not in self.missing
            and row.id not in changed
            and is_there(row.target or "")
            for row in there
        )

    def _sample(self) -> list[Note]:
        there = [source for target, source in self.files.items() if source not in self.missing]
        step = max(1, len(there) // _SAMPLE)
        rows = (sources.stored_itself(self.store, name) for name in there[::step])
        return [self._lost(row, settled=True) for row in rows if row is not None]

    def _lost(self, row: StoredSource, *, settled: bool) -> Note:
        return Note(row.id, _slashes(row.target or ""), row.text, note_ids.ids, settled)

    # What is gone

    def gone(self) -> tuple[dict[str, str], list[str]]:
        """Where the sources are now whose files are missing: another file of theirs, or "" for nowhere; and lines.

        A folder in which no text is left at all, though several notes were known, is left alone: one line says so.
        """
        lines: list[str] = []
        places: dict[str, str] = {}
        left = {name: target for name, target in self.missing.items() if name not in self.gone_before}
        for folder in self.folders:
            here = {name: target for name, target in left.items() if _within(target, folder)}
            if len(here) >= SEVERAL and not self.read[folder] and len(here) == self._known(folder):
                lines.append(
                    f"{folder} holds no text any more; the {len(here):,} notes read from it stay as they are. "
                    "Is a disk missing? If you deleted them, kb rm takes them out"
                )
                left = {name: target for name, target in left.items() if name not in here}
        rows = {name: sources.stored_itself(self.store, name) for name in left}
        moved = {name for name, row in rows.items() if row is not None and row.target != left[name]}
        left = {name: target for name, target in left.items() if name not in moved} | self.driven_out
        joined = same_as.names(self.store, left)  # of what was joined to another the file of that one tells
        left = {name: target for name, target in left.items() if name not in joined}
        others = files.of_sources(self.store, left.keys())
        for name, target in left.items():
            also = (file for file in others.get(name, ()) if file != target and is_there(file) and not subject_in(file))
            places[name] = next(also, "")
        return places, lines

    def _known(self, folder: str) -> int:
        return sum(_within(target, folder) for target in self.files)


def is_there(path: str) -> bool:
    """Whether a file is on the disk; one that cannot be looked at, or whose name is no text, is."""
    if "\ufffd" in path:
        return True
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


def _new(one: Held) -> Note:
    assert one.document is not None
    settled = one.known is not None and not one.apart
    return Note(one.found.target, _slashes(one.found.target), one.document.text, note_ids.ids, settled)


def _like(one: Note, other: Note) -> bool:
    both = (one.words & other.words).total() * 2
    return both >= same_note.MAYBE * (one.words.total() + other.words.total())


def _slashes(path: str) -> str:
    return path.replace(os.sep, "/")


def _within(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)
