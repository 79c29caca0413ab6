"""`kb cruxes`: what would move a statement most, for one person or for two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import output
from commands.options import Json, Limit, home, reading
from commands.views.calculation import MOST, Suggested, Who, credences_of, heading, item_lines, load, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.graph.questions.items import Item
    from kb.graph.strength.cruxes import Cruxes
    from kb.graph.strength.double import Shared


def cruxes(
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
    from kb.errors import NotFoundError
    from kb.graph.questions import items
    from kb.graph.strength import CALCULATION, double
    from kb.graph.strength.cruxes import cone
    from kb.graph.strength.cruxes import cruxes as search
    from kb.review import credences
    from kb.sources import resolve

    with reading() as connection:
        root = resolve.ref(connection, ref, "statement", "source")[1]
        argument = load(connection, suggested)
        given = credences.histories(connection, credences.own_name(home()))
        person, base = credences_of(connection, given, who)
        if root not in argument.points:
            raise NotFoundError(f"{root} takes no part in arguments", "it was rejected, its quote is lost, or no link "
                                "leads to it; kb show says which")  # fmt: skip
        if with_ is not None:
            second: str | None = credences.known_name(connection, with_, credences.own_name(home()))
        else:
            second = double.other_person(given, person, cone(argument, root))
        first = search(argument, root, base)
        theirs = credences.of_person(given, second) if second else {}
        other = search(argument, root, theirs) if second else None
        found = double.merge(first, other, base, theirs)
        shown = found[: limit or MOST]
        texts = items.read(connection, [root, *(shared.crux.point for shared in shown)])
    told = [_row(shared, texts[shared.crux.point], other) for shared in shown if shared.crux.point in texts]
    if json:
        facts = {"calculation": CALCULATION, "root": texts[root].as_dict() | {"strength": first.strength}}
        people = {"who": person, "with": second, "with_strength": other.strength if other else None}
        counts = {"cone": first.cone, "tried": first.tried, "settled": first.settled, "more": len(found) - len(shown)}
        return output.as_json(facts | people | counts | {"cruxes": told})
    heading(f"cruxes: {CALCULATION}")
    as_well = f" ({other.strength:.2f} for {second})" if other else ""
    output.text(item_lines(texts[root], f"{first.strength:.2f}{as_well}  "))
    for row in told:
        output.text(_lines(row, texts[row["id"]], person, second))
    if first.tried < first.cone:
        output.say(f"the {first.tried:,} nearest of {first.cone:,} statements that speak to it were tried")
    if not first.settled:
        output.say("circles in it did not settle; take the figures as rough")
    return tell(argument, suggested, len(told), len(found) - len(shown), "crux")


def _row(shared: Shared, item: Item, other: Cruxes | None) -> dict[str, Any]:
    """A crux as JSON has it. The figures without prefix are the first person's, those with `with_` the second's."""
    one, two = shared.one, shared.two
    return item.as_dict() | {
        "distance": shared.crux.distance,
        "link": shared.crux.first.id,
        "relation": shared.crux.first.relation,
        "on": shared.crux.first.end,
        "strength": one.strength if one else None,
        "without": one.without if one else None,
        "change": one.change if one else 0.0,
        "credence": _bounds(shared.credence_one),
        "with_change": (two.change if two else 0.0) if other else None,
        "with_credence": _bounds(shared.credence_two),
        "double": shared.double,
    }


def _bounds(held: tuple[float, float] | None) -> dict[str, float] | None:
    return None if held is None else {"low": held[0], "high": held[1]}


def _lines(row: Mapping[str, Any], item: Item, person: str, second: str | None) -> list[str]:
    from kb.review.credences import shown

    lines = item_lines(item, f"{_signed(row['change'])}  ")
    facts = [f"{row['relation']} {row['on']}"]
    if row["without"] is not None:
        facts.append(f"without it {row['without']:.2f}")
    if second and row["with_change"]:
        facts.append(f"for {second} {_signed(row['with_change'])}")
    for who, held in ((person, row["credence"]), (second, row["with_credence"])):
        if held:
            facts.append(f"{who} believes it {shown(held['low'], held['high'])}")
    lines += output.wrapped("; ".join(facts), " " * 6)
    return lines + (
        [output.style("      a double crux: it moves both, and you differ", "bold")] if row["double"] else []
    )


def _signed(change: float) -> str:
    digits = 2 if abs(change) >= 0.005 else 4
    return f"{'−' if change < 0 else '+'}{abs(change):.{digits}f}"
