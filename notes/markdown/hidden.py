"""What in a line or paragraph hides what stands in it: code, maths, comments, escapes. No link or tag is in there."""

from __future__ import annotations

import re
from bisect import bisect_left

_HIDING = re.compile(r"\\[!-/:-@\[-`{}~]|`+|\$\$|(?<![\w$])\$|%%|<!--")  # `\|` stays: tables need it
_MATH = re.compile(r"\$(?![\s$])(?:\\.|[^\\$\n])*+(?<!\s)\$(?!\d)")


def visible(text: str, start: int, end: int) -> str:
    """`text[start:end]` with code, maths, comments and escaped signs turned into NULs of the same length."""
    pieces: list[str] = []
    kept, position = start, start
    ticks: dict[int, list[int]] | None = None
    open_for_ever: set[str] = set()  # what no sign further on closes
    while (match := _HIDING.search(text, position, end)) is not None:
        sign, at = match.group(), match.start()
        position = stop = match.end()
        if sign[0] == "`":
            if ticks is None:
                ticks = _tick_runs(text, at, end)
            runs = ticks.get(len(sign), [])
            following = bisect_left(runs, position)
            if following == len(runs):
                continue
            stop = runs[following] + len(sign)
        elif sign == "$":
            formula = _MATH.match(text, at, end)
            if formula is None:
                continue
            stop = formula.end()
        elif sign[0] != "\\":
            closing = "-->" if sign == "<!--" else sign
            found = -1 if closing in open_for_ever else text.find(closing, position, end)
            if found < 0:
                open_for_ever.add(closing)
                continue
            stop = found + len(closing)
        pieces += (text[kept:at], "\0" * (stop - at))
        kept = position = stop
    pieces.append(text[kept:end])
    return "".join(pieces)


def _tick_runs(text: str, start: int, end: int) -> dict[int, list[int]]:
    runs: dict[int, list[int]] = {}
    for match in re.compile(r"`+").finditer(text, start, end):
        runs.setdefault(len(match.group()), []).append(match.start())
    return runs
