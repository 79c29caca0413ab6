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
    from kb.graph import argument_graph
    from kb.graph.questions import candidates, critique_form, critiques, items, subject
    from kb.graph.questions import theories as question
    from kb.store import statements

    with reading() as store:
        graph = argument_graph.load(store)
        among = subject.find(store, about, "theory_of_impact").ids if about is not None else None
        allowed = statements.ids_left(store, filters(store, chosen))
        found = [t for t in question.of(graph, among) if allowed is None or t.id in allowed]
        found = [t for t in found if not (open_ and t.critiques)]
        without = sum(not t.critiques for t in found)
        total, found = len(found), found[: chosen.limit]
        every = [one for theory in found for one in theory.critiques]
        known = items.read(store, [*(t.id for t in found), *critiques.ends(every)])
        links = items.read_links(store, critiques.edges(every))
        maybe = candidates.of(store, graph, every)
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
    return output.say(output.count(total, "theory", "theories") + f", {without:,} without a critique{rest}")
