"""`kb run`: do a command that was kept under a name."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.home import SETTINGS, home
from commands.kept import known
from commands.panels import KEEP

PANEL = KEEP
CONTEXT = {"ignore_unknown_options": True}


def command(
    name: Annotated[str, typer.Argument(help="The name that kb save gave it.")],
    more: Annotated[list[str] | None, typer.Argument(metavar="[MORE…]", help="Words and options to add to it.")] = None,
) -> None:
    """Do a command that kb save keeps, with more words or options where some are given.

    Example: kb run open-points --json
    """
    assert SETTINGS.run is not None
    raise typer.Exit(SETTINGS.run(["--home", str(home()), *known(name), *(more or [])]))
