"""When to ask again: the gap between two requests to a host, and how long to wait after a refusal."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from importers.web.addresses import is_loopback

# Seconds between requests. arXiv's terms of use ask for 3 at its interfaces, its robots.txt for 15 on its pages;
# the forums' own clients keep one second.
GAPS: Mapping[str, float] = {
    "export.arxiv.org": 3,
    "oaipmh.arxiv.org": 3,
    "arxiv.org": 15,
    "lesswrong.com": 1,
    "alignmentforum.org": 1,
    "forum.effectivealtruism.org": 1,
    "forum-bots.effectivealtruism.org": 1,
}
DEFAULT_GAP = 1.0
_FIRST_WAIT = 1.0
LONGEST_WAIT = 120.0  # a server that asks for more is told about, not waited for


class Pace:
    """Keeps the gap to the last request to the same host."""

    def __init__(self, gaps: Mapping[str, float], clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._gaps = {_bare(host): gap for host, gap in (*GAPS.items(), *gaps.items())}
        self._clock = clock
        self._sleep = sleep
        self._last: dict[str, float] = {}

    def gap(self, host: str) -> float:
        """Seconds between two requests to this host; this machine itself is not spared."""
        host = _bare(host)
        return self._gaps.get(host, 0.0 if is_loopback(host) else DEFAULT_GAP)

    def wait(self, host: str) -> None:
        """Returns when the host may be asked."""
        gap, last = self.gap(host), self._last.get(_bare(host))
        if last is not None and (left := min(gap, last + gap - self._clock())) > 0:
            self._sleep(left)

    def asked(self, host: str) -> None:
        """Notes that a request to the host has just ended."""
        self._last[_bare(host)] = self._clock()


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def backoff(tries: int) -> float:
    """Seconds before the next try, doubling, with jitter so that many clients do not come back at once."""
    return float(_FIRST_WAIT * 2 ** (tries - 1) * random.uniform(0.75, 1.25))


def retry_after(value: str | None, now: float) -> float | None:
    """What a Retry-After header asks for in seconds from now: a number or an HTTP date; None for neither."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value.strip())
    except (ValueError, TypeError):
        return None
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now)
