"""`kb chain`: how two statements hang together."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import Json
from commands.panels import ARGUE
from commands.views.item import doubt, quote_lines

PANEL = ARGUE
PAGED = True


def command(
    first: Annotated[str, typer.Argument(metavar="A", help="A statement or source.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    related: Annotated[bool, typer.Option("--related", help="Follow unsigned links as well as signed ones.")] = False,
    json: Json = False,
) -> None:
    """Show the shortest chain of links between two statements or sources; unsigned ones only where nothing else leads.

    Example: kb chain c7x2 c9k4
    """
    from kb.graph.questions import chain as question
    from kb.graph.questions import items, subject

    with reading() as store:
        ends = subject.named(store, first).ids, subject.named(store, second).ids
        steps = question.between(store, *ends, related=related)
        names = [name for step in steps for name in (step.start, step.end, step.edge.from_id, step.edge.to_id)]
        known = items.read(store, names)
        links = items.read_links(store, [step.edge for step in steps])
    if json:
        return output.as_json(
            {
                "from": ends[0][0],
                "to": ends[1][0],
                "steps": [
                    {
                        "from": known[s.start].as_json() if s.start in known else {"id": s.start, "kind": "link"},
                        "reads": s.words,
                        "to": known[s.end].as_json() if s.end in known else {"id": s.end, "kind": "link"},
                        "link": links[s.edge.id],
                    }
                    for s in steps
                ],
            }
        )
    if not steps:
        same = set(ends[0]) & set(ends[1])
        return output.say("both name the same statement" if same else f"no chain of links from {first} to {second}")
    output.text(quote_lines(known.get(steps[0].start), "", steps[0].start))
    for step in steps:
        why = f"[{step.edge.basis}{doubt(step.edge)}] {step.edge.id}"
        output.text(f"  {output.style(step.words, 'bold')} {output.style(why, 'dim')}")
        output.text(quote_lines(known.get(step.end), "", step.end))
    unsigned = sum(step.edge.relation == "related" for step in steps)
    return output.say(output.count(len(steps), "link") + (f", {unsigned} of them unsigned" if unsigned else ""))
