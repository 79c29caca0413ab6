"""Batches of what changed below folders: from what is heard, and from looking where nothing can be heard.

Everything is looked at once in a while, since no system promises to tell all; at once when the machine has slept, when
very much happened at a time, and when a folder is back that was away. A folder that is away, or stands empty where it
had notes (a drive that is not mounted), has lost none of them: it is waited for.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue

from importers.watch.listening import LONGEST_S, Heard, Listener, collected, next_in
from importers.watch.snapshot import Differing, Snapshot
from kb.errors import notify

GRACE_S = 1.0
"""A file must be gone for so long: editors and services that keep folders in step take one away to put it back."""
LOOK_S, LOOK_DEAF_S = 60.0, 2.0
"""How often everything is looked at; and where nothing is heard. But at most a hundredth, or a tenth, of the time."""
_TICK_S = 1.0  # how often roots and clocks are looked at
_MANY = 2_000  # paths heard at a time from which on some may have been missed
_SLEPT_S = 5.0


@dataclass(frozen=True, slots=True)
class Batch:
    """What to take in at one time of a root: real paths of files that changed, came or went; None for all there is."""

    root: str
    paths: frozenset[str] | None
    differing: Differing = field(default_factory=Differing, repr=False)


@dataclass(slots=True)
class _Root:
    """What is known of a folder that is watched."""

    snapshot: Snapshot
    listener: Listener | None = None
    place: tuple[int, int] | None = None  # device and number of the folder; None while it is away
    due: dict[str, float] = field(default_factory=dict)  # when to look at a path
    missing: dict[str, float] = field(default_factory=dict)  # since when files are not there
    whole_at: float | None = None  # when to take in all there is
    look_at: float = 0.0  # when to look at everything

    @property
    def path(self) -> str:
        return self.snapshot.root


class Watching:
    """Roots that are watched, given by their real paths. `every` is how often to look at all of it, in seconds."""

    def __init__(self, roots: Sequence[str], every: float | None = None) -> None:
        self._every = every
        self._heard: SimpleQueue[Heard] = SimpleQueue()
        self._roots = {path: _Root(Snapshot(path)) for path in roots}
        self._get = next_in(self._heard)
        self._clocks = Clocks.now()
        self._ticked = 0.0
        for root in self._roots.values():
            self._begin(root)

    def close(self) -> None:
        """Hear no more."""
        for root in self._roots.values():
            if root.listener:
                root.listener.close()

    def wait(self, seconds: float) -> list[Batch]:
        """What there is to take in, at most one batch a root; nothing if nothing comes within so many seconds."""
        end = time.monotonic() + seconds
        while True:
            now = time.monotonic()
            asked = max(0.0, min(end, self._next(), self._ticked + _TICK_S) - now)
            for heard in collected(self._get, asked):
                self._hear(heard)
            self._tick(now + asked)
            now = time.monotonic()
            found = [batch for root in self._roots.values() if (batch := self._batch(root, now))]
            if found or now >= end:
                return found

    def took(self, batch: Batch) -> None:
        """A batch is in the store."""
        self._roots[batch.root].snapshot.took(batch.differing)

    def wrote(self, root: str, paths: Iterable[str]) -> None:
        """These files under a root were written or removed by kb itself: they are no news."""
        self._roots[root].snapshot.wrote(paths)

    def later(self, batch: Batch, seconds: float) -> None:
        """A batch could not be taken in: it comes again."""
        root, at = self._roots[batch.root], time.monotonic() + seconds
        if batch.paths is None:
            root.whole_at = at
        else:
            root.due.update(dict.fromkeys(batch.paths, at))

    def whole(self) -> None:
        """Have everything taken in anew: the store is another one."""
        for root in self._roots.values():
            root.whole_at = time.monotonic()

    def _begin(self, root: _Root) -> None:
        """Listen to a root, which is there, and take in what changed while nobody listened."""
        root.place = _place(root.path)
        if root.place is None:
            notify(f"{root.path} is not there; waiting for it")
            return
        if root.listener:
            root.listener.close()
        root.listener = None
        if self._every is None:
            root.listener = Listener(root.path, self._heard)
            root.listener.wait_until_ready()
        root.missing.clear()
        root.whole_at = time.monotonic()

    def _next(self) -> float:
        """When there is something to do without being told."""
        there = [root for root in self._roots.values() if root.place]
        whole = [root.whole_at for root in there if root.whole_at is not None]
        return min([*whole, *(root.look_at for root in there), *(at for root in there for at in root.due.values())],
                   default=float("inf"))  # fmt: skip

    def _hear(self, heard: Heard) -> None:
        root = self._roots[heard.root]
        if heard.failed is not None:
            root.listener, root.look_at = None, 0.0
            notify(f"the system does not tell what changes in {root.path} ({heard.failed}); looking every few seconds")
            return
        now = time.monotonic()
        root.due.update(dict.fromkeys(heard.paths, now))
        if len(heard.paths) >= _MANY:
            root.look_at = now

    def _tick(self, expected: float) -> None:
        """Notice that the machine has slept, and folders that went away or came back."""
        clocks = Clocks.now()
        if slept(self._clocks, clocks, expected):
            for root in self._roots.values():
                root.look_at = 0.0
        self._clocks = clocks
        if clocks.steady < self._ticked + _TICK_S:
            return
        self._ticked = clocks.steady
        for root in self._roots.values():
            place = _place(root.path)
            if place == root.place:
                continue
            if place is None:
                self._lost(root, "is not there any more")
            elif root.place or not len(root.snapshot) or Snapshot(root.path).differing().there:
                if root.place is None:
                    notify(f"{root.path} is there again")
                self._begin(root)

    def _lost(self, root: _Root, how: str) -> None:
        notify(f"{root.path} {how}; waiting for it, and its notes stay as they are")
        root.place = None
        root.due.clear()
        root.missing.clear()
        if root.listener:
            root.listener.close()

    def _batch(self, root: _Root, now: float) -> Batch | None:
        if root.place is None:
            return None
        if root.whole_at is not None and root.whole_at <= now:
            root.whole_at = None
            root.due.clear()
            root.snapshot.take_all()
            self._looked(root, now)
            return Batch(root.path, None)
        if root.look_at <= now:
            root.due = {path: at for path, at in root.due.items() if at > now}
            differing = root.snapshot.differing()
            self._looked(root, now)
        else:
            due = {path for path, at in root.due.items() if at <= now}
            if not due:
                return None
            for path in due:
                del root.due[path]
            differing = root.snapshot.differing(due | root.missing.keys())
        if len(root.snapshot) > 1 and len(differing.gone) == len(root.snapshot) and not differing.there:
            self._lost(root, "holds nothing any more")
            return None
        self._hold_back(root, differing, now)
        paths = frozenset(differing.there.keys() | differing.gone)
        return Batch(root.path, paths, differing) if paths else None

    def _hold_back(self, root: _Root, differing: Differing, now: float) -> None:
        """Leave out what has only just gone; unless something new came with it, for then it may have been renamed."""
        root.missing = {path: root.missing.get(path, now) for path in differing.gone}
        if differing.new:
            root.missing.clear()
            return
        for path, since in root.missing.items():
            if now < since + GRACE_S:
                differing.gone.discard(path)
                root.due[path] = since + GRACE_S
        for path in differing.gone:
            del root.missing[path]

    def _looked(self, root: _Root, begun: float) -> None:
        """Say when to look at everything again, by how long it took."""
        now = time.monotonic()
        if self._every is not None:
            root.look_at = now + max(self._every, 10 * (now - begun))
        elif root.listener is None:
            root.look_at = now + max(LOOK_DEAF_S, 10 * (now - begun))
        else:
            root.look_at = now + max(LOOK_S, 100 * (now - begun))


@dataclass(frozen=True, slots=True)
class Clocks:
    """The time of day, and a clock that nobody sets; most systems stop the second one while they sleep."""

    day: float
    steady: float

    @staticmethod
    def now() -> Clocks:
        return Clocks(time.time(), time.monotonic())


def slept(before: Clocks, after: Clocks, expected: float) -> bool:
    """Whether the machine has slept, or its clock was set, between two moments.

    `expected` is when, by the steady clock, the later one should have been.
    """
    drift = (after.day - before.day) - (after.steady - before.steady)
    return abs(drift) > _SLEPT_S or after.steady > expected + LONGEST_S + _SLEPT_S


def _place(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if os.path.isdir(path) else None
