"""`kb rests-on`: what would fall with a statement."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import Json, Limit, Ref
from commands.panels import ARGUE
from commands.views.item import doubt, quote_lines

PANEL = ARGUE
PAGED = True


def command(
    ref: Ref,
    depth: Annotated[int, typer.Option(min=1, max=100, help="Steps of support to follow.")] = 5,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """Show what rests on a statement or source: what it supports, directly and further, and what else supports that.

    Example: kb rests-on c7x2 --depth 2
    """
    from kb.graph import argument_graph
    from kb.graph.questions import items, subject
    from kb.graph.questions import support as question

    with reading() as store:
        asked = subject.named(store, ref)
        found = question.rests_on(argument_graph.load(store), asked.ids, depth)
        told = found.dependents[:limit]
        edges = [edge for one in told for edge in (one.via, *one.others)]
        known = items.read(store, [asked.ids[0], *(one.id for one in told), *(edge.from_id for edge in edges)])
        links = items.read_links(store, edges)
    if json:
        return output.as_json(
            {
                "root": known[asked.ids[0]].as_json(),
                "dependents": [
                    known[one.id].as_json()
                    | {"depth": one.depth, "via": links[one.via.id], "others": [links[t.id] for t in one.others],
                       "falls": one.falls}
                    for one in told
                    if one.id in known
                ],
                "cycles": len(found.cycles),
                "beyond": found.beyond,
            }
        )  # fmt: skip
    if not told:
        return output.say("nothing recorded rests on it")
    output.text(quote_lines(known.get(asked.ids[0]), ""))
    for one in told:
        indent = "  " * one.depth
        output.text(quote_lines(known.get(one.id), indent + "+" + doubt(one.via) + " "))
        others = ", ".join(edge.from_id for edge in one.others[:4]) + ("…" if len(one.others) > 4 else "")
        left = f"keeps {output.count(len(one.others), 'other support')}: {others}" if one.others else None
        output.text(output.style(f"{indent}   {left or 'would lose all its recorded support'}", "dim"))
    falls = sum(one.falls for one in found.dependents)
    notes = [f"{falls:,} would lose all support"]
    notes += [output.count(found.beyond, "more") + f" beyond depth {depth}"] if found.beyond else []
    notes += [output.count(len(found.cycles), "circle")] if found.cycles else []
    return output.say(output.count(len(found.dependents), "statement") + ", " + ", ".join(notes))
