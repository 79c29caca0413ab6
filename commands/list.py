"""`kb list`: the sources there are."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import FilterOptions, Json, State, filters
from commands.panels import READ
from commands.views.source import source_line

PANEL = READ
PAGED = True
ROWS = "sources"


def command(
    *,
    chosen: FilterOptions,
    state: State = "here",
    stubs: Annotated[
        bool, typer.Option("--stubs", help="Also what is known only because a text refers to it.")
    ] = False,
    sort: Annotated[
        str,
        typer.Option("--sort", help="published, added, updated, title, kind, karma, rating …; -karma turns it round."),
    ] = "published",
    json: Json = False,
) -> None:
    """List sources, newest first or by --sort; those that are gone or removed only where --state asks for them.

    What is known only because a text refers to it is left out, unless --stubs, --kind stub, --source or --reading asks
    for it.

    Example: kb list --kind post,paper --since 2023 --sort karma
    """
    from kb.model.sorting import sort_of
    from kb.store import figures, sources
    from kb.store.conditions import STUB, every, negated, on_sources

    order = sort_of(sort)
    with reading() as store:
        asked = filters(store, chosen, state)
        wanted, hidden = on_sources(store, asked), 0
        if not (stubs or "stub" in asked.kind or asked.source or set(asked.reading) - {"none"}):
            hidden = figures.sources_with(store, every([wanted, STUB]))
            wanted = every([wanted, negated(STUB)])
        found = sources.listed(store, wanted, chosen.limit, order)
    if json:
        output.as_json({"sources": found})
    else:
        output.text(source_line(row, fact=order.field) for row in found)
    beside = f"; {output.count(hidden, 'stub')} left out, --stubs lists them too" if hidden else ""
    if beside or not json:
        output.say(output.count(len(found), "source") + beside)
