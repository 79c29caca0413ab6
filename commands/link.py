"""`kb link`: a person's own link."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading, writing
from commands.options import Json
from commands.panels import ARGUE
from commands.views import decided

PANEL = ARGUE


def command(
    from_: Annotated[str, typer.Argument(metavar="FROM", help="A statement or source.")],
    relation: Annotated[str, typer.Argument(help="supports, attacks, undercuts, restates or related.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="A statement or source; a link for undercuts.")],
    json: Json = False,
) -> None:
    """Link two statements.

    Example: kb link c7x2 attacks c9k4
    """
    from kb.review import write

    with writing() as store:
        name = write.link(store, from_, relation, to)
    with reading() as store:
        found = decided.read(store, [name])
        if json:
            return output.as_json(found)
        return output.text(decided.lines(store, found))
