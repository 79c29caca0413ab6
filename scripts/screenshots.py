"""Draws the pictures of the README: pages of `kb serve` over the examples, in a real browser.

    python -m scripts.screenshots

It needs the packages of `.[dev]` and a Chromium (on Debian: apt install chromium).
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from server.run import Serving, prepare

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
_WIDTH, _HEIGHT = 1200, 760
_POST = "https://www.lesswrong.com/posts/Qm7tRz4KvXc2LbHn9/volunteer-records-are-not-monitoring"
_TITLE = "Volunteer Records Are Not Monitoring"


def fill(home: Path) -> None:
    """The examples, as the README adds them."""
    import cli

    post = ["add", str(ROOT / "examples" / "post.txt"), "--title", _TITLE, "--author", "Tomas Ekdahl", "--url", _POST]
    for arguments in (post, ["add", str(ROOT / "examples")]):
        assert cli.run(["--home", str(home), *arguments]) == 0


def draw(serving: Serving) -> None:
    """A text with a statement open beside it, in light; its map, in dark."""
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        size = {"width": _WIDTH, "height": _HEIGHT}
        page = browser.new_page(viewport=size, color_scheme="light", device_scale_factor=1)  # type: ignore[arg-type]
        page.goto(serving.address)
        base = serving.address.partition("/?")[0]
        page.goto(f"{base}/source/{_TITLE}")
        page.locator("#list a", has_text="A substitute for surveys").first.click()
        page.locator("#panel").wait_for()
        page.mouse.move(0, 0)
        page.wait_for_timeout(800)
        page.screenshot(path=str(PICTURES / "text.png"))
        page.emulate_media(color_scheme="dark")
        page.goto(f"{base}/map?about={_TITLE}&nodes=20")
        page.wait_for_timeout(500)
        page.screenshot(path=str(PICTURES / "map.png"))
        browser.close()


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        serving = prepare(Path(folder), 0, lambda _line: None, read_only=False)
        began = threading.Event()
        thread = threading.Thread(target=serving.run, args=(began.set,))
        thread.start()
        began.wait(10)
        try:
            draw(serving)
        finally:
            serving.stop()
            thread.join()


if __name__ == "__main__":
    main()
