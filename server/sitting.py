"""A sitting of review in the browser: what waits in it, and what was decided, so that it can be taken back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.review.decide import Done

_KEPT_S = 600.0
"""How long an order of suggestions stands: making it takes a second where there are very many."""


@dataclass(slots=True)
class Sitting:
    """Decisions of this run of the server, the last one at the end, and what was skipped in it."""

    done: list[Done] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)
    _order: tuple[Hashable, float, list[str]] = (None, 0.0, [])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def waiting(self, choice: Hashable, find: Callable[[], list[str]]) -> list[str]:
        """What waits under a choice, in an order that stands for a while, without what was skipped.

        Some of it may be decided by now, here or elsewhere. It is found anew once nothing of it is left.
        """
        with self._lock:
            known, at, names = self._order
            fresh = known == choice and time.monotonic() - at < _KEPT_S
            left = [name for name in names if name not in self.skipped] if fresh else []
            if not left:
                names = find()
                self._order = (choice, time.monotonic(), names)
                left = [name for name in names if name not in self.skipped]
            return left

    def drop(self, names: list[str]) -> None:
        """Leave these out of the order: they are decided."""
        with self._lock:
            gone = set(names)
            known, at, order = self._order
            self._order = (known, at, [name for name in order if name not in gone])

    def add(self, one: Done) -> None:
        """A decision that was made."""
        with self._lock:
            self.done.append(one)

    def undone(self) -> Done | None:
        """The last decision, which is then none any more: what it was about comes first again."""
        with self._lock:
            if not self.done:
                return None
            one = self.done.pop()
            known, at, order = self._order
            self._order = (known, at, [one.target, *(name for name in order if name != one.target)])
            return one

    def skip(self, name: str) -> None:
        """Come to this suggestion in another sitting."""
        with self._lock:
            self.skipped.add(name)
