"""Single keys and lines from a terminal. Keys pressed ahead are kept, which they are not if each read sets the mode."""

from __future__ import annotations

import os
import select
import sys
from types import TracebackType
from typing import Any, Self

_ESCAPE = "\x1b"
_SEQUENCE = 0.05  # seconds in which what belongs to an arrow or function key follows its first byte
_LISTEN = 0.25  # seconds


class Keyboard:
    """The terminal at standard input, without echo as long as the block runs; Ctrl-C interrupts as ever."""

    def __enter__(self) -> Self:
        self._file = sys.stdin.fileno()
        self._before = _mode(self._file)
        self._quiet()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._restore()

    def key(self) -> str:
        """The next key; "" for an arrow or function key.

        Raises:
            EOFError: the terminal is gone, or Ctrl-D was pressed.
        """
        if self._before is None:  # not a Unix terminal
            import typer

            return str(typer.getchar())
        pressed = self._byte()
        if pressed in ("", "\x04"):
            raise EOFError
        if pressed == _ESCAPE and self._more():
            if self._byte() in "[O":  # it goes on to a letter or ~
                while self._more() and not "@" <= self._byte() <= "~":
                    pass
            return ""
        return pressed

    def line(self, prompt: str, text: str) -> str:
        """A line, with `text` there to be changed where the terminal can; "" at the end of the input."""
        self._restore()
        try:
            import readline
        except ImportError:
            readline = None  # type: ignore[assignment]
        if readline:
            readline.set_startup_hook(lambda: readline.insert_text(text))
        try:
            return input(prompt)
        except EOFError:
            return ""
        finally:
            if readline:
                readline.set_startup_hook(None)
            self._quiet()

    def _byte(self) -> str:
        # A Ctrl-C just before the reading begins would be heard with the next key only.
        while not select.select([self._file], [], [], _LISTEN)[0]:
            pass
        return os.read(self._file, 1).decode("latin-1")

    def _more(self) -> bool:
        return bool(select.select([self._file], [], [], _SEQUENCE)[0])

    def _quiet(self) -> None:
        if self._before is not None:
            import termios
            import tty

            tty.setcbreak(self._file, termios.TCSADRAIN)

    def _restore(self) -> None:
        if self._before is not None:
            import termios

            termios.tcsetattr(self._file, termios.TCSADRAIN, self._before)


def _mode(file: int) -> list[Any] | None:
    """How the terminal is set; None where there are no such settings."""
    try:
        import termios

        return termios.tcgetattr(file)
    except (ImportError, OSError):
        return None
