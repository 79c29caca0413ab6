"""What changed, told to open pages as it happens: by a command, by a sync, by another page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kb.errors import KbError
from kb.store.open import Store, file_number, open_as_it_is

_EVERY_S = 0.4
_ALIVE_S = 15.0  # a line at least so often, so that a page that has gone is noticed


@dataclass(slots=True)
class Watcher:
    """Looks at the store a few times a second and counts its changes. One for all pages that are open."""

    home: Path
    number: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    async def watch(self) -> None:
        """Until it is stopped."""
        seen: object = None
        store: Store | None = None
        at = None
        while not self._stopped.is_set():
            now = file_number(self.home)
            if store is None or now != at:
                if store is not None:
                    store.close()
                store, at = open_as_it_is(self.home), now
            state: object = (at, None)
            if store is not None:
                try:
                    state = (at, store.state)
                except KbError:
                    store = None
            if seen is not None and state != seen:
                self.number += 1
                before, self._changed = self._changed, asyncio.Event()
                before.set()
            seen = state
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), _EVERY_S)

    def stop(self) -> None:
        """End watching, and every stream."""
        self._stopped.set()
        self._changed.set()

    async def stream(self, _request: Request) -> Response:
        """Events for a page that stays open (HTML standard, server-sent events): a line for every change."""
        return StreamingResponse(self._events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _events(self) -> AsyncIterator[str]:
        yield "retry: 2000\n\n"
        while not self._stopped.is_set():
            try:
                await asyncio.wait_for(self._changed.wait(), _ALIVE_S)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if not self._stopped.is_set():
                yield f"event: changed\ndata: {self.number}\n\n"
