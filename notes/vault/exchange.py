"""Which note of a vault a file is, and what store and vault last agreed about it.

A vault is a folder that this home exchanged notes with, or one with the list that an export leaves in it. Within it a
note is known by its id, so that it may have any name.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kb.store import exported, same_as, sources
from kb.store.exported import Written
from kb.store.open import Store
from notes.vault.folder import MANIFEST, read_manifest
from notes.vault.names import key
from notes.vault.note_file import state_of, subject_in


@dataclass(frozen=True, slots=True)
class Place:
    """A note's file: its vault, and where in it it is (with "/")."""

    vault: Vault
    path: str


@dataclass
class Vault:
    """A folder of notes, and what is known of it before it is read."""

    store: Store
    root: str  # real path
    agreed: dict[str, Written] = field(default_factory=dict)  # by subject
    manifest: list[Written] = field(default_factory=list)  # what any home wrote, as the vault itself says

    @cached_property
    def written(self) -> set[tuple[str, str]]:
        """(subject, hash) of what kb wrote, in this home or another."""
        return {(one.subject, one.file_hash) for one in (*self.manifest, *self.agreed.values())}

    @cached_property
    def files(self) -> dict[str, str]:
        """Subject by path, of the notes of kb's that are there now."""
        found = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if name.endswith(".md") and not name.startswith("."):
                    path = os.path.join(folder, name)
                    if subject := subject_in(path):
                        found[os.path.relpath(path, self.root).replace(os.sep, "/")] = subject
        return found

    @cached_property
    def by_path(self) -> dict[str, str]:
        """Subject by path, of the notes as they were agreed on."""
        return {one.path: one.subject for one in self.agreed.values()}

    def was(self, name: str) -> str | None:
        """What a wikilink meant when the notes were written."""
        found = self._before.get(_name_key(name))
        return same_as.name(self.store, found) if found else self.known(name)

    def note(self, name: str) -> str | None:
        """What the note of kb's shows that a wikilink means now; None where it means none."""
        return self._names.get(_name_key(name)) or self._before.get(_name_key(name))

    def known(self, name: str) -> str | None:
        """What a wikilink means now: a note of the vault, else a source of that name."""
        if found := self.note(name):
            return same_as.name(self.store, found)  # the note may show what was joined to another meanwhile
        named = sources.by_name(self.store, name)
        return named[0].id if named else None

    @cached_property
    def _before(self) -> dict[str, str]:
        return _by_name(self.by_path)

    @cached_property
    def _names(self) -> dict[str, str]:
        return _by_name(self.files)


class Exchange:
    """The vaults that a run meets, each looked at once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._vaults: dict[str, Vault] = {}
        self._roots = exported.vaults(store)
        self._folders: dict[str, str | None] = {}  # folder → root of its vault

    def place(self, file: str) -> Place | None:
        """Where in which vault a file lies; None where it is in none."""
        root = self._root(os.path.dirname(file))
        return Place(self.vault(root), os.path.relpath(file, root).replace(os.sep, "/")) if root else None

    def vault(self, root: str) -> Vault:
        """The vault in this folder."""
        if root not in self._vaults:
            agreed = {one.subject: one for one in exported.of_vault(self._store, root)}
            self._vaults[root] = Vault(self._store, root, agreed, read_manifest(Path(root)))
        return self._vaults[root]

    def _root(self, folder: str) -> str | None:
        if folder not in self._folders:
            if folder in self._roots or os.path.isfile(os.path.join(folder, MANIFEST)):
                self._folders[folder] = folder
            else:
                above = os.path.dirname(folder)
                self._folders[folder] = None if above == folder else self._root(above)
        return self._folders[folder]


def base(store: Store, place: Place, subject: str, content: bytes) -> bytes | None:
    """The note as store and vault last agreed on it; None where nobody knows.

    A vault that was moved is known by its notes: what is agreed about a folder that is gone holds for one in which the
    note has the same place, or the same bytes.
    """
    found = exported.about(store, subject)
    here = [one for one in found if one.vault == place.vault.root]
    moved = [one for one in found if not os.path.isdir(one.vault) and one.path == place.path]
    newest = (here or moved)[-1] if here or moved else None
    state = state_of(content.decode("utf-8-sig", "replace"))
    if newest is None or newest.content is None or state != state_of(newest.content.decode("utf-8-sig", "replace")):
        known = exported.in_state(store, subject, state) if state else []
        if known:  # it grew from an older state, or from one of another vault
            whole = [one for one in known if one is not None]
            return min(reversed(whole), key=lambda one: _distance(one, content), default=None)
    if newest is None or newest.content is None:
        return content if any(one.file_hash == exported.digest(content) for one in found) else None
    return newest.content


def _distance(one: bytes, other: bytes) -> int:
    """How many lines two notes do not share."""
    a, b = Counter(one.splitlines()), Counter(other.splitlines())
    return ((a - b) + (b - a)).total()


def other_file(place: Place, agreed: Written | None) -> str | None:
    """The file that is this note already, where `place` is a copy of it."""
    if agreed is None or agreed.path == place.path:
        return None
    path = os.path.join(place.vault.root, agreed.path)
    return agreed.path if subject_in(path) == agreed.subject else None


def _by_name(paths: dict[str, str]) -> dict[str, str]:
    """Subjects by the names that a wikilink may use: the file's, and its whole path."""
    found: dict[str, str] = {}
    for path, subject in paths.items():
        stem = path.removesuffix(".md")
        found.setdefault(key(stem.rsplit("/", 1)[-1]), subject)
        found[key(stem)] = subject
    return found


def _name_key(name: str) -> str:
    return key(name.split("#")[0].strip().removesuffix(".md"))
