"""`kb undo`: take back what the last commands wrote."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output, progress
from commands.home import reading, writing
from commands.options import DryRun, Json
from commands.panels import KEEP
from commands.views.history import did_lines

PANEL = KEEP


def command(
    count: Annotated[int, typer.Argument(metavar="[N]", help="How many commands, the last one first.")] = 1,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Take back the last command that wrote: what it added, removed, edited, joined or decided. kb redo does it again.

    The store is as it was before; files stay as they are, and a vault follows with the next kb sync. kb history
    lists the last commands with what they did.

    Example: kb undo
    """
    from kb.review import history
    from notes.vault.undone import keep_words

    if dry_run:
        with reading() as store:
            found = history.to_undo(store, count)
    else:
        with writing(alone=True) as store, progress.bar("undoing") as tell:
            found = history.undo(store, count, tell)
            keep_words(store, (name for one in found for name in one.sources))
    if json:
        return output.as_json({"undone": found})
    output.text(did_lines(found, "would undo" if dry_run else "undone"))
    if not found:
        output.say("nothing to undo")
    elif not dry_run:
        output.say("kb redo does it again")
    return None
