"""Dates written without words or signs: `20240608`, `202406081030`, `20240608T103000Z`, seconds since 1970.

Digits alone say little of what they mean: a form counts where it gives a day of the calendar in a plausible year.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

# Strings until they are needed, as in `kb.text.dates`.
_STAMP = (
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:[T _-]?(?P<hour>\d\d)(?:(?P<minute>\d\d)(?P<second>\d\d)?(?:\.\d+)?)?)?[ ]?(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_SECONDS = r"\d{9,10}"
_MILLISECONDS = r"\d{12,13}"
_FIRST, _LAST = 1990, 2100  # years of a count since 1970 that somebody may have meant


def read(words: str) -> str | None:
    """The day or time that digits mean, None where they mean none; a count of seconds or milliseconds is in UTC."""
    stamp = re.fullmatch(_STAMP, words)
    if stamp and (found := _written(stamp)):
        return found
    if re.fullmatch(_SECONDS, words):
        return _since_1970(int(words))
    return _since_1970(int(words) / 1000) if re.fullmatch(_MILLISECONDS, words) else None


def _written(stamp: re.Match[str]) -> str | None:
    hour, minute, second = (int(stamp[part] or 0) for part in ("hour", "minute", "second"))
    try:
        moment = datetime(int(stamp["year"]), int(stamp["month"]), int(stamp["day"]), hour, minute, second)
    except ValueError:
        return None
    if stamp["hour"] is None:
        return None if stamp["zone"] else moment.date().isoformat()
    return moment.isoformat(timespec="seconds" if stamp["second"] else "minutes") + (stamp["zone"] or "")


def _since_1970(seconds: float) -> str | None:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if _FIRST <= moment.year < _LAST else None
