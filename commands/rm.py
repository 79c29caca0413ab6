"""`kb rm`: take sources out, and what you wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output, progress, refs
from commands.home import reading, writing
from commands.options import DryRun, Json, Yes
from commands.panels import KEEP
from commands.views import decided
from commands.views.source import source_line

if TYPE_CHECKING:
    from kb.store.hanging import Hanging

PANEL = KEEP
_FEW = 20


def command(
    ref: Annotated[
        list[str],
        typer.Argument(metavar="REF…", help="Sources, or statements and links of your own; - reads them from stdin."),
    ],
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Take sources out of lists, search and maps, with the comments below them and your notes on them.

    Claims and links that you wrote go too; what was found in a text is put aside with kb reject. Of several all go, or
    none. A REF that is only words of a title is asked about. Nothing is lost: kb restore brings them back with all you
    decided. Adding the folder or address again does not.

    Example: kb rm ekdahl2023volunteer
    """
    from kb.sources import removal
    from kb.store import sources

    named = refs.given(ref)
    with reading() as store:
        planned = removal.plan(store, named, refs.agreeing(yes=yes or dry_run))
        hanging = list(sources.read(store, planned.hanging).values())
    if hanging:
        output.say(f"with {output.count(len(planned.hanging), 'source')} that hang on it:")
        output.say(source_line(source) for source in hanging[:_FEW])
        if len(hanging) > _FEW:
            output.say(f"… and {len(hanging) - _FEW:,} more")
    if told := _counts(planned.counts):
        output.say(f"with {told}")
    if hanging and not (dry_run or yes) and progress.can_ask() and not progress.yes_or_no("Remove them all?"):
        return output.say("nothing was removed")
    if not dry_run:
        with writing() as store:
            removal.remove(store, planned)
    with reading() as store:
        known = sources.read(store, planned.all)
        own = decided.read(store, [*planned.statements, *planned.links])
        found = [known[name] for name in planned.all]
        if json:
            return output.as_json({"removed": [*found, *own.statements], "links": own.links, "with": planned.counts})
        mark = output.style("would remove" if dry_run else "removed", "red")
        output.text(f"{mark} {source_line(source, state=False)}" for source in found[:_FEW])
        if len(found) > _FEW:
            output.text(f"… and {len(found) - _FEW:,} more")
        output.text(f"{mark} {line}" if line[:1].strip() else line for line in decided.lines(store, own))
    if not dry_run:
        one = len(found) + len(own.statements) + len(own.links) == 1
        output.say(
            f"kb restore brings {'it' if one else 'them'} back"
            if found or own.statements or own.links
            else "nothing to remove"
        )
    return None


def _counts(hanging: Hanging) -> str:
    """What goes with it, in words."""
    counts = (
        (hanging.statements, "statement"), (hanging.links, "link"), (hanging.decisions, "decision"),
        (hanging.credences, "credence"),
    )  # fmt: skip
    return ", ".join(output.count(number, what) for number, what in counts if number)
