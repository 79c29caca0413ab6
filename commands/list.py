"""`kb list`: the sources there are."""

from __future__ import annotations

from commands import output
from commands.home import reading
from commands.options import FilterOptions, Json, State, filters
from commands.panels import READ
from commands.views.source import source_line

PANEL = READ


def command(*, chosen: FilterOptions, state: State = "here", json: Json = False) -> None:
    """List sources, newest first; those that are gone or removed only where --state asks for them.

    Example: kb list --kind post,paper --since 2023
    """
    from kb.store import sources
    from kb.store.conditions import on_sources

    with reading() as store:
        found = sources.listed(store, on_sources(store, filters(store, chosen, state)), chosen.limit)
    if json:
        return output.as_json({"sources": found})
    output.text(source_line(row) for row in found)
    return output.say(output.count(len(found), "source"))
