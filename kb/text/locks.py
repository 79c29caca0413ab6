"""A file as a lock between processes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def lock(file: Path, *, shared: bool = False, wait_s: float | None = None) -> Iterator[bool]:
    """Hold the lock until the end of the context: alone, or `shared` with others who share it.

    False where another still has it after so many seconds; None waits as long as it takes. The lock goes with the
    process, however that ends. Without `fcntl` (Windows) there is none.
    """
    with file.open("ab") as opened:
        try:
            import fcntl
        except ImportError:
            yield True
            return
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        end = time.monotonic() + (wait_s or 0.0)
        while True:
            try:
                fcntl.flock(opened, kind | (0 if wait_s is None else fcntl.LOCK_NB))
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    yield False
                    return
                time.sleep(0.05)
        yield True
