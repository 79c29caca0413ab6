"""`kb cruxes`: what would move a statement most, for one person or for two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import LISTED, Json, Limit, Suggested, Who
from commands.panels import ARGUE
from commands.views.calculation import closing, heading
from commands.views.item import item_lines

if TYPE_CHECKING:
    from kb.graph.questions.items import Item
    from kb.graph.strength.cruxes import Cruxes
    from kb.model.json_form import JsonObject, JsonValue
    from kb.review.double_cruxes import Shared

PANEL = ARGUE
PAGED = True


def command(
    ref: Annotated[str, typer.Argument(help="A statement.")],
    suggested: Suggested = False,
    who: Who = None,
    with_: Annotated[
        str | None, typer.Option("--with", help="Second person; without it whoever else has most credences there.")
    ] = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List the statements whose removal would move one most: a calculation over the accepted graph, not a verdict.

    Where two people have credences, what moves the statement for both, and in which they differ, is a double crux.

    Example: kb cruxes c7x2 --with "Marguerite Sorel"
    """
    from kb.graph.questions import items
    from kb.graph.strength import CALCULATION
    from kb.review import double_cruxes

    with reading() as store:
        found = double_cruxes.find(store, ref, who, with_, suggested=suggested)
        listed, more = found.shared[: limit or LISTED], found.shared[limit or LISTED :]
        texts = items.read(store, [found.root, *(shared.crux.point for shared in listed)])
    first, other = found.one, found.two
    cruxes = [shared for shared in listed if shared.crux.point in texts]
    if json:
        facts = {"calculation": CALCULATION, "root": texts[found.root].as_json() | {"strength": first.strength}}
        people = {"who": found.person, "with": found.second, "with_strength": other.strength if other else None}
        counts = {"cone": first.cone, "tried": first.tried, "settled": first.settled, "more": len(more)}
        rows = [_as_json(shared, texts[shared.crux.point], other) for shared in cruxes]
        return output.as_json(facts | people | counts | {"cruxes": rows})
    output.text(heading(f"cruxes: {CALCULATION}"))
    as_well = f" ({other.strength:.2f} for {found.second})" if other else ""
    output.text(item_lines(texts[found.root], f"{first.strength:.2f}{as_well}  "))
    for shared in cruxes:
        output.text(_lines(shared, texts[shared.crux.point], found.person, found.second))
    if first.tried < first.cone:
        output.say(f"the {first.tried:,} nearest of {first.cone:,} statements that speak to it were tried")
    if not first.settled:
        output.say("circles in it did not settle; take the figures as rough")
    counted = output.count(len(cruxes), "crux", "cruxes")
    return output.say(closing(found.graph, counted, len(more), suggested=suggested))


def _as_json(shared: Shared, item: Item, other: Cruxes | None) -> JsonObject:
    """A crux as JSON has it. The figures without prefix are the first person's, those with `with_` the second's."""
    one, two = shared.one, shared.two
    return item.as_json() | {
        "distance": shared.crux.distance,
        "link": shared.crux.first.id,
        "relation": shared.crux.first.relation,
        "on": shared.crux.first.to_id,
        "strength": one.strength if one else None,
        "without": one.without if one else None,
        "change": one.change if one else 0.0,
        "credence": _bounds(shared.credence_one),
        "with_change": (two.change if two else 0.0) if other else None,
        "with_credence": _bounds(shared.credence_two),
        "double": shared.double,
    }


def _bounds(held: tuple[float, float] | None) -> JsonValue:
    return None if held is None else {"low": held[0], "high": held[1]}


def _lines(shared: Shared, item: Item, person: str, second: str | None) -> list[str]:
    from kb.review.credences import range_text

    one, two = shared.one, shared.two
    lines = item_lines(item, f"{_signed(one.change if one else 0.0)}  ")
    facts = [f"{shared.crux.first.relation} {shared.crux.first.to_id}"]
    if one and one.without is not None:
        facts.append(f"without it {one.without:.2f}")
    if second and two and two.change:
        facts.append(f"for {second} {_signed(two.change)}")
    for who, held in ((person, shared.credence_one), (second, shared.credence_two)):
        if held:
            facts.append(f"{who} believes it {range_text(*held)}")
    lines += output.wrapped("; ".join(facts), " " * 6)
    differ = [output.style("      a double crux: it moves both, and you differ", "bold")]
    return lines + (differ if shared.double else [])


def _signed(change: float) -> str:
    digits = 2 if abs(change) >= 0.005 else 4
    return f"{'−' if change < 0 else '+'}{abs(change):.{digits}f}"
