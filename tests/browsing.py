"""A real browser and a real server, for tests of pages."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

from server.run import Serving, prepare

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
NONE = "no Chromium on this machine; on Debian: apt install chromium"
# As root it runs only without its sandbox; the rest keeps it from asking anything of a network by itself.
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic",
]  # fmt: skip


def browser_path() -> str | None:
    """The Chromium of this machine."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def launched(playwright: Playwright) -> Browser:
    """A browser; the test is skipped where there is none."""
    path = browser_path()
    if path is None:
        pytest.skip(NONE)
    return playwright.chromium.launch(executable_path=path, args=_FLAGS)


@dataclass
class Served:
    """A server that runs."""

    serving: Serving
    home: Path
    log: list[str]

    @property
    def base(self) -> str:
        return self.serving.address.partition("/?")[0]

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """Somebody who has opened the address, without a browser."""
        with httpx.Client(base_url=self.base, follow_redirects=True, timeout=30) as client:
            assert client.get(self.serving.address.removeprefix(self.base)).status_code == 200
            client.headers["Origin"] = self.base
            yield client


@contextmanager
def serving(home: Path, *, read_only: bool = False) -> Iterator[Served]:
    """A server of this home, in a thread, on a port that was free."""
    log: list[str] = []
    made = prepare(home, 0, log.append, read_only=read_only)
    began = threading.Event()
    thread = threading.Thread(target=made.run, args=(began.set,), daemon=True)
    thread.start()
    assert began.wait(10)
    try:
        yield Served(made, home, log)
    finally:
        made.stop()
        thread.join(10)
        assert not thread.is_alive()


@dataclass
class Tab:
    """A page of the browser, with what it asked for and what went wrong in it."""

    page: Page
    base: str
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def check(self) -> None:
        """Nothing left this machine, no script failed, and nothing met the content policy."""
        elsewhere = [url for url in self.asked if urlsplit(url).hostname != "127.0.0.1"]
        assert not elsewhere
        assert not self.wrong


def _is_wrong(said: ConsoleMessage) -> bool:
    """An error on the console; that one request took another's place is none."""
    return said.type == "error" and not said.text.startswith(("htmx:sendAbort", "htmx:afterRequest"))


def tab(context: BrowserContext, served: Served) -> Tab:
    """A page that has opened the server's address."""
    page = context.new_page()
    made = Tab(page, served.base)

    def note(request: Request) -> None:
        if not request.url.startswith(("data:", "blob:", "about:")):
            made.asked.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: made.wrong.append(str(error)))
    page.on("console", lambda said: made.wrong.append(said.text) if _is_wrong(said) else None)
    page.on("dialog", lambda dialog: (made.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.goto(served.serving.address)
    return made
