"""`kb critiques`: what speaks against a statement, a source or what some words mean."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import FilterOptions, Json, filters
from commands.panels import ARGUE
from commands.views import critique
from commands.views.item import quote_lines

PANEL = ARGUE
PAGED = True
ROWS = "critiques"


def command(
    about: Annotated[str | None, typer.Argument(metavar="[REF|QUERY]", help="A statement, a source, or words.")] = None,
    unanswered: Annotated[bool, typer.Option("--unanswered", help="Only those that nothing recorded answers.")] = False,
    *,
    chosen: FilterOptions,
    json: Json = False,
) -> None:
    """Show what speaks against a statement, a source or what some words mean, with the recorded replies.

    Without an argument: all critiques, by what they speak against. Filters are about who makes the critique and where.

    Example: kb critiques "filters remove the bias" --unanswered
    """
    from kb.graph.questions import critique_form, items, listings
    from kb.graph.questions import critiques as question

    with reading() as store:
        listed = listings.critiques(store, about, filters(store, chosen), chosen.limit, unanswered=unanswered)
        total, found, loose, known, maybe = listed.total, listed.shown, listed.loose, listed.known, listed.maybe
        links = items.read_links(store, question.edges(found))
    if json:
        answer = {
            "about": about,
            "critiques": [critique_form.as_json(one, known, links, maybe) for one in found],
            "near": [known[name].as_json() for name in loose],
        }
        return output.as_json(answer)
    target = None
    for one in found:
        if one.target != target:
            output.text(([""] if target else []) + quote_lines(known.get(one.target), ""))
            target = one.target
        output.text(critique.lines(one, known, maybe))
    if loose:
        output.text(["", "Near in meaning; what they speak against is not recorded:"])
        output.text(line for name in loose for line in quote_lines(known.get(name), "  ~ "))
    words = ("critique without a recorded reply", "critiques without a recorded reply") if unanswered else ("critique",)
    if not found:
        return output.say(
            f"no {'unanswered ' if unanswered else ''}critique recorded" + (f" of {about}" if about else "")
        )
    return output.say(
        output.count(total, *words) + (f", {total - len(found):,} not shown" if total > len(found) else "")
    )
