"""A date as one says it: as near as it matters."""

from __future__ import annotations

from datetime import date, timedelta

from kb.text import dates
from kb.text.dates import MONTHS

_NEAR = timedelta(days=31)


def told(at: str, today: date) -> str:
    """ "today", "on 3 March" of the last or the next month, "in March" of this year, "in March 2023", "in 2023".

    Of what is not in the calendar, as a vault may have it, the year is told.
    """
    parts = (dates.read(at[:10]) or at[:4]).split("-")
    if len(parts) == 1:
        return f"in {at[:4]}"
    name = MONTHS[int(parts[1]) - 1].capitalize()
    if len(parts) == 3:
        day = date.fromisoformat("-".join(parts))
        if day == today:
            return "today"
        if abs(today - day) < _NEAR:
            return f"on {day.day} {name}"
    return f"in {name}" if parts[0] == str(today.year) else f"in {name} {parts[0]}"


def end_of(at: str) -> str:
    """A time as it is compared with others: of a bare day, month or year its end counts."""
    return at if "T" in at else f"{at}~"


def since(at: str, today: date) -> str:
    """The same behind "since"."""
    return told(at, today).removeprefix("in ").removeprefix("on ")
