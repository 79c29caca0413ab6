"""`kb changes`: what is new since a date."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import Json, Limit
from commands.panels import ARGUE

PANEL = ARGUE
PAGED = True


def command(
    since: Annotated[str, typer.Argument(help="A date, a year, or words: yesterday, 'last month'.")] = "last week",
    limit: Limit = None,
    json: Json = False,
) -> None:
    """Show what changed since a date: sources, statements, links, decisions, credences, and critiques answered.

    Example: kb changes "3 days ago"
    """
    from commands.views import changes as view
    from kb.graph.questions import changes as question
    from kb.text.dates import span

    with reading() as store:
        found = question.since(store, span(since)[0].isoformat())
    if json:
        return output.as_json(view.as_json(found))
    if not found.anything:
        return output.say(f"nothing changed since {found.since}")
    return output.text(view.lines(found, limit))
