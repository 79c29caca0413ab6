"""`kb stands`: which statements stand, given the recorded critiques and replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from commands import output
from commands.home import reading
from commands.options import LISTED, AboutOrAll, Json, Limit, Suggested
from commands.panels import ARGUE
from commands.views.calculation import closing, heading
from commands.views.item import item_lines, link_name
from kb.text.strings import clip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.graph.questions.items import Item
    from kb.graph.strength.grounded import Grounded, Reason
    from kb.model.json_form import JsonObject

PANEL = ARGUE
PAGED = True

_ATTACKS = 6  # shown of one statement; JSON has them all


def command(
    about: AboutOrAll = None,
    suggested: Suggested = False,
    label: Annotated[Literal["in", "out", "undecided"] | None, typer.Option(help="Only those that are so.")] = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """Tell what stands, given the recorded critiques and replies: a calculation over the accepted graph.

    A statement falls to a critique that nothing recorded answers; it stands again where the critique falls.

    Example: kb stands --label out
    """
    from kb.graph.questions import items
    from kb.graph.strength import CALCULATION
    from kb.graph.strength.grounded import LABELS, ground
    from kb.review import calculation

    with reading() as store:
        argument = calculation.load(store, suggested=suggested)
        found = ground(argument)
        names = calculation.asked_about(store, about, argument).points
        if about is None:
            names = calculation.contested(found, names)
        counts = {one: sum(found.of(name) == one for name in names) for one in LABELS}
        names = [name for name in names if label in (None, found.of(name))]
        names, more = names[: limit or LISTED], names[limit or LISTED :]
        reasons = {name: found.reasons(name) for name in names}
        texts = items.read(store, [*names, *_speakers(reason for every in reasons.values() for reason in every)])
    rows: list[dict[str, Any]] = [
        texts[name].as_json() | {"label": found.of(name), "reasons": [_reason(one, texts) for one in reasons[name]]}
        for name in names
        if name in texts
    ]
    if json:
        facts = {"calculation": CALCULATION, "suggested": suggested, "links": len(argument.edges)}
        return output.as_json(facts | {"counts": counts, "more": len(more), "statements": rows})
    output.text(heading(f"what stands, given the recorded critiques and replies: {CALCULATION}"))
    for row in rows:
        output.text(item_lines(texts[row["id"]], f"{output.style(row['label'].upper(), 'bold')}  "))
        output.text(_trail(found, texts, row["id"], reasons[row["id"]]))
    labels = ", ".join(f"{count:,} {one}" for one, count in counts.items() if count)
    last = closing(argument, output.count(len(rows), "statement"), len(more), suggested=suggested)
    return output.say(last + (f" ({labels})" if argument.edges and labels else ""))


def _speakers(reasons: Iterable[Reason]) -> set[str]:
    found: set[str] = set()
    for reason in reasons:
        found |= {reason.edge.from_id} | _speakers(reason.answered)
    return found


def _reason(reason: Reason, texts: Mapping[str, Item]) -> JsonObject:
    edge = reason.edge
    return {
        "link": edge.id,
        "from": edge.from_id,
        "relation": edge.relation,
        "on": edge.to_id,
        "label": reason.label,
        "text": texts[edge.from_id].text if edge.from_id in texts else "",
        "answered_by": [_reason(one, texts) for one in reason.answered],
    }


def _trail(found: Grounded, texts: Mapping[str, Item], name: str, reasons: Iterable[Reason]) -> list[str]:
    """Why a statement has its label, a line a step."""

    def who(reason: Reason) -> str:
        text = texts[reason.edge.from_id].text if reason.edge.from_id in texts else ""
        return f"{reason.edge.from_id} “{clip(text, 120)}” [{link_name(reason.edge)}]"

    def falls(reason: Reason, indent: str) -> list[str]:
        unanswered = not found.attacks.get(reason.edge.from_id) and not found.attacks.get(reason.edge.id)
        end = "; nothing recorded answers it" if unanswered else ""
        verb = "its link is undercut by" if reason.edge.relation == "undercuts" else "falls to"
        lines = output.wrapped(f"{verb} {who(reason)}{end}", indent + "  ", indent)
        return lines + [line for one in reason.answered for line in fails(one, indent + "  ")]

    def fails(reason: Reason, indent: str) -> list[str]:
        lines = output.wrapped(f"against it, but in vain: {who(reason)}", indent + "  ", indent)
        return lines + [line for one in reason.answered for line in falls(one, indent + "  ")]

    given, lines = list(reasons), []
    label = found.of(name)
    for reason in given[:_ATTACKS]:
        if label == "undecided":
            mutual = any(edge.from_id == name for edge in found.attacks.get(reason.edge.from_id, ()))
            end = "they attack each other, and nothing recorded settles it" if mutual else "undecided itself"
            lines += output.wrapped(f"open: {who(reason)}; {end}", " " * 8, " " * 6)
        else:
            lines += falls(reason, " " * 6) if label == "out" else fails(reason, " " * 6)
    if not given:
        lines.append("      nothing recorded speaks against it")
    if len(given) > _ATTACKS:
        lines.append(f"      … and {len(given) - _ATTACKS} more")
    return lines
