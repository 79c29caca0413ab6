"""Who writes to a home: many commands may at a time, but what is to be undone must not be still being written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import KbError
from kb.text.locks import lock

_NAME = "writing.lock"
_WAIT_S = 3.0  # for what is about to end


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Write beside others, until the end of the context; waits while somebody is `alone`."""
    with lock(home / _NAME, shared=True):
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Write while nobody else does.

    Raises:
        KbError: somebody does, and goes on.
    """
    with lock(home / _NAME, wait_s=_WAIT_S) as held:
        if not held:
            raise KbError("another command is still writing", "wait until it has ended")
        yield
