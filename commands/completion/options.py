"""The options of `kb` itself that install completion, or show what would be installed. They answer at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output


def _install(value: bool) -> None:
    if value:
        from commands.completion import scripts

        shell = scripts.current()
        output.say(f"{scripts.install(shell, Path.home())}: it completes in the next {shell} that you start")
        raise typer.Exit


def _show(value: bool) -> None:
    if value:
        from commands.completion import scripts

        output.text(scripts.SCRIPTS[scripts.current()].rstrip("\n"))
        raise typer.Exit


_INSTALL = "Let the shell complete what you type: bash, zsh, fish."
_SHOW = "Print the script that does it, to put it somewhere yourself."
InstallCompletion = Annotated[
    bool, typer.Option("--install-completion", is_eager=True, callback=_install, help=_INSTALL)
]
ShowCompletion = Annotated[bool, typer.Option("--show-completion", is_eager=True, callback=_show, help=_SHOW)]
