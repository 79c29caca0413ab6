"""`kb rm`: take sources out."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output, progress
from commands.home import reading, writing
from commands.options import DryRun, Json, Yes
from commands.panels import KEEP
from commands.views.source import source_line

PANEL = KEEP
_FEW = 20


def command(
    refs: Annotated[list[str], typer.Argument(metavar="REF…", help="Sources, or statements of your own.")],
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Take sources out of lists, search and maps, with the comments below them and your notes on them.

    Nothing is lost: kb restore brings them back with all you decided. Adding the folder or address again does not.

    Example: kb rm ekdahl2023volunteer
    """
    from kb.sources import removal
    from kb.store import sources

    with reading() as store:
        planned = removal.plan(store, refs)
        hanging = list(sources.read(store, planned.hanging).values())
    if hanging:
        output.say(f"with {output.count(len(planned.hanging), 'source')} that hang on it:")
        output.say(source_line(source) for source in hanging[:_FEW])
        if len(hanging) > _FEW:
            output.say(f"… and {len(hanging) - _FEW:,} more")
        if not (dry_run or yes) and progress.can_ask() and not progress.yes_or_no("Remove them all?"):
            return output.say("nothing was removed")
    if not dry_run:
        with writing() as store:
            removal.remove(store, planned)
    with reading() as store:
        known = sources.read(store, planned.all)
    found = [known[name] for name in planned.all]
    if json:
        return output.as_json({"removed": found})
    mark = output.style("would remove" if dry_run else "removed", "red")
    output.text(f"{mark} {source_line(source, state=False)}" for source in found[:_FEW])
    if len(found) > _FEW:
        output.text(f"… and {len(found) - _FEW:,} more")
    if not dry_run:
        output.say("kb restore brings it back" if found else "nothing to remove")
    return None
