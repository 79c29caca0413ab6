"""What a person is told: the one error type with its exit codes, and notices, which are no errors.

The core prints nothing. It gives notices to whoever listens: the terminal prints them on stderr, a page shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

EXIT_ERROR = 1
EXIT_USAGE = 2
EXIT_NOT_FOUND = 3
EXIT_PARTIAL = 4
EXIT_UNHEALTHY = 5
EXIT_INTERRUPTED = 130


class KbError(Exception):
    """Something a person can act on. `message` says what is wrong, `hint` what to do.

    `candidates` names what an ambiguous reference could have meant.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        exit_code: int = EXIT_ERROR,
        candidates: Sequence[Mapping[str, str]] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
        self.candidates = list(candidates)


class NotFoundError(KbError):
    """A reference names nothing, or more than one thing."""

    def __init__(self, message: str, hint: str = "", candidates: Sequence[Mapping[str, str]] = ()) -> None:
        super().__init__(message, hint, exit_code=EXIT_NOT_FOUND, candidates=candidates)


class UsageError(KbError):
    """The words of a command do not fit together."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint, exit_code=EXIT_USAGE)


class InterruptedRunError(KbError):
    """A person has stopped a long run, which kept what was done. `message` says what is left, and what goes on."""

    def __init__(self, message: str) -> None:
        super().__init__(message, exit_code=EXIT_INTERRUPTED)


_listener: ContextVar[Callable[[str], None] | None] = ContextVar("listener", default=None)


def notify(line: str) -> None:
    """Tell whoever listens something that is no error and not the answer, in one line."""
    if (listener := _listener.get()) is not None:
        listener(line)


@contextmanager
def listening(listener: Callable[[str], None]) -> Iterator[None]:
    """Within, `listener` hears every notice of this thread or task."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
