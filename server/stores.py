"""The store for many requests at once: readers that are kept open, and a writer when something is written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kb.store import turns
from kb.store.open import Store, Unit, file_number, open_reader, open_store

_KEPT = 8
"""Readers that wait open for the next request."""

FileNumber = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Stores:
    """Stores of one home. A reader is used by one request at a time; it sees what others have committed."""

    home: Path
    _idle: list[tuple[FileNumber, Store]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _opening: threading.Lock = field(default_factory=threading.Lock)  # migrations are run by one thread at a time

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """A store for reading only. Another file in the place of the old one, such as a backup, is noticed.

        Raises:
            KbError: it cannot be read.
        """
        number = file_number(self.home)
        store = self._waiting(number)
        if store is None:
            with self._opening:
                number = file_number(self.home)
                store = open_reader(self.home)
        try:
            yield store
        finally:
            with self._lock:
                keep = len(self._idle) < _KEPT and not store.in_transaction
                if keep:
                    self._idle.append((number, store))
            if not keep:
                store.close()

    def _waiting(self, number: FileNumber) -> Store | None:
        """A reader of this file that waits; readers of another are closed."""
        with self._lock:
            found, old = None, []
            while self._idle and found is None:
                known, store = self._idle.pop()
                if known == number:
                    found = store
                else:
                    old.append(store)
        for store in old:
            store.close()
        return found

    @contextmanager
    def writing(self, words: str, *, alone: bool = False) -> Iterator[Store]:
        """A store for writing. What is written is undone as one, under the `words` of the command that does the same.

        Raises:
            KbError: it cannot be written, or is to be written `alone` while others write.
        """
        with self._opening:
            store = open_store(self.home, Unit(words))
        try:
            store.held.enter_context((turns.alone if alone else turns.writing)(self.home))
            yield store
        finally:
            store.close()

    def close(self) -> None:
        """Close what waits."""
        with self._lock:
            while self._idle:
                self._idle.pop()[1].close()
