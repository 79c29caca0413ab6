"""Dates as people and programs write them: in a field, in a text, in a filter. Only here are English months named.

A date is given back in its shortest true ISO 8601 form: the year, the month, the day, or the time where it is given.
`read` is for a field that holds a date and wants it right; `read_loosely` for a field of a program's export, in which
anything may stand; `find` for prose; `span` for a filter, where words such as `last week` mean days too.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from kb.errors import UsageError
from kb.text import relative_days, stamps
from kb.text.relative_days import Span
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
    r"(?:,?[T /]+(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?P<fraction>[.,]\d+)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_NAMED = (
    rf"(?i)(?:(?P<before>\d{{1,2}}){_ORDINAL}[ .-]*(?:of )?)?\b(?P<month>{MONTH_WORD})[ -]*"
    rf"(?:(?P<after>\d{{1,2}}){_ORDINAL}(?:,\s*|\s+))?,?\s*(?P<year>[12]\d{{3}})\b"
)
_CLOCK_AFTER = (
    r"(?i),?\s*(?:at\s+)?(?P<clock>\d{1,2}:\d\d(?::\d\d)?)\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?P<universal>GMT|UTC)?(?P<zone>Z\b|[+-]\d\d:?\d\d)?"
)
_WEEKDAY = r"(?i)(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+(?=\w)"
_IN_HAN = r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?"
_DAY_FIRST = r"(?P<one>\d{1,2})(?P<sign>[./-])(?P<two>\d{1,2})(?P=sign)(?P<year>[12]\d{3})(?!\d)"
_SECONDS = r"\d{9,13}"
_MAIL = r"[A-Za-z]{3}, \d"
_YEAR = r"(?<!\d)[12]\d{3}(?!\d)"

_NAME = "(?P<month>" + "|".join(rf"{name[:3]}(?:{name[3:]}|t)?\.?" for name in MONTHS) + ")"
_ISO_IN_PROSE = r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"
_DAY_MONTH = rf"(?i)\b(?P<day>\d{{1,2}}){_ORDINAL}(?: of)? {_NAME}\b"
_MONTH_DAY = rf"(?i)\b{_NAME} (?P<day>\d{{1,2}}){_ORDINAL}\b(?!\d)"
_YEAR_IN_PROSE = r"\b(?:19|20)\d\d\b"
_FAR = 100  # how many characters may stand between a day and its year

_DAY_AND_MORE = r"[-/.\d]{8,}[t ]"


@dataclass(frozen=True, slots=True)
class _Written:
    """The parts of a date as far as they are written; whether there is such a day is another question."""

    year: int
    month: int | None
    day: int | None
    clock: str = ""
    half: str = ""  # am, pm
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

    `2024-05-01 10:30`, `1st May 2024`, `Wednesday, May 1st 2024, 10:30 am`, `1.5.2024`, `2024/05`, `2024`; digits alone
    as `kb.text.stamps` has them. Words may follow a day. Of `1/5/2024` nobody knows which is the month: it is none.
    With `fraction` that of a second is kept.
    """
    words = squash(written)
    if stamp := stamps.read(words):
        return stamp
    if weekday := re.match(_WEEKDAY, words):
        words = words[weekday.end() :]
    if han := re.match(_IN_HAN, words):
        words = "-".join(filter(None, han.groups())) + words[han.end() :]
    found = _strict(words) or _day_first(words)
    if found is None:
        return None
    day = _as_far_as_true(found)
    clock = _clock(found.clock, found.half)
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
        found = relative_days.read(words, today) or _days(words)
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
    clock, half, fraction, zone = (found[name] or "" for name in ("clock", "half", "fraction", "zone"))
    return _Written(int(found["year"]), month, day, clock, half, fraction, zone, whole=found.end() == len(words))


def _day_first(words: str) -> _Written | None:
    """`1.5.2024`, and of `13/5/2024` and `5/13/2024` what can only be the day first or last; else nothing."""
    found = re.match(_DAY_FIRST, words)
    if found is None:
        return None
    day, month = int(found["one"]), int(found["two"])
    if month > 12:
        day, month = month, day
    elif found["sign"] != "." and day <= 12 and day != month:
        return None
    written = _Written(int(found["year"]), month, day, *_time_after(words, found.end()))
    return written if written.first else None


def _named(found: re.Match[str]) -> _Written:
    day = found["before"] or found["after"]
    whole = found.span() == (0, len(found.string))
    clock, half, _, zone = _time_after(found.string, found.end()) if day else ("", "", "", "")
    month = month_of(found["month"])
    return _Written(int(found["year"]), month, int(day) if day else None, clock, half, "", zone, whole=whole)


def _time_after(words: str, at: int) -> tuple[str, str, str, str]:
    """The clock, its half of the day, no fraction, and its zone, where a time stands at a place."""
    found = re.match(_CLOCK_AFTER, words[at:])
    if found is None:
        return "", "", "", ""
    zone = found["zone"] or ("Z" if found["universal"] else "")
    return found["clock"], found["half"] or "", "", zone


def _as_far_as_true(found: _Written) -> str:
    year, month, day = found.year, found.month or 0, found.day or 0
    return day_of(year, month, day) or (f"{year:04d}-{month:02d}" if 1 <= month <= 12 else f"{year:04d}")


def _clock(written: str, half: str = "") -> str:
    """The time of day with two digits for the hour, of 24; "" where there is none such."""
    if half and written:
        hour, rest = int(written.partition(":")[0]), written.partition(":")[2]
        if not 1 <= hour <= 12:
            return ""
        written = f"{hour % 12 + (12 if half[0] in 'pP' else 0)}:{rest}"
    padded = written.zfill(5 if written.count(":") == 1 else 8)
    try:
        time.fromisoformat(padded)
    except ValueError:
        return ""
    return padded if written else ""


def _zone(written: str) -> str:
    if written.upper() in {"Z", "UTC", "GMT"}:
        return "Z"
    return f"{written[:3]}:{written[3:]}" if len(written) == 5 else written


def _in_utc(day: str, found: _Written) -> str:
    clock, zone = _clock(found.clock, found.half), _zone(found.zone)
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


def _days(words: str) -> Span | None:
    found = _strict(words)
    if found is None or found.first is None or not (found.whole or re.match(_DAY_AND_MORE, words)):
        return None
    return found.first, relative_days.after(found.first, 1, "day" if found.day else "month" if found.month else "year")
