"""Command lines as a person would type them, played in a fresh home, with what the screen shows."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import cli

_WIDTH = "80"


class Session:
    """A knowledge base of its own, and a folder to stand in."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def screen(self, line: str) -> list[str]:
        """What the screen shows after a line such as `kb add notes.md`: answers and remarks in the order they came.

        Raises:
            ValueError: it is no command of kb, or it failed.
        """
        program, *arguments = shlex.split(line)
        if program != "kb":
            raise ValueError(f"no command of kb: {line}")
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
            code = cli.run(["--home", str(self._home), *arguments])
        if code:
            raise ValueError(f"{line} ended with {code}: {shown.getvalue()}")
        return [part.rstrip() for part in shown.getvalue().rstrip().split("\n")]


@contextlib.contextmanager
def session(files: Mapping[str, bytes]) -> Iterator[Session]:
    """A session in a new folder that holds these files, by their paths; all of it is gone afterwards."""
    before, environment = Path.cwd(), os.environ.copy()
    with tempfile.TemporaryDirectory(prefix="kb-session-") as place:
        folder = Path(place) / "texts"
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        os.environ |= {"NO_COLOR": "1", "COLUMNS": _WIDTH}
        try:
            os.chdir(folder)
            yield Session(Path(place) / "home")
        finally:
            os.chdir(before)
            os.environ.clear()
            os.environ.update(environment)
