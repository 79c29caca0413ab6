"""Hearing of changes below folders, from threads of their own; and waiting until a save, or a hundred, is done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue

_STEP_MS, _LONGEST_MS, _TICK_MS = 50, 100, 500
_READY_S = 5.0

QUIET_S, QUIET_MANY_S = 0.06, 0.3
"""A save is done when nothing was heard for so long; of `MANY` paths and more, for longer."""
MANY = 9  # an editor that writes by renaming makes half as many
LONGEST_S = 2.0
"""What goes on without a pause is taken in pieces of so long."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Paths at which something happened; or the error because of which no more is heard of this root."""

    root: str
    paths: frozenset[str] = frozenset()
    failed: Exception | None = None


class Listener:
    """Puts what happens below one root into a queue, until it is closed."""

    def __init__(self, root: str, heard: SimpleQueue[Heard]) -> None:
        self._root, self._heard = root, heard
        self._stop, self._ready = threading.Event(), threading.Event()
        threading.Thread(target=self._listen, name=f"listening to {root}", daemon=True).start()

    def wait_until_ready(self) -> None:
        """Return once whatever happens from now on is heard."""
        self._ready.wait(_READY_S)

    def close(self) -> None:
        """Hear no more."""
        self._stop.set()

    def _listen(self) -> None:
        try:
            try:
                self._hear(every=True)
            except PermissionError:  # of a folder that may not be read nothing can be taken in either
                self._hear(every=False)
        except Exception as error:  # of the library or of the system: whoever listens goes on without
            self._heard.put(Heard(self._root, failed=error))
        finally:
            self._ready.set()

    def _hear(self, *, every: bool) -> None:
        """Put in the queue what is heard; of `every` folder, else of those that can be listened to."""
        from watchfiles import watch

        for found in watch(
            self._root,
            watch_filter=None,
            debounce=_LONGEST_MS,
            step=_STEP_MS,
            stop_event=self._stop,
            rust_timeout=_TICK_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=not every,
        ):
            self._ready.set()
            if found and not self._stop.is_set():
                self._heard.put(Heard(self._root, frozenset(path for _, path in found)))


def next_in(heard: SimpleQueue[Heard]) -> Callable[[float], Heard | None]:
    """Takes the next from a queue, waiting at most so many seconds."""

    def get(seconds: float) -> Heard | None:
        try:
            return heard.get(timeout=seconds) if seconds > 0 else heard.get_nowait()
        except Empty:
            return None

    return get


def collected(
    get: Callable[[float], Heard | None], seconds: float, clock: Callable[[], float] = time.monotonic
) -> list[Heard]:
    """What is heard within so many seconds, and then what belongs to it: all until it is quiet for a moment."""
    first = get(seconds)
    if first is None:
        return []
    found, paths, begun = [first], set(first.paths), clock()
    while (left := begun + LONGEST_S - clock()) > 0:
        more = get(min(QUIET_MANY_S if len(paths) >= MANY else QUIET_S, left))
        if more is None:
            break
        found.append(more)
        paths |= more.paths
    return found
