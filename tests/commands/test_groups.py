"""Groups of options: what a command with them looks like to Typer, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import signature
from typing import Annotated

import pytest
import typer

from commands.groups import Without, expanded
from commands.options import FilterOptions, Json
from tests.conftest import Kb


@dataclass(frozen=True)
class Size:
    wide: Annotated[int, typer.Option(help="Columns.")]
    high: Annotated[int, typer.Option(help="Rows.")] = 2
    deep: Annotated[int | None, typer.Option(help="Layers.")] = None


def _command(name: str, size: Annotated[Size, Without("deep")], json: Json = False) -> None:
    """Draw."""
    DRAWN.append((name, size, json))


DRAWN: list[tuple[str, Size, bool]] = []


def test_a_group_stands_for_its_options_in_its_place() -> None:
    plain = expanded(_command)
    assert list(signature(plain).parameters) == ["name", "wide", "high", "json"]
    assert (plain.__name__, plain.__doc__) == ("_command", "Draw.")
    assert signature(plain).parameters["high"].default == 2
    plain(name="a", wide=3, high=4, json=True)
    assert [("a", Size(3, 4), True)] == DRAWN


def test_a_field_that_the_group_has_not_cannot_be_left_out() -> None:
    def command(size: Annotated[Size, Without("long")]) -> None: ...

    with pytest.raises(ValueError, match="Size has no long"):
        expanded(command)


def test_two_options_of_one_name_are_an_error() -> None:
    def command(chosen: FilterOptions, tag: str = "") -> None: ...

    with pytest.raises(ValueError, match="tag"):
        expanded(command)


def test_without_groups_a_command_is_called_as_it_is() -> None:
    def command(name: str = "x", json: Json = False) -> None:
        DRAWN.append((name, Size(0), json))

    expanded(command)(name="y", json=False)
    assert DRAWN[-1][0] == "y"


def test_every_filter_reaches_a_command(kb: Kb) -> None:
    text = kb("list", "--help").out
    assert all(f"--{name}" in text for name in FilterOptions.__dataclass_fields__)
    assert "--kind" not in kb("theories", "--help").out
    assert kb("theories", "--kind", "claim").code == 2
