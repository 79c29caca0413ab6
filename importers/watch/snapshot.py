"""A folder's files as they were last taken: against it what was heard is checked, so that only a change is one.

An event says no more than where to look. Temporary names, a save that writes what was there, and files that kb itself
wrote and noted here therefore come to nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field

from importers.walk import is_of_home, listing, may_be_read

Signature = tuple[int, int, int]
"""When a file was written (ns), its size (bytes) and its number on the disk: a rename over it changes the last."""


@dataclass(slots=True)
class Differing:
    """Files that differ from what was taken: those there, with what they look like now; the new of them; the gone."""

    there: dict[str, Signature] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


class Snapshot:
    """The files under a root, by their real paths."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._known: dict[str, Signature] = {}
        self._folders: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self._known)

    def take_all(self) -> None:
        """Note everything as it is now; to be called before all of it is read."""
        found = listing(self.root)
        signed = ((path, signature(path)) for path in found.files)
        self._known = {path: sign for path, sign in signed if sign is not None}
        self._folders = found.folders

    def took(self, differing: Differing) -> None:
        """Note files as they looked before they were read: what was written since differs again."""
        self._known.update(differing.there)
        for path in differing.gone:
            self._known.pop(path, None)

    def wrote(self, paths: Iterable[str]) -> None:
        """Note files that kb itself has just written or removed."""
        for path in paths:
            if sign := signature(path):
                self._known[path] = sign
            else:
                self._known.pop(path, None)

    def differing(self, heard: Iterable[str] | None = None) -> Differing:
        """What differs at the paths that were heard of, or anywhere. A new file counts once there is something in it.

        Where a folder came, went or was renamed, or a link, all is looked at: nobody tells of what lies in it.
        """
        found = Differing()
        if heard is None:
            return self._anywhere()
        reals: dict[str, str] = {}
        for path in heard:
            folder, name = os.path.split(path)
            if folder not in reals:
                reals[folder] = os.path.realpath(folder)
            real = os.path.join(reals[folder], name)
            if real in self._known:
                self._compare(found, real)
            elif self._is_unclear(path, real):
                return self._anywhere()
            elif reals[folder] in self._folders and self._is_met(path, real):
                self._compare(found, real)
        return found

    def _is_unclear(self, path: str, real: str) -> bool:
        """Whether there may be files that nobody tells of."""
        inside = os.path.relpath(path, self.root)
        if inside == os.curdir or not may_be_read(inside, folder=True):
            return False
        try:
            mode = os.lstat(real).st_mode
        except OSError:
            return real in self._folders
        if stat.S_ISREG(mode):
            return os.path.dirname(real) not in self._folders and may_be_read(inside) and not is_of_home(real)
        return real not in self._folders

    def _is_met(self, path: str, real: str) -> bool:
        return may_be_read(os.path.relpath(path, self.root)) and not is_of_home(real)

    def _anywhere(self) -> Differing:
        found, now = Differing(), listing(self.root)
        self._folders = now.folders
        for path in now.files | self._known.keys():
            self._compare(found, path, listed=path in now.files)
        return found

    def _compare(self, found: Differing, path: str, *, listed: bool = True) -> None:
        sign, before = signature(path) if listed else None, self._known.get(path)
        if sign is None:
            if before is not None:
                found.gone.add(path)
        elif before is None:
            if sign[1]:
                found.there[path] = sign
                found.new.add(path)
        elif sign != before:
            found.there[path] = sign


def signature(path: str) -> Signature | None:
    """What a file looks like from outside; None where there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if stat.S_ISREG(found.st_mode) else None
