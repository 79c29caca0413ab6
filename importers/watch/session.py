"""A watch on its way: batches into the store, embeddings after them, and what keeps either from being done.

Nothing but the person ends it. What may pass (a store that another process writes, a full disk, a home that is being
restored) is told once and tried again; of a batch that a mistake of kb stops, the files go in one by one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from importers.report import Item, Report
from importers.sync import Synced
from importers.walk import listing
from importers.watch.taking import Behind, take
from importers.watch.watching import Batch, Watching
from kb.errors import KbError, notify
from kb.store import turns
from kb.store.open import Store, Unit, file_number, now, open_store, trouble
from kb.suggest.following import Following
from notes.vault.outcome import Conflict

AT_ONCE = 64
"""Up to so many texts are embedded before a run is told of: a second at most. More follow while it is quiet."""
_LONGEST_WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is done: when it began, what it took in and how long that took, or what was embedded after others.

    `failures` are those that were not told before, `waiting` the texts that still have no vector.
    """

    at: str
    seconds: float
    paths: tuple[str, ...]
    report: Report
    failures: tuple[Item, ...] = ()
    embedded: int = 0
    waiting: int = 0
    written: tuple[str, ...] = ()  # files of a vault that the store has changed
    conflicts: tuple[Conflict, ...] = ()


