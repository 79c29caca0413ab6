"""`kb refresh`: has what was fetched changed?"""

from __future__ import annotations

from typing import Annotated

import typer

from commands import embedding, output, progress
from commands.home import writing
from commands.options import AllowPrivate, Json
from commands.panels import READ
from commands.views import report as view

PANEL = READ


def command(
    refs: Annotated[list[str] | None, typer.Argument(metavar="[REF…]", help="Sources; all that were fetched.")] = None,
    allow_private: AllowPrivate = False,
    embed: Annotated[bool, typer.Option(help="Make vectors for what is new.")] = True,
    json: Json = False,
) -> None:
    """Ask the sites again, take up what changed, and keep statements whose quotes still stand.

    Changed votes are no change. What went in by file is not asked for.

    Example: kb refresh "Volunteer Records Are Not Monitoring"
    """
    from importers.refresh import refresh
    from importers.report import as_json
    from kb.errors import EXIT_PARTIAL

    with writing() as store:
        with progress.ticker("asking") as tick:
            report = refresh(store, refs or [], tick, allow_private=allow_private)
        stopped = embedding.catch_up(store) if embed else ""
    output.say(report.skipped)
    if json:
        output.as_json(as_json(report))
    else:
        output.text(view.lines(report))
        output.say(view.remarks(report))
    embedding.end(stopped)
    if report.counts["failed"]:
        raise typer.Exit(EXIT_PARTIAL)
