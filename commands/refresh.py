"""`kb refresh`: has what was fetched changed?"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import Json, writing

if TYPE_CHECKING:
    from importers.report import Report
    from importers.web.base import Known, Options
    from importers.web.client import Client


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
    from commands.add import embed_new, show_report, ticker
    from importers import intake
    from importers.report import Given, Report
    from importers.web.base import Options
    from kb.errors import EXIT_PARTIAL

    options = Options(refresh=True)
    with writing() as store:
        connection = store.reader()
        known = _fetched(connection, refs or [])
        connection.close()
        with intake.client_for(store, options, allow_private=allow_private) as client:
            changed, report = _changed(known, client, options)
        with ticker("asking") as tick:
            run = intake.run(store, changed, Given(), lambda: b"", tick, options, allow_private=allow_private)
        intake.describe(store, report)
        if embed and run.counts["added"] + run.counts["updated"]:
            embed_new(store)
    show_report(Report([*report.items, *run.items], run.skipped, run.problems), json=json)
    if report.counts["failed"] + run.counts["failed"]:
        raise typer.Exit(EXIT_PARTIAL)


def _changed(known: Mapping[str, Known], client: Client, options: Options) -> tuple[list[str], Report]:
    """The addresses to fetch again, and a report of those that need not be."""
    from importers.report import Report
    from importers.web.registry import fetcher
    from kb.errors import KbError

    report = Report()
    by_fetcher: dict[str, dict[str, Known]] = {}
    for name, one in known.items():
        by = fetcher(one.url)
        by_fetcher.setdefault(by.name if by else "", {})[name] = one
    changed: list[str] = []
    for group in by_fetcher.values():
        by = fetcher(next(iter(group.values())).url)
        try:
            stale = (
                by.stale(list(group.values()), client, options) if by and by.stale else [k.url for k in group.values()]
            )
        except KbError as error:
            for one in group.values():
                report.fail(one.url, error)
            continue
        changed += stale
        for name, one in group.items():
            if one.url not in stale:
                report.took(one.url, "unchanged", name)
    return changed, report


def _fetched(connection: sqlite3.Connection, refs: list[str]) -> dict[str, Known]:
    """What is asked about, by id: the sources named, else all that were fetched; a comment goes with its post.

    Raises:
        UsageError: a source has no address.
    """
    from importers.web.base import Known
    from kb.errors import UsageError
    from kb.sources import resolve
    from kb.store import sources

    fetched = "s.importer IN ('forum', 'arxiv', 'web') AND s.kind <> 'comment' AND s.url IS NOT NULL"
    ids = [resolve.source(connection, ref) for ref in refs] or [s["id"] for s in sources.listed(connection, fetched)]
    found = {}
    for name, source in sources.read(connection, ids).items():
        if not source["url"]:
            raise UsageError(f"{source['title']!r} has no address", "add its text again from the file")
        found[name] = Known(source["url"], source["external_ids"], sources.original(connection, name))
    return found
