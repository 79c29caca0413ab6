"""`kb compare`: where two people or texts disagree and agree."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import home, reading
from commands.options import Json
from commands.panels import ARGUE

PANEL = ARGUE
PAGED = True


def command(
    first: Annotated[str, typer.Argument(metavar="A", help="A person by name, or a source.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    limit: Annotated[int | None, typer.Option("-n", "--limit", min=1, help="Subjects in each section.")] = None,
    json: Json = False,
) -> None:
    """Show where two people, or two texts, disagree and agree, in their own words.

    Example: kb compare Ekdahl Sorel
    """
    from commands.views import comparison
    from kb import config
    from kb.graph import argument_graph
    from kb.graph.questions import compare as question
    from kb.graph.questions import comparison_form, parties

    with reading() as store:
        sides = parties.both(store, first, second)
        graph = argument_graph.load(store, relations=(*argument_graph.SIGNED, "restates", "related"))
        least = config.load(home()).statement_threshold
        found = question.compare(store, graph, sides, least)
    if json:
        return output.as_json(comparison_form.as_json(found, limit))
    if not found.said and not found.both:
        return output.say(f"nothing recorded that {sides[0].label} or {sides[1].label} says")
    output.say(comparison.remarks(found))
    return output.text(comparison.lines(found, limit))
