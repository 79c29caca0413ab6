"""Which files were read before: those whose bytes are the same are not read again by the same importers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from importers import importers
from importers.base import Input
from kb.sources import extraction
from kb.store import files
from kb.store.open import Store


class Memory:
    """The files of one run. Where the person says something of them, `plain` is false and all are read."""

    def __init__(self, store: Store, *, plain: bool) -> None:
        self._store = store
        self._plain = plain
        versions = [f"{name}={known.version}" for name, known in importers().items()]
        self._versions = " ".join((*versions, extraction.version(store))).encode()
        self._old: list[str] = []
        self._kept: set[str] = set()
        self._new: dict[str, tuple[str, Sequence[str]]] = {}
        self._later: dict[str, tuple[str, Sequence[str]]] = {}

    def unchanged(self, target: str, data: bytes) -> list[str] | None:
        """Ids of the sources that the file gave before, where nothing is to be done; else None."""
        if not self._plain:
            return None
        return files.unchanged(self._store, target, self._digest(data))

    def remember(self, found: Input, source_ids: Sequence[str], *, settled: bool = False) -> None:
        """Note what a file gave, all of which went in; or will at the end of the run, where it is not `settled`."""
        if source_ids:
            noted = self._new if settled else self._later
            noted[found.target] = (self._digest(found.original), source_ids)

    def moved(self, target: str) -> None:
        """Note that what this file gave has another file now; what it gives itself by now stays noted."""
        if target not in self._kept:
            self._old.append(target)

    def forget(self, target: str) -> None:
        """Have the file read again next time."""
        self._later.pop(target, None)

    def keep(self, *, all_in: bool = False) -> None:
        """Write what was noted, inside a transaction; with `all_in`, at the end of the run, all of it."""
        files.forget(self._store, self._old)
        for target, (digest, source_ids) in (self._new | self._later if all_in else self._new).items():
            files.remember(self._store, target, digest, source_ids)
        self._kept |= self._new.keys()
        self._old.clear()
        self._new.clear()

    def _digest(self, data: bytes) -> str:
        return hashlib.sha256(self._versions + b"\0" + data).hexdigest()
