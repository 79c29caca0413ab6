"""Who writes to a home: many commands may at a time, but what is to be undone must not be still being written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import KbError

_NAME = "writing.lock"
_WAIT_S = 3.0  # for what is about to end


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Write beside others, until the end of the context; waits while somebody is `alone`.

    The lock goes with the process, however that ends. Without `fcntl` (Windows) there is none.
    """
    with (home / _NAME).open("ab") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_SH)
        except ImportError:
            pass
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Write while nobody else does.

    Raises:
        KbError: somebody does, and goes on.
    """
    with (home / _NAME).open("ab") as file:
        try:
            import fcntl
        except ImportError:
            yield
            return
        end = time.monotonic() + _WAIT_S
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise KbError("another command is still writing", "wait until it has ended") from None
                time.sleep(0.05)
        yield
