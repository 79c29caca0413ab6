"""`kb beliefs`: what people hold, what moved, and where they differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from commands import output
from commands.groups import Without
from commands.home import reading
from commands.options import FilterOptions, Json, filters
from commands.panels import ARGUE
from commands.views.credence import belief_lines
from commands.views.statement import statement_lines, titles_of

PANEL = ARGUE
PAGED = True
ROWS = "beliefs"

_RANKED = 500  # statements that a query ranks before those that nobody has a credence in are left out


def command(
    query: Annotated[str | None, typer.Argument(help="Words or meaning to look for; all without it.")] = None,
    moved: Annotated[bool, typer.Option("--changed", help="Only those that moved: from, to, and when.")] = False,
    differ: Annotated[bool, typer.Option("--differ", help="Only those in which people differ by 0.2 or more.")] = False,
    who: Annotated[str | None, typer.Option(help="Whose; everybody's without it.")] = None,
    *,
    chosen: Annotated[FilterOptions, Without("status")],
    json: Json = False,
) -> None:
    """List credences, the newest first. --since and --until are about when they were given.

    Example: kb beliefs --changed --since "last month"
    """
    from kb.review import beliefs, credences
    from kb.store import statements

    with reading() as store:
        me = credences.own_name(store)
        found = credences.histories(store, me)
        person = credences.known_name(store, who) if who is not None else None
        wanted = beliefs.Wanted(person, _day(chosen.since, 0), _day(chosen.until, 1), moved)
        about = replace(chosen, since=None, until=None, limit=_RANKED)
        narrowed = filters(store, about)
        if query or about.kind or about.author or about.tag or about.source:
            found = beliefs.among(store, found, narrowed, query)
        rows = [one for one in beliefs.listed(found, wanted) if one.differ or not differ]
        if not query:
            rows.sort(key=lambda one: (one.at, one.statement_id), reverse=True)
        rows = rows[: chosen.limit]
        read = statements.read(store, [one.statement_id for one in rows])
        titles = titles_of(store, read.values())
    if json:
        return output.as_json({"beliefs": [one.as_json() | {"statement": read.get(one.statement_id)} for one in rows]})
    for one in rows:
        statement = read.get(one.statement_id)
        gone = [f"{one.statement_id}  (the statement is gone; kb check)"]
        output.text(statement_lines(statement, titles) if statement else gone)
        output.text(belief_lines(one, me))
    return output.say(output.count(len(rows), "statement"))


def _day(text: str | None, end: int) -> str | None:
    from kb.text.dates import span

    return None if text is None else span(text)[end].isoformat()
