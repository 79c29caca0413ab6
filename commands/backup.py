"""`kb backup`: a copy of the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.home import home
from commands.options import Json, Yes
from commands.panels import KEEP

PANEL = KEEP


def command(
    file: Annotated[Path, typer.Argument(help="The copy to write.")],
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Copy the store, whole and consistent, even while it is in use.

    Example: kb backup ~/backups/kb-2024-06-01.sqlite
    """
    from kb.errors import KbError
    from kb.store import open

    if file.exists() and not yes:
        raise KbError(f"{file} exists", "choose another name, or --yes to replace it")
    size = open.backup(home(), file)
    if json:
        output.as_json({"file": str(file), "bytes": size})
    else:
        output.text(f"{file}  {size:,} bytes")
