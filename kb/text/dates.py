"""Dates as people write them in a filter: ISO, a year, a month, or words such as `last week`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from kb.errors import UsageError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_AGO = re.compile(r"(\w+)\s+(day|week|month|year)s?\s+ago")
_LAST = re.compile(r"(last|past|previous|this)\s+(?:(\w+)\s+)?(day|week|month|year)s?")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[t ].*)?")
_NAMED = re.compile(r"(?:(\d{1,2})\s+)?([a-z]{3,9})\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})")

Span = tuple[date, date]


def span(text: str, today: date | None = None) -> Span:
    """The days that a text means, half open: `2024` is (2024-01-01, 2025-01-01).

    `last week` and `last month` are the calendar ones before this; `last 3 days` reaches up to today, inclusive.

    Raises:
        UsageError: it means no date.
    """
    today = today or datetime.now(UTC).date()
    words = " ".join(text.lower().split())
    try:
        found = _words(words, today) or _written(words)
    except (ValueError, OverflowError):  # 2024-02-31, 90000 years ago
        found = None
    if found is None:
        raise UsageError(f"{text!r} is no date", "write 2024-03-01, 2024-03, 2024, yesterday, last week or 3 days ago")
    return found


def _words(words: str, today: date) -> Span | None:
    if words in {"today", "now"}:
        return today, _after(today, 1, "day")
    if words == "yesterday":
        return _after(today, -1, "day"), today
    if m := _AGO.fullmatch(words):
        count = _number(m[1])
        if count is None:
            return None
        day = _after(today, -count, m[2])
        return day, _after(day, 1, "day")
    if m := _LAST.fullmatch(words):
        if m[2]:
            count = _number(m[2])
            return None if count is None or m[1] == "this" else (_after(today, -count, m[3]), _after(today, 1, "day"))
        begin = _begin(today, m[3])
        return (begin, _after(begin, 1, m[3])) if m[1] == "this" else (_after(begin, -1, m[3]), begin)
    return None


def _written(words: str) -> Span | None:
    if m := _ISO.fullmatch(words):
        year, month, day = int(m[1]), m[2], m[3]
    elif (m := _NAMED.fullmatch(words)) and m[2][:3] in _MONTHS and not (m[1] and m[3]):
        year, month, day = int(m[4]), str(_MONTHS.index(m[2][:3]) + 1), m[1] or m[3]
    else:
        return None
    begin = date(year, int(month or 1), int(day or 1))
    return begin, _after(begin, 1, "day" if day else "month" if month else "year")


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else _SMALL.get(word)


def _begin(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _after(day: date, count: int, unit: str) -> date:
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
