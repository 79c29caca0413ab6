"""How commands that wrote, and what happened to one thing, look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from commands import output

if TYPE_CHECKING:
    from kb.review.history import Did
    from kb.store.events import Event

_INDENT = " " * 20


def did_lines(found: Iterable[Did], done: str = "") -> Iterator[str]:
    """When, the command as it was typed, and below it what it did."""
    for one in found:
        mark = done or ("undone" if one.undone else "")
        yield f"{_when(one.at)}  {output.style(one.command or 'a program', 'bold')}" + (
            f"  {output.style(mark, 'yellow')}" if mark else ""
        )
        yield from output.wrapped(one.what, _INDENT)


def event_lines(found: Iterable[Event]) -> Iterator[str]:
    """When, what happened, and by which command."""
    for one in found:
        by = f"  {output.style(one.command, 'dim')}" if one.command else ""
        undone = f"  {output.style('undone', 'yellow')}" if one.undone else ""
        yield f"{_when(one.at)}  {one.what}{by}{undone}"


def _when(at: str) -> str:
    return at.replace("T", " ").removesuffix("Z")[:16].ljust(18)
