"""`kb theories`: theories of impact, and what speaks against each."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.groups import Without
from commands.home import reading
from commands.options import FilterOptions, Json, filters
from commands.panels import ARGUE
from commands.views import critique
from commands.views.item import quote_lines

PANEL = ARGUE
PAGED = True
ROWS = "theories"


def command(
    about: Annotated[str | None, typer.Argument(metavar="[QUERY|REF]", help="A line of work, or a source.")] = None,
    open_: Annotated[bool, typer.Option("--without-critique", help="Only those nobody has criticised yet.")] = False,
    *,
    chosen: Annotated[FilterOptions, Without("kind")],
    json: Json = False,
) -> None:
    """Show theories of impact with what speaks against each, and which have no critique yet.

    Example: kb theories --tag recording --without-critique
    """
    from kb.graph.questions import critique_form, critiques, items, listings

    with reading() as store:
        listed = listings.theories(store, about, filters(store, chosen), chosen.limit, alone=open_)
        total, found, known, maybe = listed.total, listed.shown, listed.known, listed.maybe
        links = items.read_links(store, critiques.edges(listed.critiques))
    if json:
        answer = [
            known[t.id].as_json()
            | {"critiques": [critique_form.as_json(one, known, links, maybe) for one in t.critiques]}
            for t in found
            if t.id in known
        ]
        return output.as_json({"theories": answer})
    for number, theory in enumerate(found):
        output.text(([""] if number else []) + quote_lines(known.get(theory.id), ""))
        for one in theory.critiques:
            output.text(critique.lines(one, known, maybe))
        if not theory.critiques:
            output.text("  no critique recorded")
    if not found:
        return output.say("no theory of impact recorded" + (f" about {about}" if about else ""))
    rest = f", {total - len(found):,} not shown" if total > len(found) else ""
    return output.say(output.count(total, "theory", "theories") + f", {listed.without:,} without a critique{rest}")
