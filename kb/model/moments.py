"""Moments of a recording: the time that a label tells, and the address at which a video goes on from there."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

CLOCK = r"(?:\d{1,3}:)?\d{1,2}:[0-5]\d"
"""A regular expression for a time as it is shown: minutes and seconds, hours before them where there are any."""

_CLOCK = re.compile(CLOCK)
_YOUTUBE = re.compile(r"(?:www\.|m\.|music\.)?(?:youtube\.com|youtube-nocookie\.com)", re.I)


def clock(seconds: float) -> str:
    """The time as it is shown: `12:34`, `1:02:03`."""
    whole = max(0, int(seconds))
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def seconds(shown: str | None) -> int | None:
    """The seconds from the beginning that a shown time means; None where it is none."""
    if not shown or not _CLOCK.fullmatch(shown):
        return None
    total = 0
    for part in shown.split(":"):
        total = 60 * total + int(part)
    return total


def address(url: str | None, start: float | None) -> str | None:
    """The address at which the video goes on from `start`, in seconds; None where its site is not known to do that."""
    if not url or start is None:
        return None
    parts, at = urlsplit(url), max(0, int(start))
    host = (parts.hostname or "").lower()
    if host == "youtu.be" or (_YOUTUBE.fullmatch(host) and parts.path == "/watch"):
        query = [pair for pair in parse_qsl(parts.query) if pair[0] not in ("t", "start")]
        return urlunsplit((*parts[:3], urlencode([*query, ("t", f"{at}s")]), ""))
    if host.removeprefix("www.") in ("vimeo.com", "player.vimeo.com"):
        return urlunsplit((*parts[:4], f"t={at}s"))
    return None