class Session:
    """A watch of roots, given by their real paths.

    `tell` hears of each run that did anything, `tick` of each item while all of a root is compared.
    """

    def __init__(
        self,
        home: Path,
        roots: Sequence[str],
        tell: Callable[[Run], None],
        tick: Callable[[Item], None] = lambda _: None,
        *,
        embed: bool = True,
        every: float | None = None,
    ) -> None:
        self._home, self._tell, self._tick, self._embed = home, tell, tick, embed
        self._watching = Watching(roots, every)
        self._store: Store | None = None
        self._unit = Unit("kb watch")  # what this batch writes
        self._number: tuple[int, int] | None = None
        self._following: Following | None = None
        self._owed: _Owed | None = None  # what is embedded while it is quiet
        self._behind = Behind()  # vaults that are written once it is
        self._rest_until = 0.0  # when to go on with that
        self._failed: dict[str, str] = {}  # messages that were told, by target
        self._said: set[str] = set()  # what keeps the store from working
        self._tries = 0

    def close(self) -> None:
        """End the watch; what is done is kept."""
        self._watching.close()
        self._shut()

    def forever(self) -> None:
        """Go on until something (a signal) raises."""
        while True:
            self.once(3600.0)

    def once(self, seconds: float) -> int:
        """Take in what there is, else embed some of what waits; returns how many batches there were.

        What has not begun after so many seconds is left.
        """
        if self._owed is not None:
            seconds = min(seconds, max(0.0, self._rest_until - time.monotonic()))
        batches = self._watching.wait(self._behind.left(seconds))
        for batch in batches:
            self._take(batch)
        if not batches and self._owed is not None and time.monotonic() >= self._rest_until:
            self._go_on(self._owed)
        if not batches and self._behind.is_due:
            self._write_back()
        return len(batches)

    # Taking in

    def _take(self, batch: Batch) -> None:
        begun, at = time.monotonic(), now()
        self._unit = Unit("kb watch")
        try:
            report = self._taken(batch, self._tick if batch.paths is None else _silently)
        except Exception as error:  # a watch outlives whatever stops one run
            if self._passes(error):
                self._watching.later(batch, self._delay())
                return
            alone = self._one_by_one(batch)
            if alone is None:
                return
            report = alone
        self._watching.took(batch)
        self._behind.changed(self._opened(), batch.root, report)
        self._tries, self._said = 0, set()
        embedded = self._embed_new()
        failures = self._news(report)
        waiting = self._following.waiting if self._following else 0
        news = report.counts["added"] + report.counts["updated"] + len(report.gone) + len(report.renamed)
        conflicts = tuple(report.vaults.conflicts)
        if batch.paths is None or news or report.vaults.taken or failures or conflicts:
            seconds, paths = time.monotonic() - begun, tuple(sorted(batch.paths or ()))
            self._tell(Run(at, seconds, paths, report, failures, embedded, waiting, (), conflicts))

    def _write_back(self) -> None:
        """Write what the store knows anew into the notes of vaults that are due; these are no news then."""
        begun, at = time.monotonic(), now()
        try:
            for root, done in self._written():
                files = (*done.written, *done.removed)
                self._watching.wrote(root, [f"{root}/{path}" for path in files])
                if files or done.decisions or done.conflicts:
                    seconds = time.monotonic() - begun
                    run = Run(at, seconds, (), Report(), written=files, conflicts=tuple(done.conflicts))
                    self._tell(run)
        except Exception as error:
            if not self._passes(error):
                notify(f"the vault cannot be written: {error}")

    def _taken(self, batch: Batch, tick: Callable[[Item], None]) -> Report:
        store = self._opened()
        with turns.writing(self._home):
            return take(store, batch, tick)

    def _written(self) -> list[tuple[str, Synced]]:
        store = self._opened()
        with turns.writing(self._home):
            return list(self._behind.write(store))

    def _one_by_one(self, batch: Batch) -> Report | None:
        """The files of a batch each by itself, so that one stops no other; None where all of it comes again."""
        whole = Report()
        for path in sorted(listing(batch.root).files if batch.paths is None else batch.paths):
            try:
                report = self._taken(Batch(batch.root, frozenset([path])), _silently)
            except Exception as error:
                if self._passes(error):
                    self._watching.later(batch, self._delay())
                    return None
                problem = f"{path}: {type(error).__name__}: {error}"
                whole.fail(path, KbError(problem, "this is a bug; run `kb --debug add` on the file"))
            else:
                whole.items += report.items
                whole.problems += report.problems
                whole.notes += report.notes
                whole.renamed += report.renamed
                whole.gone += report.gone
                whole.sources = {**whole.sources, **report.sources}
        return whole

    def _news(self, report: Report) -> tuple[Item, ...]:
        """Failures that were not told before; one that was is told again once the file had been well."""
        new = []
        for item in report.items:
            if item.error is None:
                self._failed.pop(item.target, None)
            elif self._failed.get(item.target) != item.error.message:
                self._failed[item.target] = item.error.message
                new.append(item)
        return tuple(new)

    # Embedding

    def _embed_new(self) -> int:
        """Look at what came in and embed it if it is little; returns how many texts that were.

        Of much, or where other texts wait, the rest is owed and follows while it is quiet.
        """
        following, embedded = self._following, 0
        if following is None:
            return 0
        try:
            before = following.waiting
            following.look()
            came = following.waiting - before
            while 0 < came <= AT_ONCE and following.waiting > before:
                left = following.waiting
                following.step()
                embedded += left - following.waiting
            if self._owed is None and not (following.waiting == 0 and following.finish()):
                self._owed = _Owed(now(), time.monotonic())
        except Exception as error:
            self._owed = self._owed or _Owed(now(), time.monotonic())
            self._rest(error)
        return embedded

    def _go_on(self, owed: _Owed) -> None:
        """Embed a little of what is owed, and tell once nothing is any more."""
        try:
            following = self._follower()
            before = following.waiting
            following.step()
            owed.embedded += before - following.waiting
            if following.waiting or not following.finish():
                return
        except Exception as error:
            self._rest(error)
            return
        self._owed, self._tries, self._said = None, 0, set()
        if owed.embedded:
            self._tell(Run(owed.at, time.monotonic() - owed.begun, (), Report(), (), owed.embedded))

    def _follower(self) -> Following:
        self._opened()
        assert self._following is not None  # nothing is owed where nothing is embedded
        if self._following.waiting == 0:
            self._following.look()
        return self._following

    def _rest(self, error: Exception) -> None:
        if not self._passes(error):
            notify(f"embedding stopped: {type(error).__name__}: {error}; trying again (kb index --debug shows where)")
            self._tries = max(self._tries, 5)
        self._rest_until = time.monotonic() + self._delay()

    # The store

    def _opened(self) -> Store:
        """The store, kept open; anew where its file is another one, and then everything is compared again."""
        number = file_number(self._home)
        if self._store is not None and number != self._number:
            notify(f"the knowledge base in {self._home} is another one now; comparing everything with it")
            self._shut()
            self._watching.whole()
        if self._store is None:
            self._store = open_store(self._home)
            self._number = file_number(self._home)
            self._following = Following(self._store) if self._embed else None
        self._store.unit = self._unit
        return self._store

    def _shut(self) -> None:
        if self._store is not None:
            self._store.close()
        self._store = self._following = None

    def _passes(self, error: Exception) -> bool:
        """Whether what stopped a run may pass by itself; told once until a run is done."""
        reason = error.message if isinstance(error, KbError) else trouble(error)
        if reason is None or "locked" not in reason:
            self._shut()  # it may be another file by now, or no more to be trusted
        if reason is not None and reason not in self._said:
            self._said.add(reason)
            notify(f"cannot write the knowledge base now: {reason}; trying again until it can be")
        return reason is not None

    def _delay(self) -> float:
        self._tries += 1
        return min(_LONGEST_WAIT_S, 0.5 * float(2 ** min(self._tries, 10)))


def _silently(_: Item) -> None:
    """Where nobody is shown how far a run is."""


@dataclass(slots=True)
class _Owed:
    """Texts that are embedded after the run that brought them: since when, and how many were."""

    at: str
    begun: float
    embedded: int = 0
