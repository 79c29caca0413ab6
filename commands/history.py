"""`kb history`: what the last commands did, or what happened to one source, statement, link or person."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import Json, Limit
from commands.panels import KEEP
from commands.views.history import did_lines, event_lines

PANEL = KEEP
PAGED = True
ROWS = "history"
_LISTED = 20


def command(
    ref: Annotated[
        str | None, typer.Argument(metavar="[REF]", help="A source, statement or link, or the name of a person.")
    ] = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """Show what the last commands did; or all that happened to one thing, oldest first.

    Example: kb history ekdahl2023volunteer
    """
    from kb.review import history

    with reading() as store:
        if ref is None:
            did = history.last(store, limit or _LISTED)
            if json:
                return output.as_json({"history": did})
            output.text(did_lines(did))
            return output.say([] if did else "nothing was written yet")
        found = history.of_ref(store, ref)
    found = found[-limit:] if limit else found
    if json:
        return output.as_json({"history": found})
    output.text(event_lines(found))
    return output.say([] if found else "nothing is known of it")
