"""Files read before it is their turn, by all cores: bytes to documents, passages and statements, in processes beside.

Nothing here knows the store: what a worker gives is what reading in place would give, and where it gives nothing (it
was killed, or an importer failed in an odd way) the file is read in place. A few files are not worth a process.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from importers import attached, read
from importers.base import Failure, Input
from importers.fetching import Address
from importers.files import Skipped
from importers.given import Given
from importers.processes import Processes
from kb.errors import KbError, UsageError, listening
from kb.model.document import Document
from kb.sources import ahead
from kb.sources.ahead import Ahead

Found = Input | Failure | Skipped | Address

ENOUGH = 400_000
"""Characters to read from which on processes pay: to start one takes as long as to read about half of that."""
_NOTE = 1_000
"""Characters that a file counts for besides its own."""
_TASK = 60_000
"""Characters in one task, so that what a process is given and gives back stays small."""
_AHEAD = 3
"""Tasks in work or done for each process: what bounds the memory."""
_MOST = 8
"""Processes: one writes what all of them read, and is never faster than so many."""


@dataclass(frozen=True, slots=True)
class How:
    """How the files of a run are read: what the person said of them, who they are, relations of the settings."""

    given: Given
    me: str
    relations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds, or why it cannot be read; `ahead` is what was found in each document."""

    documents: Sequence[Document] = ()
    ahead: Sequence[Ahead | None] = ()
    error: KbError | None = None
    notices: tuple[str, ...] = ()


_Taken = Generator[tuple["Met", Read | None]]


@dataclass(frozen=True, slots=True)
class Met:
    """One thing that the targets hold. `before` are the sources that a file gave which has not changed since."""

    found: Found
    before: Sequence[str] | None = None

    @property
    def to_read(self) -> bool:
        """Whether it is a file that is to be read."""
        return isinstance(self.found, Input) and self.before is None

    @property
    def size(self) -> int:
        """How much it holds, about, in characters."""
        found = self.found
        return _NOTE + (max(len(found.text), len(found.original)) if isinstance(found, Input) else 0)


def documents(found: Input, how: How) -> list[Document]:
    """The documents in a file, with what the person says of it.

    Raises:
        KbError: it cannot be read, or holds several where one was meant.
    """
    made = read(replace(found, reader=how.me), how.given.importer)
    if how.given.of_one and (count := sum(not document.attached for document in made)) > 1:
        raise UsageError(f"{found.name} holds {count} sources; --title and --url are for one", "leave them out")
    return [attached.by_reader(one, how.me) if one.attached else how.given.apply(one) if one.is_source else one
            for one in made]  # fmt: skip


def in_place(found: Input, how: How) -> Read:
    """What `documents` gives, read in this process when it is needed."""
    try:
        made = documents(found, how)
    except KbError as error:
        return Read(error=error)
    return Read(made, [None] * len(made))


def read_ahead(stream: Iterator[Met], how: How, processes: int | None = None) -> _Taken:
    """The stream as it is, each thing with what was read ahead of its file, if it was."""
    waiting: deque[Met] = deque()
    to_read = held = 0
    for one in stream:
        waiting.append(one)
        held += one.size
        to_read += one.size if one.to_read else 0
        if to_read >= ENOUGH:
            count = processes or cores()
            with closing(Processes(count, partial(_work, how))) as pool:
                yield from _over(chain(waiting, stream), pool, count * _AHEAD)
            return
        if not to_read or held >= 4 * ENOUGH:
            yield from ((waiting.popleft(), None) for _ in range(len(waiting)))
            to_read = held = 0
    yield from ((one, None) for one in waiting)


def cores() -> int:
    """How many processes read."""
    able = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(able, _MOST))


_Task = Future[list["Read | None"]]


def _over(stream: Iterator[Met], pool: Processes[Sequence[Input], list[Read | None]], tasks: int) -> _Taken:
    """The stream, a few tasks ahead of whoever takes it."""
    running: deque[tuple[list[Met], _Task | None]] = deque()
    while True:
        while len(running) < tasks and (portion := _portion(stream)):
            files = [one.found for one in portion if isinstance(one.found, Input) and one.to_read]
            running.append((portion, pool.submit(files) if files else None))
        if not running:
            return
        portion, task = running.popleft()
        done = iter(_result(task))
        yield from ((one, next(done, None) if one.to_read else None) for one in portion)


def _portion(stream: Iterator[Met]) -> list[Met]:
    portion: list[Met] = []
    size = 0
    for one in stream:
        portion.append(one)
        size += one.size
        if size >= _TASK:
            break
    return portion


def _result(task: _Task | None) -> list[Read | None]:
    try:
        return task.result() if task is not None else []
    except (OSError, EOFError, RuntimeError):  # no process could be had, or it was killed: it is read in place
        return []


def _work(how: How, files: Sequence[Input]) -> list[Read | None]:
    """What a process does with a task."""
    return [_read(found, how) for found in files]


def _read(found: Input, how: How) -> Read | None:
    notices: list[str] = []
    try:
        with listening(notices.append):
            made = documents(found, how)
            done = [None if one.attached or not one.is_source else ahead.read(one, how.relations) for one in made]
    except KbError as error:
        told = KbError(error.message, error.hint, exit_code=error.exit_code, candidates=error.candidates)
        return Read(error=told, notices=tuple(notices))
    except Exception:  # whatever it is, reading in place will meet it
        return None
    return Read(made, done, notices=tuple(notices))
