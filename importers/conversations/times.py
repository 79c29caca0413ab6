"""Moments of messages, as files of chats have them, in UTC: as the store keeps them and as a talk shows them."""

from __future__ import annotations

from datetime import UTC, datetime

from kb.text import dates


def of_seconds(value: object) -> str | None:
    """The moment, ISO 8601, so many seconds after 1970 (a number or its digits); None where that is no time."""
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
        return dates.utc(datetime.fromtimestamp(number, UTC)) if 0 < number < 1e11 else None
    except (ValueError, OverflowError, OSError):
        return None


def of_iso(value: object) -> str | None:
    """The moment that a stamp tells, with or without its zone; None where it is none."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and len(value) >= 10 else None
        if moment is None:
            return None
        return dates.utc(moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError, OSError):
        return None


def of_snowflake(value: str, epoch_ms: int) -> str | None:
    """The moment in an id that begins with it, as those of X and Discord do."""
    if not value.isdigit() or len(value) > 20:
        return None
    return of_seconds(((int(value) >> 22) + epoch_ms) / 1000)


def shown(moment: str | None) -> str:
    """Day and minute, as a head shows them; "" where the moment is not known."""
    return f"{moment[:10]} {moment[11:16]}".strip() if moment else ""


def minute(moment: str | None) -> str:
    """The minute alone, for what is all of one day."""
    return moment[11:16] if moment and len(moment) >= 16 else ""
