"""The documentation says what the program does: reference, guide, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from cli import application
from scripts.pages.commands import example
from scripts.pages.tables import filled, table
from scripts.reference import pages

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
GENERATED = pages()
app = application()
COMMANDS = [str(info.name) for info in app.registered_commands]
_LINK = re.compile(r"!?\[[^\]\n]*\]\(([^()\s]+)\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.M | re.S)
_CODE = re.compile(r"`[^`\n]+`")
_MACHINE_PATH = re.compile(r"(?<![\w/.:])/(?:work|tmp|home|root|Users|private|mnt|opt|var)/[\w.]")


@pytest.mark.parametrize("page", sorted(GENERATED), ids=lambda page: page.name)
def test_what_is_generated_is_what_the_program_gives(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == GENERATED[page], "run: python -m scripts.reference"


def test_a_table_stands_in_its_place_and_nothing_else_changes() -> None:
    place = "before\n<!-- generated: frogs -->\nold\n<!-- end -->\nafter\n"
    frogs = table(("name", ""), [("a|b", "c")])
    assert filled(place, {"frogs": frogs}) == place.replace("old\n", "| name | |\n|---|---|\n| a\\|b | c |\n")
    for tables in ({}, {"frogs": frogs, "newts": frogs}):
        with pytest.raises(ValueError, match="one place"):
            filled(place, tables)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    body, shown = example(get_command(app).commands[name].help or "")  # type: ignore[attr-defined]
    assert body
    assert shown.startswith("kb ")
    assert re.search(rf"\bkb {name}\b", shown)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    params = get_command(app).commands[name].params  # type: ignore[attr-defined]
    assert not [param.name for param in params if not param.help]


def test_the_guide_shows_only_commands_that_there_are() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^(?:\$ )?kb ([a-z][a-z-]*)", guide, re.M))
    assert len(shown) > 20
    assert shown <= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    broken = [target for target in _relative_links(page) if not _exists(page, target)]
    assert not broken


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_path_of_a_machine(page: Path) -> None:
    assert not _MACHINE_PATH.findall(page.read_text(encoding="utf-8"))


def _relative_links(page: Path) -> Iterator[str]:
    prose = _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))
    for target in _LINK.findall(prose):
        if not re.match(r"[a-z]+:", target):
            yield target


def _exists(page: Path, target: str) -> bool:
    path, _, fragment = target.partition("#")
    there = (page.parent / path).resolve() if path else page
    if not there.exists():
        return False
    return not fragment or there.suffix != ".md" or fragment in _anchors(there)


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#{1,6} +(.+?)\s*$", _FENCE.sub("", page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
