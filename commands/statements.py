"""`kb statements`: the statements there are, or those that a query finds."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import FilterOptions, Json, filters
from commands.panels import ARGUE
from commands.views.statement import statement_lines, titles_of

PANEL = ARGUE
PAGED = True
ROWS = "statements"


def command(
    query: Annotated[str | None, typer.Argument(help="Words or meaning to look for; all without it.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also what the program is not sure of.")] = False,
    unanswered: Annotated[
        bool,
        typer.Option("--unanswered", help="Only critiques that attack something and that nothing recorded attacks."),
    ] = False,
    no_evidence: Annotated[
        bool, typer.Option("--no-evidence", help="Only claims and theories that nothing recorded supports.")
    ] = False,
    *,
    chosen: FilterOptions,
    json: Json = False,
) -> None:
    """List statements with who makes them and where; suggested ones carry a question mark.

    Example: kb statements --kind critique --author Okafor
    """
    from kb.review.statement_list import listing

    with reading() as store:
        narrowed = filters(store, chosen)
        found = listing(
            store, narrowed, query,
            unanswered=unanswered, without_evidence=no_evidence, everything=all_,
        )  # fmt: skip
        most = narrowed.limit if query else chosen.limit
        statements = found.statements[:most]
        titles = {} if json else titles_of(store, statements)
    if json:
        return output.as_json({"statements": statements})
    for statement in statements:
        output.text(statement_lines(statement, titles))
    unsure = f" ({found.hidden:,} more with --all)" if found.hidden and not all_ else ""
    return output.say(output.count(len(statements), "statement") + unsure)
