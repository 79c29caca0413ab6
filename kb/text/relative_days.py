"""Days by how far they are from today, as a filter may name them: `yesterday`, `3 days ago`, `last month`."""

from __future__ import annotations

import re
from datetime import date, timedelta

_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_AGO = r"(\w+)\s+(day|week|month|year)s?\s+ago"
_LAST = r"(last|past|previous|this)\s+(?:(\w+)\s+)?(day|week|month|year)s?"

Span = tuple[date, date]
"""Days, half open."""


def read(words: str, today: date) -> Span | None:
    """The days that lower-case words mean; None where they mean none."""
    if words in {"today", "now"}:
        return today, after(today, 1, "day")
    if words == "yesterday":
        return after(today, -1, "day"), today
    if m := re.fullmatch(_AGO, words):
        count = _number(m[1])
        if count is None:
            return None
        day = after(today, -count, m[2])
        return day, after(day, 1, "day")
    if m := re.fullmatch(_LAST, words):
        if m[2]:
            count = _number(m[2])
            return None if count is None or m[1] == "this" else (after(today, -count, m[3]), after(today, 1, "day"))
        begin = _begin(today, m[3])
        return (begin, after(begin, 1, m[3])) if m[1] == "this" else (after(begin, -1, m[3]), begin)
    return None


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else _SMALL.get(word)


def _begin(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def after(day: date, count: int, unit: str) -> date:
    """That many units later; the 31st of a short month is its last day."""
    if unit in {"day", "week"}:
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    for last in (day.day, 30, 29, 28):
        try:
            return date(months // 12, months % 12 + 1, last)
        except ValueError:
            if last == 28:
                raise
    raise AssertionError
