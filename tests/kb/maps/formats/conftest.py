"""Pages of maps in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kb.maps.formats import render
from kb.model.argument_map import ArgumentMap

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class Shown:
    """A page with what went wrong on it, and what it asked for."""

    def __init__(self, browser: Browser, file: Path, map_: ArgumentMap, **how: Any) -> None:
        file.write_text(render(map_, "html"), encoding="utf-8")
        self.page: Page = browser.new_page(**{"viewport": {"width": 1400, "height": 900}, **how})
        self.trouble: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", lambda message: self.trouble.append(message.text))
        self.page.on("dialog", lambda dialog: self.trouble.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def count(self, selector: str) -> int:
        return self.page.locator(selector).count()

    def seen(self, selector: str = ".node") -> int:
        return self.page.locator(f"{selector}:visible").count()

    def of(self, script: str) -> Any:
        return self.page.evaluate(script)


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    pages: list[Shown] = []

    def shown(map_: ArgumentMap, **how: Any) -> Shown:
        pages.append(Shown(browser, tmp_path / f"{len(pages)}.html", map_, **how))
        return pages[-1]

    yield shown
    for one in pages:
        one.page.close()
        assert one.trouble == []
        assert all(address.startswith("file:") for address in one.asked)
