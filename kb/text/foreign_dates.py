"""Dates as devices write them in the language of their reader: the day, the month by its name, the year, the time.

English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish, Russian, and the figures with signs of
Chinese, Japanese and Korean. For a line that a program wrote; prose is read by `kb.text.dates`.
"""

from __future__ import annotations

import re
import unicodedata

from kb.text.dates import day_of, month_of

# The first letters that tell a month, without accents; where English has the same ones, they are not said again.
_MONTHS = (
    "gen ene янв sty", "fev фев lut", "maa mrt мар", "avr abr апр kwi", "mai mag mei maj май мая",
    "juin giu июн cze", "juil lug июл lip", "aou ago авг sie", "set сен wrz", "okt ott out окт paz", "ноя lis",
    "dez dic дек gru",
)  # fmt: skip
_FIRST_LETTERS = {letters: number for number, listed in enumerate(_MONTHS, 1) for letters in listed.split()}

_SIGNS = re.compile(r"(?P<year>[12]\d{3})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]")
_FIGURES = re.compile(r"(?<!\d)(?P<year>[12]\d{3})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_DOTS = re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>[12]\d{3})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.º°])?\s+(?:d[eo]\s+)?(?P<month>[^\W\d_]{3,12})\.?,?\s+"
    r"(?:d[eo]l?\s+)?(?P<year>[12]\d{3})(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>[12]\d{3})(?!\d)"
)
_CLOCK = re.compile(
    r"(?P<before>上午|下午|午前|午後|오전|오후)?\s*(?<!\d)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?!\d)"
    r"\s*(?P<after>[ap]\.?\s?m\b)?",
    re.I,
)
_AFTER_NOON = {"下午", "午後", "오후"}


def read(line: str) -> str | None:
    """The first date in a line in ISO 8601, with the time where one follows, as it is written there; None without."""
    # Composed, so that 년 stays one sign; months are compared without accents.
    words = unicodedata.normalize("NFC", line[:400])
    for form in (_SIGNS, _FIGURES, _DOTS, _DAY_FIRST, _MONTH_FIRST):
        for found in form.finditer(words):
            month = int(found["month"]) if found["month"].isdecimal() else _month(found["month"])
            day = day_of(int(found["year"]), month, int(found["day"])) if month else None
            if day:
                clock = _clock(words[found.end() :])
                return f"{day}T{clock}" if clock else day
    return None


def _month(name: str) -> int | None:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter)
    )
    composed = unicodedata.normalize("NFC", name.casefold())  # the sign over й is part of the letter
    for written in (composed, plain):
        if known := _FIRST_LETTERS.get(written[:4]) or _FIRST_LETTERS.get(written[:3]):
            return known
    return month_of(plain)


def _clock(after: str) -> str:
    """The time with two digits for each part; "" where the line has none, or none of the day."""
    found = _CLOCK.search(after[:60])
    if found is None:
        return ""
    hour, half = int(found["hour"]), found["after"] or ""
    if found["before"] or half:
        late = found["before"] in _AFTER_NOON or half[:1].lower() == "p"
        hour = hour % 12 + 12 if late else hour % 12 if hour == 12 else hour
    minute, second = int(found["minute"]), int(found["second"] or 0)
    return f"{hour:02d}:{minute:02d}:{second:02d}" if hour < 24 and minute < 60 and second < 60 else ""
