"""`kb refresh`: has what was fetched changed?"""

from __future__ import annotations

import sqlite3
from typing import Annotated

import typer

from commands import output
from commands.context import Json, reading, writing


def refresh(
    refs: Annotated[list[str] | None, typer.Argument(metavar="[REF…]", help="Sources; all that were fetched.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses that are not public, too.")
    ] = False,
    embed: Annotated[bool, typer.Option(help="Make vectors for what is new.")] = True,
    json: Json = False,
) -> None:
    """Ask the sites again, take up what changed, and keep statements whose quotes still stand.

    Changed votes are no change. What went in by file is not asked for.

    Example: kb refresh "Volunteer Records Are Not Monitoring"
    """
    from commands import intake
    from commands.add import embed_new, show_report, ticker
    from commands.report import Given
    from importers.fetching import Options
    from kb.errors import EXIT_PARTIAL

    with reading() as connection:
        targets = _addresses(connection, refs or [])
    if not targets:
        output.say("nothing here was fetched from the web")
        return output.as_json({"items": [], "counts": {}}) if json else None
    with writing() as store:
        with ticker("asking") as tick:
            options = Options(refresh=True)
            report = intake.run(store, targets, Given(), lambda: b"", tick, options, allow_private=allow_private)
        if embed and report.counts["added"] + report.counts["updated"]:
            embed_new(store)
    show_report(report, json=json)
    if report.counts["failed"]:
        raise typer.Exit(EXIT_PARTIAL)
    return None


def _addresses(connection: sqlite3.Connection, refs: list[str]) -> list[str]:
    """The URLs to ask; a comment is asked for with its post."""
    from kb import resolve
    from kb.errors import UsageError
    from kb.store import sources

    if not refs:
        fetched = "s.importer IN ('forum', 'arxiv', 'web') AND s.kind <> 'comment' AND s.url IS NOT NULL"
        return [source["url"] for source in sources.listed(connection, fetched)]
    found = []
    for ref in refs:
        source = sources.read(connection, [name := resolve.source(connection, ref)])[name]
        if not source["url"]:
            raise UsageError(f"{source['title']!r} has no address", "add its text again from the file")
        found.append(source["url"])
    return found
