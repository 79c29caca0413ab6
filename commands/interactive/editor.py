"""The person's own editor, opened on a text."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from kb.errors import KbError, UsageError
from kb.text import files

_USUAL = "vi"


class Buffer:
    """A text in a file that an editor opens. It stays after an error, so that nothing typed is lost; `done` takes it.

    Raises:
        UsageError: no editor is named, and nobody sits at a terminal.
    """

    def __init__(self, text: str, name: str) -> None:
        self._command = _editor()
        handle, path = tempfile.mkstemp(prefix=f"kb-{name}-", suffix=".md")
        os.close(handle)
        self.path = Path(path)
        self.write(text)

    def write(self, text: str) -> None:
        """Put another text into the file."""
        files.write_text(self.path, text)

    def edit(self) -> str:
        """The text as the person leaves it.

        Raises:
            KbError: the editor does not start, or ends with an error, or what it leaves is no text.
        """
        before = self.path.read_bytes()
        try:
            code = subprocess.run([*self._command, str(self.path)], check=False).returncode
        except OSError as error:
            self.done()
            raise KbError(
                f"the editor {self._command[0]} does not start: {error.strerror}", "set VISUAL or EDITOR to another"
            ) from error
        try:
            left = self.path.read_bytes()
            text = left.decode("utf-8-sig")
        except FileNotFoundError:
            return ""  # deleted: given up
        except (OSError, UnicodeDecodeError) as error:
            raise KbError(f"what the editor left cannot be read: {error}", f"it is in {self.path}") from error
        if code:
            if left == before:
                self.done()
                raise KbError(f"the editor {self._command[0]} ended with code {code}", "nothing was changed")
            raise KbError(
                f"the editor {self._command[0]} ended with code {code}; nothing was changed",
                f"what you typed is in {self.path}",
            )
        return text

    def done(self) -> None:
        """The text has been taken, or is not wanted."""
        self.path.unlink(missing_ok=True)


def _editor() -> list[str]:
    """The editor's command, as words."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not named and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("nothing to change", "name what is to change, e.g. --title, or set EDITOR")
    try:
        return shlex.split(named or _USUAL) or [_USUAL]
    except ValueError as error:
        raise UsageError(f"VISUAL or EDITOR cannot be read: {error}", "e.g. EDITOR='code --wait'") from error
