"""`kb search -i`, driven by keys on a screen without a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from commands.interactive.live import Live
from kb.citations.block_quote import block_quote
from kb.model.filters import Filters
from kb.model.found import Locator, SourceHead
from kb.store.open import open_reader
from tests.conftest import Kb

TEXTS = {
    "owls": "# Owls\n\nI think that owls hunt by ear.\n\nThey turn their heads [bold]far[/bold] at night.\n",
    "moles": "# Moles\n\nI doubt that moles see anything at all, and nobody has shown it.\n",
}


@pytest.fixture
def app(kb: Kb, tmp_path: Path) -> Live:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.md").write_text(text)
    kb("add", tmp_path / "owls.md", tmp_path / "moles.md", "--no-embed")
    return Live(open_reader(tmp_path / "home"), "", "passages", "lexical", Filters())


def drive(app: Live, steps: Callable[[Pilot[Any]], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await steps(pilot)

    asyncio.run(run())


async def settled(pilot: Pilot[Any], done: Callable[[], bool]) -> None:
    for _ in range(200):
        await pilot.pause(0.02)
        if done():
            return
    raise AssertionError("it never came")


def shown(app: Live) -> str:
    return str(app.query_one("#shown", Static).content)


def test_hits_change_as_one_types_and_one_is_shown_in_its_context(app: Live) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press(*"owls")
        await settled(pilot, lambda: len(app.hits) >= 1)
        await settled(pilot, lambda: "turn their heads [bold]far[/bold]" in shown(app))
        await pilot.press("ctrl+a", "ctrl+k", *"moles")
        await settled(pilot, lambda: bool(app.hits) and app.hits[0].unit.source.title == "Moles")
        await settled(pilot, lambda: "nobody has shown it" in shown(app))

    drive(app, steps)


def test_the_quote_is_copied_with_where_it_stands_and_the_map_is_drawn(app: Live) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press(*"moles", "enter")
        await settled(pilot, lambda: bool(app.hits))
        await pilot.press("ctrl+y")
        hit = app.hits[0]
        assert app.clipboard == block_quote(hit.unit.text, hit.unit.source, hit.unit.locator)
        assert app.clipboard.startswith("> I doubt that moles")
        await pilot.press("ctrl+g")
        await settled(pilot, lambda: "Moles" in shown(app))

    drive(app, steps)


@pytest.mark.parametrize("typed", ["", '"', "(((", "author:", "\u0301", "[red]"])
def test_nothing_typed_breaks_it(app: Live, typed: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press(*typed, "space")
        await pilot.pause(0.4)
        await pilot.press("ctrl+y", "ctrl+g", "down", "enter", "escape")
        assert app.query_one("#hits", OptionList).option_count == len(app.hits)

    drive(app, steps)


def test_it_needs_a_terminal(kb: Kb) -> None:
    ran = kb("search", "-i")
    assert ran.code == 2
    assert "terminal" in ran.err
    assert kb("search").code == 2


def test_a_citation_names_speaker_title_date_and_place() -> None:
    source = SourceHead(
        id="s1",
        citekey="lee2023owls",
        kind="post",
        title="On [owls]",
        authors=("Ann Lee", "Bo Ek"),
        url="https://example.org/o",
        published="2023-04-05T10:00:00Z",
    )
    locator = Locator(("A", "B"), "Cy", 0, 20, 4)
    assert block_quote("Owls hunt.\n\nBy ear.", source, locator) == (
        "> Owls hunt.\n>\n> By ear.\n>\n"
        "> — Cy, in Ann Lee, Bo Ek, [On (owls)](https://example.org/o), 2023-04-05, B, p. 4, @lee2023owls"
    )
