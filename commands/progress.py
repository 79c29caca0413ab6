"""How far a long command is: counts and bars on standard error, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from kb.text.controls import visible

if TYPE_CHECKING:
    from importers.report import Item


@contextmanager
def ticker(what: str, total: Callable[[], int] = lambda: 0) -> Iterator[Callable[[Item], None]]:
    """A line on a terminal that counts the files that are done, of so many in all where `total` knows."""
    watched = sys.stderr.isatty()
    done, last = 0, ""
    of = f" of {all_:,}" if watched and (all_ := total()) > 1 else ""

    def tick(item: Item) -> None:
        nonlocal done, last
        done += item.target != last  # a file may hold many sources
        last = item.target
        if watched:
            name = visible(item.target.rsplit("/", 1)[-1])[:50]
            sys.stderr.write(f"\r\033[K{what} {done:,}{of}  {name}")
            sys.stderr.flush()

    try:
        yield tick
    finally:
        if watched:
            sys.stderr.write("\r\033[K")


def yes_or_no(question: str, *, default: bool = True) -> bool:
    """Ask on standard error, on a line of its own whatever a ticker has written; Enter means the default."""
    sys.stderr.write("\r\033[K" if sys.stderr.isatty() else "")
    return typer.confirm(visible(question), default=default, err=True)


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar with rate and time left; it is told how many are done, and of how many."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "")

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def counter(total: int) -> Callable[[int], None]:
    """ "3 of 20", to be told the first number."""
    if not total or not sys.stderr.isatty():
        return lambda _: None

    def tell(done: int) -> None:
        sys.stderr.write(f"\r{done} of {total}" + ("\n" if done == total else ""))

    return tell
