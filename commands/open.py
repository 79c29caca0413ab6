"""`kb open`: the page or file behind a source, a passage or a statement."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import Json
from commands.panels import READ

PANEL = READ


def command(
    ref: Annotated[str, typer.Argument(help="A source, statement or passage.")],
    print_: Annotated[bool, typer.Option("--print", help="Only print the address or path.")] = False,
    json: Json = False,
) -> None:
    """Open a source where it can be read in full: its web page, at the words meant, or its file.

    Example: kb open "Volunteer Records Are Not Monitoring"
    """
    from kb.errors import KbError
    from kb.sources import locate

    with reading() as store:
        place = locate.place(store, ref)
    if not print_ and typer.launch(place) != 0:
        raise KbError(f"nothing here can open {place}", "`kb open --print` prints it")
    if json:
        output.as_json({"place": place, "opened": not print_})
    else:
        output.text(place)
