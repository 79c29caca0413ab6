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
        self._new: dict[str, tuple[str, Sequence[str]]] = {}

    def unchanged(self, found: Input) -> list[str] | None:
        """Ids of the sources that the file gave before, where nothing is to be done; else None."""
        if not self._plain:
            return None
        return files.unchanged(self._store, found.target, self._digest(found))

    def remember(self, found: Input, source_ids: Sequence[str]) -> None:
        """Note what a file gave, all of which went in."""
        if source_ids:
            self._new[found.target] = (self._digest(found), source_ids)

    def moved(self, target: str) -> None:
        """Note that what this file gave has another file now."""
        self._old.append(target)

    def forget(self, target: str) -> None:
        """Have the file read again next time."""
        self._new.pop(target, None)

    def keep(self) -> None:
        """Write what was noted, inside a transaction."""
        files.forget(self._store, self._old)
        for target, (digest, source_ids) in self._new.items():
            files.remember(self._store, target, digest, source_ids)

    def _digest(self, found: Input) -> str:
        return hashlib.sha256(self._versions + b"\0" + found.original).hexdigest()
