"""`kb watch`: folders taken in as they change."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from commands import output, progress
from commands.home import home
from commands.panels import READ
from commands.views import watch as view

if TYPE_CHECKING:
    from importers.watch.session import Run

PANEL = READ


def command(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR…", help="Folders of notes.")],
    embed: Annotated[bool, typer.Option(help="Make vectors for search by meaning.")] = True,
    poll: Annotated[
        float | None,
        typer.Option(
            min=0.1, metavar="SECONDS", help="Look so often, where the system tells nothing: on network drives."
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print a JSON document a run, on one line.", rich_help_panel="Output")
    ] = False,
) -> None:
    """Keep folders in the knowledge base as they change: a saved note can be searched within a second.

    First takes in what changed since, as `kb add DIR` does; then each save, or many at once, in one run, which is
    told in a line. Goes on until Ctrl-C (exit code 130) or SIGTERM (exit code 0).

    Example: kb watch ~/notes
    """
    from importers.watch.session import Session

    roots = _roots(folders)

    def tell(run: Run) -> None:
        if sys.stderr.isatty():
            sys.stderr.write("\r\033[K")
        if json:
            output.as_json_line(view.run_json(run))
        else:
            output.text(view.lines(run))
        output.say(view.remarks(run))

    with _ended_by_sigterm(), progress.ticker("reading") as tick:
        output.say(f"watching {', '.join(roots)}; Ctrl-C ends it")
        session = Session(home(), roots, tell, tick, embed=embed, every=poll)
        try:
            session.forever()
        except _EndedError:
            return
        finally:
            session.close()


def _roots(folders: list[Path]) -> list[str]:
    """The real paths of the folders, those left out that lie in another.

    Raises:
        KbError: one is no folder.
    """
    from kb.errors import EXIT_NOT_FOUND, KbError, UsageError

    real = []
    for folder in folders:
        if not folder.exists():
            raise KbError(f"{folder} does not exist", "check the path", exit_code=EXIT_NOT_FOUND)
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder", "name the folder in which it lies")
        real.append(folder.resolve())
    outer = [path for path in dict.fromkeys(real) if not any(other in path.parents for other in real)]
    for path in sorted(set(real) - set(outer)):
        output.say(f"{path} lies in another folder that is watched")
    return [str(path) for path in outer]


class _EndedError(BaseException):
    """The system asked for the end."""


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise _EndedError

    if threading.current_thread() is not threading.main_thread():  # no other may set this
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
