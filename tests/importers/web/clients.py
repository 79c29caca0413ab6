"""A client for tests, whose time passes only by sleeping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from importers.web.client import Client


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def client(home: Path | None, clock: Clock, **options: Any) -> Client:
    options.setdefault("allow_private", True)
    return Client(home, sleep=clock.sleep, clock=clock, **options)
