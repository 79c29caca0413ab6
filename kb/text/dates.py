"""Dates as people and programs write them: in a field, anywhere in a text, in a filter. Months are named only here.

A date is given back in its shortest true ISO 8601 form: the year, the month, the day, or the time where it is given.
`read` is for a field that holds a date and wants it right; `read_loosely` for a field of a program's export, in which
anything may stand; `find` for prose; `span` for a filter, where words such as `last week` mean days too.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kb.errors import UsageError
from kb.text.strings import squash

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTH_WORD = "(?:" + "|".join(name[:3] for name in MONTHS) + r")[a-z]*\.?"
"""A regular expression, case ignored, for the name of a month, however it is shortened."""

# Patterns stay strings until they are needed: a search that no date narrows does not wait for them.
_ORDINAL = "(?:st|nd|rd|th)?"
_NUMERIC = (
    r"(?i)(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?!\d|\.\d)"
    r"(?:[T /]+(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?P<fraction>[.,]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_NAMED = (
    rf"(?i)(?:(?P<before>\d{{1,2}}){_ORDINAL}[ .-]*(?:of )?)?\b(?P<month>{MONTH_WORD})[ -]*"
    rf"(?:(?P<after>\d{{1,2}}){_ORDINAL}(?:,\s*|\s+))?,?\s*(?P<year>[12]\d{{3}})\b"
)
_MILLISECONDS = r"\d{12,13}"
_SECONDS = r"\d{9,13}"
_MAIL = r"[A-Za-z]{3}, \d"
_YEAR = r"(?<!\d)[12]\d{3}(?!\d)"

_NAME = "(?P<month>" + "|".join(rf"{name[:3]}(?:{name[3:]}|t)?\.?" for name in MONTHS) + ")"
_ISO_IN_PROSE = r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"
_DAY_MONTH = rf"(?i)\b(?P<day>\d{{1,2}}){_ORDINAL}(?: of)? {_NAME}\b"
_MONTH_DAY = rf"(?i)\b{_NAME} (?P<day>\d{{1,2}}){_ORDINAL}\b(?!\d)"
_YEAR_IN_PROSE = r"\b(?:19|20)\d\d\b"
_FAR = 100  # how many characters may stand between a day and its year

_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_AGO = r"(\w+)\s+(day|week|month|year)s?\s+ago"
_LAST = r"(last|past|previous|this)\s+(?:(\w+)\s+)?(day|week|month|year)s?"
_DAY_AND_MORE = r"[-/.\d]{8,}[t ]"

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Written:
    """The parts of a date as far as they are written; whether there is such a day is another question."""

    year: int
    month: int | None
    day: int | None
    clock: str = ""
    fraction: str = ""
    zone: str = ""
    whole: bool = True  # nothing else is written

    @property
    def first(self) -> date | None:
        """The first day of the year, month or day; None where the calendar has none such."""
        try:
            return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError:
            return None


def utc(moment: datetime) -> str:
    """A moment in UTC, to the second; one without a zone is taken for UTC."""
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(year: int, month: int, day: int) -> str | None:
    """The day; None where the calendar has none such."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_of(name: str) -> int | None:
    """The number of a month by its name, of which the first three letters count; None where it is none."""
    return next((number for number, month in enumerate(MONTHS, 1) if month[:3] == name[:3].lower()), None)


def read(written: str, *, fraction: bool = False) -> str | None:
    """The date that a field holds, the time as it is written; None where it is none, or no day of the calendar.

    `2024-05-01 10:30`, `1st May 2024`, `2024/05`, `2024`, milliseconds since 1970. Words may follow a day.
    With `fraction` that of a second is kept.
    """
    words = squash(written)
    if re.fullmatch(_MILLISECONDS, words):
        return utc(datetime.fromtimestamp(int(words) / 1000, UTC))
    found = _strict(words)
    if found is None:
        return None
    day = _as_far_as_true(found)
    clock = _clock(found.clock)
    if not clock or len(day) < 10:
        return day
    return f"{day}T{clock}{found.fraction.replace(',', '.') if fraction else ''}{_zone(found.zone)}"


