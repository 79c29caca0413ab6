"""`kb config`: the settings of a home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import output
from commands.home import home
from commands.options import Json
from commands.panels import KEEP

PANEL = KEEP


def command(
    name: Annotated[str | None, typer.Argument(help="A setting; all of them without it.")] = None,
    value: Annotated[str | None, typer.Argument(help="Its new value.")] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Back to the default.")] = False,
    json: Json = False,
) -> None:
    """Show or change settings; they are kept in config.toml in the home.

    Example: kb config me "Ada Lovelace"
    """
    from kb import config as settings

    if name and value is not None:
        if name == "model":
            value = _model(value)
        settings.set_value(home(), name, value)
    elif name and unset:
        settings.unset(home(), name)
    loaded = settings.load(home())
    values = {name: loaded.value(name)} if name else loaded.by_name()
    if json:
        return output.as_json(values)
    rows = [[key, repr(value), settings.what(key)] for key, value in values.items()]
    return output.text(output.table(rows))


def _model(name: str) -> str:
    """The name, seen to be that of a model on this machine: else every search would find out. A folder in full.

    Raises:
        KbError: there is no such model.
    """
    from kb.vectors.embed.model import resolve

    folder = Path(name).expanduser()
    name = str(folder.resolve()) if name and folder.is_dir() else name
    resolve(name or None)
    output.say("`kb index`, or the next `kb add`, embeds all texts with it")
    return name
