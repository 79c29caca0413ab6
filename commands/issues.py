"""`kb issues`: points on which several people or texts speak."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import LISTED, FilterOptions, Json, filters
from commands.panels import ARGUE
from commands.views import issue

PANEL = ARGUE
PAGED = True
ROWS = "issues"


def command(
    about: Annotated[
        str | None, typer.Argument(metavar="[QUERY|REF]", help="Words, a statement, a source, or an issue's id.")
    ] = None,
    *,
    chosen: FilterOptions,
    json: Json = False,
) -> None:
    """Show points on which several people or texts speak, for or against: who says what, and what nobody answered.

    With the id of an issue (`kb issues i7x2`): all that is said on it. Filters leave issues in which a statement meets
    them.

    Example: kb issues "private farmland"
    """
    from kb.graph.questions import items
    from kb.review.issue_list import listing

    with reading() as store:
        found = listing(store, filters(store, chosen), about)
        shown = found.issues[: chosen.limit or (None if json else LISTED)]
        known = items.read(store, issue.items_of(shown)) if found.one and not json else {}
    if json:
        return output.as_json({"issues": shown})
    if found.one:
        return output.text(issue.whole(shown[0], known))
    for one in shown:
        output.text(issue.lines(one))
    if not shown:
        return output.say("no issue" + (f" about {about}" if about else ""))
    rest = len(found.issues) - len(shown)
    return output.say(output.count(len(found.issues), "issue") + (f", {rest:,} not shown" if rest else ""))
