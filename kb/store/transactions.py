"""Transactions of a store: each all or nothing; or many as the parts of one, where much is written at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kb.store.engine import sqlite

if TYPE_CHECKING:
    from kb.store.open import Store, Unit


@dataclass(slots=True)
class Taken:
    """The citekeys that begin with one, by whether old ones count; all up to `number` are among them."""

    keys: set[str]
    number: int = 0


@dataclass(slots=True)
class Citekeys:
    """What a transaction knows of them (`kb.store.free_citekeys`), until it ends or one becomes free."""

    taken: dict[tuple[str, bool], Taken] = field(default_factory=dict)

    def added(self, citekey: str) -> None:
        """A source has this one now."""
        for end in range(1, len(citekey) + 1) if self.taken else ():
            for made in (False, True):
                if (known := self.taken.get((citekey[:end], made))) is not None:
                    known.keys.add(citekey)


class Transactions:
    """The transactions of one open store, one after another."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._is_open = False
        self._batch: Batch | None = None
        self.citekeys = Citekeys()

    def demand(self) -> None:
        """As `Store.demand_transaction` has it."""
        if not self._is_open:
            raise RuntimeError("rows are only written inside a transaction")

    @property
    def unit(self) -> Unit:
        """Under what they are undone."""
        return self._store.unit

    @property
    def are_open(self) -> bool:
        """Whether the engine is in a transaction."""
        return self._store.in_transaction

    @contextmanager
    def one(self) -> Iterator[None]:
        """As `Store.transaction` has it."""
        from kb.store import commands

        if self._is_open:
            raise RuntimeError("a transaction is open already")
        if self._batch:
            self._batch.begin()
        with self._part() if self._batch else self.whole():
            self._is_open = True
            try:
                before = commands.begin(self._store)
                yield
                number = commands.note(self._store, self._store.unit, before)
            finally:
                self._is_open = False
        self._store.unit.number = number

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """As `Store.batch` has it."""
        if self._is_open or self._batch is not None:
            raise RuntimeError("a transaction is open already")
        self._batch = batch = Batch(self)
        try:
            yield batch
        finally:
            self._batch = None
            batch.commit()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """A transaction of the engine."""
        self.citekeys.taken.clear()  # another process may have written since
        with sqlite.transaction(self._store.connection):
            yield

    @contextmanager
    def _part(self) -> Iterator[None]:
        run = self._store.execute
        run("SAVEPOINT part")
        try:
            yield
        except BaseException:  # whatever stops it, Ctrl-C too
            self.citekeys.taken.clear()
            if self.are_open:  # a full disk ends the whole of it
                run("ROLLBACK TO part")
                run("RELEASE part")
            raise
        run("RELEASE part")


class Batch:
    """Transactions that go in together."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._open = ExitStack()
        self._started = False
        self._command: int | None = None
        self._since = 0.0

    @property
    def age(self) -> float:
        """For how many seconds others have had to wait; 0 where nothing was written since the last commit."""
        return time.monotonic() - self._since if self._started else 0.0

    def begin(self) -> None:
        """Begin the transaction of which others are parts, where none is open."""
        if self._started and not self._transactions.are_open:
            self.commit()
        if not self._started:
            self._command = self._transactions.unit.number
            self._open.enter_context(self._transactions.whole())
            self._since, self._started = time.monotonic(), True

    def commit(self) -> None:
        """Put in what has been written since the last time. The next transaction begins another one."""
        if not self._started:
            return
        self._started = False
        if self._transactions.are_open:
            self._open.close()
        else:  # a full disk has ended it: whoever met that is told
            self._transactions.unit.number = self._command
            broken = sqlite.DatabaseError("the transaction was broken off")
            with suppress(sqlite.DatabaseError):
                self._open.__exit__(type(broken), broken, None)

    def give_way(self) -> None:
        """Commit, and let others write before the next transaction begins."""
        self.commit()
        time.sleep(sqlite.YIELD_S)
