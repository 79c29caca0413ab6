"""`kb links`: the links there are between statements."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import Json, Limit, Status, check_word
from commands.panels import ARGUE
from commands.views.link import link_lines

PANEL = ARGUE
PAGED = True
ROWS = "links"


def command(
    ref: Annotated[str | None, typer.Argument(help="A source or statement; all links without it.")] = None,
    relation: Annotated[str | None, typer.Option(help="supports, attacks, undercuts, restates or related.")] = None,
    basis: Annotated[str | None, typer.Option(help="authored, structure, cue, embedding, nli or llm.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also those of rules that were often wrong.")] = False,
    status: Status = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List links between statements, with why the program proposes them.

    Example: kb links --relation attacks --status suggested
    """
    from kb.model.words import BASES, RELATIONS, STATUSES
    from kb.review import calibration
    from kb.sources import resolve
    from kb.store import links

    with reading() as store:
        check_word("relation", relation, RELATIONS)
        check_word("basis", basis, BASES)
        check_word("status", status, STATUSES)
        turn = resolve.turn(store, ref) if ref else None
        named = turn or (resolve.ref(store, ref, "source", "statement", "link").id if ref else None)
        every = links.chosen(store, relation=relation, basis=basis, status=status, about=named)
        everything = all_ or status is not None
        found, hidden = calibration.visible(store, "link", every, everything=everything)
        found = found[:limit]
        if json:
            return output.as_json({"links": found})
        output.text(link_lines(store, found))
    return output.say(output.count(len(found), "link") + (f" ({hidden:,} more with --all)" if hidden else ""))