def read_loosely(value: object) -> str | None:
    """What a field of an export says of a date, in any form, times in UTC; None where it says nothing.

    Of a range the beginning. Numbers are seconds or milliseconds since 1970. What is not in the calendar is left out:
    of `2021-02-31` the month stays, of `circa 1999` the year.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _since_1970(float(value))
    if not isinstance(value, str) or not (words := squash(value)):
        return None
    if re.fullmatch(_SECONDS, words):
        return _since_1970(float(words))
    if words[0] in "12" and (found := _numeric(words)):
        return _in_utc(_as_far_as_true(found), found)
    if re.match(_MAIL, words) and (moment := _mail_date(words)):
        return moment
    if named := re.search(_NAMED, words):
        return _as_far_as_true(_named(named))
    year = re.search(_YEAR, words)
    return year[0] if year else None


def find(prose: str) -> str | None:
    """The first full date in a text; its year may stand some words after the day."""
    if found := re.search(_ISO_IN_PROSE, prose):
        return day_of(int(found["year"]), int(found["month"]), int(found["day"]))
    found = re.search(_DAY_MONTH, prose) or re.search(_MONTH_DAY, prose)
    year = re.search(_YEAR_IN_PROSE, prose[found.end() : found.end() + _FAR]) if found else None
    month = month_of(found["month"]) if found else None
    return day_of(int(year[0]), month, int(found["day"])) if found and year and month else None


def span(text: str, today: date | None = None) -> Span:
    """The days that a text means, half open: `2024` is (2024-01-01, 2025-01-01).

    `last week` and `last month` are the calendar ones before this; `last 3 days` reaches up to today, inclusive.

    Raises:
        UsageError: it means no date.
    """
    today = today or datetime.now(UTC).date()
    words = " ".join(text.lower().split())
    try:
        found = _words(words, today) or _days(words)
    except (ValueError, OverflowError):  # 90000 years ago
        found = None
    if found is None:
        raise UsageError(f"{text!r} is no date", "write 2024-03-01, 2024-03, 2024, yesterday, last week or 3 days ago")
    return found


# What is written


def _strict(words: str) -> _Written | None:
    """The date with which words begin, if the calendar has it; a month or a year only where it stands alone."""
    found = _numeric(words)
    if found is None and (named := re.match(_NAMED, words)) and not (named["before"] and named["after"]):
        found = _named(named)
    return found if found and found.first and (found.day or found.whole) else None


def _numeric(words: str) -> _Written | None:
    found = re.match(_NUMERIC, words)
    if found is None:
        return None
    month, day = (int(found[name]) if found[name] else None for name in ("month", "day"))
    clock, fraction, zone = (found[name] or "" for name in ("clock", "fraction", "zone"))
    return _Written(int(found["year"]), month, day, clock, fraction, zone, whole=found.end() == len(words))


def _named(found: re.Match[str]) -> _Written:
    day = found["before"] or found["after"]
    whole = found.span() == (0, len(found.string))
    return _Written(int(found["year"]), month_of(found["month"]), int(day) if day else None, whole=whole)


def _as_far_as_true(found: _Written) -> str:
    year, month, day = found.year, found.month or 0, found.day or 0
    return day_of(year, month, day) or (f"{year:04d}-{month:02d}" if 1 <= month <= 12 else f"{year:04d}")


def _clock(written: str) -> str:
    """The time of day with two digits for the hour; "" where there is none such."""
    padded = written.zfill(5 if written.count(":") == 1 else 8)
    try:
        time.fromisoformat(padded)
    except ValueError:
        return ""
    return padded if written else ""


def _zone(written: str) -> str:
    return "Z" if written.upper() in {"Z", "UTC", "GMT"} else written


def _in_utc(day: str, found: _Written) -> str:
    clock, zone = _clock(found.clock), _zone(found.zone)
    if not clock or len(day) < 10:
        return day
    with suppress(ValueError, OverflowError):
        return utc(datetime.fromisoformat(f"{day}T{clock}{'+00:00' if zone in {'', 'Z'} else zone}"))
    return day


def _since_1970(seconds: float) -> str | None:
    try:
        moment = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return utc(moment) if 1970 < moment.year < 2200 else None


def _mail_date(text: str) -> str | None:
    from email.utils import parsedate_to_datetime

    with suppress(ValueError, TypeError, IndexError):
        return utc(parsedate_to_datetime(text))
    return None


# What a filter means


def _words(words: str, today: date) -> Span | None:
    if words in {"today", "now"}:
        return today, _after(today, 1, "day")
    if words == "yesterday":
        return _after(today, -1, "day"), today
    if m := re.fullmatch(_AGO, words):
        count = _number(m[1])
        if count is None:
            return None
        day = _after(today, -count, m[2])
        return day, _after(day, 1, "day")
    if m := re.fullmatch(_LAST, words):
        if m[2]:
            count = _number(m[2])
            return None if count is None or m[1] == "this" else (_after(today, -count, m[3]), _after(today, 1, "day"))
        begin = _begin(today, m[3])
        return (begin, _after(begin, 1, m[3])) if m[1] == "this" else (_after(begin, -1, m[3]), begin)
    return None


def _days(words: str) -> Span | None:
    found = _strict(words)
    if found is None or found.first is None or not (found.whole or re.match(_DAY_AND_MORE, words)):
        return None
    return found.first, _after(found.first, 1, "day" if found.day else "month" if found.month else "year")


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
