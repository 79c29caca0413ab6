"""The one output layer: JSON or text on stdout, everything else on stderr."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import typer

from commands import pager
from kb.errors import KbError, UsageError
from kb.model.json_form import JsonObject, JsonValue, json_form
from kb.text.controls import visible
from kb.text.strings import squash

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35"}
_ON, _END = (chr(plane + int.from_bytes(os.urandom(2)) % 0xFFFD) for plane in (0xF0000, 0x100000))
"""Between them stand the codes of a style until a line is written. No text can know them, and bring its own colours."""
_STYLED = re.compile(f"{_ON}([0-9;]+){_END}")
_C1 = re.compile(r"[\x7f-\x9f]")

_held: list[tuple[Literal["out", "err"], str]] | None = None
"""What is kept for the pager, in its order, while a command runs whose output may be long."""


_caught: list[JsonValue] | None = None
"""Documents that are not printed, while somebody catches them."""


@contextmanager
def caught() -> Iterator[list[JsonValue]]:
    """Within, JSON documents are not printed but kept."""
    global _caught
    _caught, kept = [], _caught
    try:
        yield _caught
    finally:
        _caught = kept


def as_json(value: object) -> None:
    """Print one JSON document: records in the form of `kb.model.json_form`."""
    if _caught is not None:
        _caught.append(json_form(value))
        return
    _write(_escaped(json.dumps(json_form(value), ensure_ascii=False, indent=2)))


def as_json_line(value: object) -> None:
    """Print a JSON document on one line, for a command that prints one after the other."""
    _write(_escaped(json.dumps(json_form(value), ensure_ascii=False)))


def _escaped(document: str) -> str:
    """JSON with the control characters escaped that JSON itself lets stand: the same document."""
    return _C1.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def text(lines: Iterable[str] | str) -> None:
    """Print lines. Control characters in them are shown, not obeyed."""
    for line in [lines] if isinstance(lines, str) else lines:
        _write(_shown(line))


def _shown(line: str) -> str:
    return _STYLED.sub("\033[\\1m", visible(line))


def raw(content: bytes) -> None:
    """Write what is no text.

    Raises:
        UsageError: it would go to a terminal.
    """
    if sys.stdout.isatty():
        raise UsageError("this is no text for a terminal", "write it to a file: -o FILE")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


@contextmanager
def paging() -> Iterator[None]:
    """Within, what is printed is kept, and shown at the end: through a pager where it is longer than the terminal.

    What is said beside the answer follows it then. In a pipe or a file nothing of this happens. Where the command is
    stopped or fails, what it had printed is printed.
    """
    global _held
    if _held is not None or not pager.wanted():
        yield
        return
    _held, whole = [], False
    try:
        yield
        whole = True
    except typer.Exit:
        whole = True
        raise
    finally:
        held, _held = _held, None
        told = "\n".join(line for stream, line in held if stream == "out")
        shown = whole and pager.too_long(told) and pager.show(told + "\n")
        for stream, line in held:
            if stream == "err":
                _tell(line)
            elif not shown:
                _write(line)


def _write(line: str) -> None:
    """A line on stdout. Where the reader has gone (`kb list | head`) the command ends, and nothing is wrong."""
    if _held is not None:
        _held.append(("out", line))
        return
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for Python's own flush at the end
        raise typer.Exit(0) from None


def say(lines: Iterable[str] | str) -> None:
    """Tell the person something that is not the answer."""
    for line in [lines] if isinstance(lines, str) else lines:
        _tell(_shown(line))


def _tell(line: str) -> None:
    if _held is not None:
        _held.append(("err", line))
    else:
        sys.stderr.write(line + "\n")


def error(problem: KbError, *, json_wanted: bool) -> None:
    """One line that says what is wrong and what to do; with JSON wanted, an object on stdout."""
    if json_wanted:
        told: JsonObject = {"message": problem.message, "hint": problem.hint}
        if problem.candidates:
            told["candidates"] = json_form(problem.candidates)
        as_json({"error": told})
        return
    say(style("error: ", "red", err=True) + problem.message + (f" ({problem.hint})" if problem.hint else ""))
    rows = [[f"  {one.get('id', '')}", one.get("kind", ""), one.get("title", "")] for one in problem.candidates]
    say(table(rows))


def style(words: str, *names: str, err: bool = False) -> str:
    """The words in colour or weight, on a terminal that may have it."""
    stream = sys.stderr if err else sys.stdout
    if os.environ.get("NO_COLOR") or not stream.isatty() or os.environ.get("TERM") == "dumb":
        return words
    return f"{_ON}{';'.join(_STYLES[name] for name in names)}{_END}{words}{_ON}0{_END}"


def width() -> int:
    """Columns to write in: the terminal's, at most 100; 80 in a pipe."""
    return min(shutil.get_terminal_size((80, 24)).columns, 100)


def wrapped(words: str, indent: str = "", first: str | None = None) -> list[str]:
    """The words broken into lines that fit, `first` before the first one."""
    return textwrap.wrap(
        squash(words),
        width=max(40, width()),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with their columns in line; the last column is as long as it is."""
    if not rows:
        return []
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    return ["  ".join([*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[-1]]).rstrip() for row in rows]


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 source", "2 sources"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
