"""`kb redo`: do again what was undone."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output, progress
from commands.home import writing
from commands.options import Json
from commands.panels import KEEP
from commands.views.history import did_lines

PANEL = KEEP


def command(
    count: Annotated[int, typer.Argument(metavar="[N]", help="How many commands, the last undone one first.")] = 1,
    json: Json = False,
) -> None:
    """Do again what kb undo took back, where nothing has been written since.

    Example: kb redo
    """
    from kb.review import history
    from notes.vault.undone import keep_words

    with writing(alone=True) as store, progress.bar("doing again") as tell:
        found = history.redo(store, count, tell)
        keep_words(store, (name for one in found for name in one.sources))
    if json:
        return output.as_json({"redone": found})
    output.text(did_lines(found, "done again"))
    if not found:
        output.say("nothing was undone")
    return None
