"""Running the server: on loopback, until it is stopped, with every request told in a line."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from kb.errors import KbError
from server.application import application
from server.asked import Place
from server.guard import Guard
from server.imports import Imports
from server.live import Watcher
from server.sitting import Sitting
from server.stores import Stores

HOST = "127.0.0.1"
PORT = 8641
_TRIED = 20
_BACKLOG = 128
_AFTER_S = 0.7
_LAST_WORD_S = 2  # for answers that are under way when it is stopped


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that is bound to its port, not yet running."""

    guard: Guard
    watcher: Watcher
    place: Place
    bound: socket.socket
    server: uvicorn.Server

    @property
    def address(self) -> str:
        """Where a browser begins."""
        return self.guard.address

    def run(self, began: Callable[[], None] = lambda: None) -> None:
        """Serve until Ctrl-C or SIGTERM, or until it is stopped. `began` is called once it answers."""
        asyncio.run(self._serve(began))

    def stop(self) -> None:
        """End `run`, from another thread."""
        self.server.should_exit = True

    async def _serve(self, began: Callable[[], None]) -> None:
        logging.getLogger("uvicorn.error").disabled = True  # it would say in ten lines what the log says in one
        watching = asyncio.create_task(self.watcher.watch())
        serving = asyncio.create_task(self.server.serve(sockets=[self.bound]))
        while not self.server.started and not serving.done():
            await asyncio.sleep(0.005)
        began()
        try:
            await serving
        finally:
            self.watcher.stop()
            await watching
            self.place.imports.stop()
            self.place.stores.close()


def warm(place: Place) -> None:
    """Load what the first search and the first thing written would have to wait for, once the first page is there."""
    time.sleep(_AFTER_S)
    from kb.review import issue_list, write
    from kb.search import semantic

    with suppress(KbError), place.stores.reading() as store:
        semantic.prepare(store)
    del issue_list, write


class _Server(uvicorn.Server):
    """A server that lets go of streams when it is to stop: they would never end by themselves."""

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stop()
        await super().shutdown(sockets)


def prepare(home: Path, port: int | None, log: Callable[[str], None], *, read_only: bool = False) -> Serving:
    """A server for a home, at this port, or without one at the usual port or the next that is free; 0 for any.

    Raises:
        KbError: the port is taken.
    """
    bound = bound_socket(port)
    stores = Stores(home)
    place = Place(stores, Imports(stores), Sitting(), read_only)
    watcher = Watcher(home)
    guard = Guard(application(place, log, watcher), bound.getsockname()[1], log, read_only)
    settings = uvicorn.Config(
        guard, log_config=None, access_log=False, lifespan="off", server_header=False, date_header=False,
        timeout_graceful_shutdown=_LAST_WORD_S, timeout_keep_alive=15, h11_max_incomplete_event_size=32_768,
    )  # fmt: skip
    return Serving(guard, watcher, place, bound, _Server(settings, watcher.stop))


def bound_socket(port: int | None) -> socket.socket:
    """A socket that listens on loopback: at this port; without one at the usual port or the next that is free.

    Raises:
        KbError: the port is taken.
    """
    wanted = range(PORT, PORT + _TRIED) if port is None else (port,)
    for number in wanted:
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # else Nagle waits
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((HOST, number))
        except OSError:
            made.close()
            continue
        made.listen(_BACKLOG)
        return made
    what = f"port {port} is taken" if port is not None else f"no port from {PORT} to {PORT + _TRIED - 1} is free"
    raise KbError(what, "choose another with --port, or 0 for any that is free")
