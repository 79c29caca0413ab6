"""`kb stands`: which statements stand, given the recorded critiques and replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from commands import output
from commands.options import Json, Limit, reading
from commands.views.calculation import MOST, About, Suggested, chosen, heading, item_lines, link_mark, load, tell
from kb.text.strings import clip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.graph.questions.items import Item
    from kb.graph.strength.grounded import Grounded, Reason

_ATTACKS = 6  # shown of one statement; JSON has them all


def stands(
    about: About = None,
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

    with reading() as connection:
        argument = load(connection, suggested)
        found = ground(argument)
        names, _ = chosen(connection, about, argument)
        if about is None:
            names = sorted((name for name in names if found.attacks.get(name)), key=lambda n: LABELS.index(found.of(n)))
        counts = {one: sum(found.of(name) == one for name in names) for one in LABELS}
        names = [name for name in names if label in (None, found.of(name))]
        shown = names[: limit or MOST]
        reasons = {name: found.reasons(name) for name in shown}
        texts = items.read(connection, [*shown, *_speakers(reason for every in reasons.values() for reason in every)])
    rows: list[dict[str, Any]] = [
        texts[name].as_dict() | {"label": found.of(name), "reasons": [_reason(one, texts) for one in reasons[name]]}
        for name in shown
        if name in texts
    ]
    if json:
        facts = {"calculation": CALCULATION, "suggested": suggested, "links": len(argument.ties)}
        return output.as_json(facts | {"counts": counts, "more": len(names) - len(shown), "statements": rows})
    heading(f"what stands, given the recorded critiques and replies: {CALCULATION}")
    for row in rows:
        output.text(item_lines(texts[row["id"]], f"{output.style(row['label'].upper(), 'bold')}  "))
        output.text(_trail(found, texts, row["id"], reasons[row["id"]]))
    told = ", ".join(f"{count:,} {one}" for one, count in counts.items() if count)
    return tell(argument, suggested, len(rows), len(names) - len(shown), "statement", f" ({told})" if told else "")


def _speakers(reasons: Iterable[Reason]) -> set[str]:
    found: set[str] = set()
    for reason in reasons:
        found |= {reason.tie.start} | _speakers(reason.answered)
    return found


def _reason(reason: Reason, texts: Mapping[str, Item]) -> dict[str, Any]:
    tie = reason.tie
    return {
        "link": tie.id,
        "from": tie.start,
        "relation": tie.relation,
        "on": tie.end,
        "label": reason.label,
        "text": texts[tie.start].text if tie.start in texts else "",
        "answered_by": [_reason(one, texts) for one in reason.answered],
    }


def _trail(found: Grounded, texts: Mapping[str, Item], name: str, reasons: Iterable[Reason]) -> list[str]:
    """Why a statement has its label, a line a step."""

    def who(reason: Reason) -> str:
        text = texts[reason.tie.start].text if reason.tie.start in texts else ""
        return f"{reason.tie.start} “{clip(text, 120)}” [{link_mark(reason.tie)}]"

    def falls(reason: Reason, indent: str) -> list[str]:
        unanswered = not found.attacks.get(reason.tie.start) and not found.attacks.get(reason.tie.id)
        end = "; nothing recorded answers it" if unanswered else ""
        verb = "its link is undercut by" if reason.tie.relation == "undercuts" else "falls to"
        lines = output.wrapped(f"{verb} {who(reason)}{end}", indent + "  ", indent)
        return lines + [line for one in reason.answered for line in fails(one, indent + "  ")]

    def fails(reason: Reason, indent: str) -> list[str]:
        lines = output.wrapped(f"against it, but in vain: {who(reason)}", indent + "  ", indent)
        return lines + [line for one in reason.answered for line in falls(one, indent + "  ")]

    given, lines = list(reasons), []
    label = found.of(name)
    for reason in given[:_ATTACKS]:
        if label == "undecided":
            mutual = any(tie.start == name for tie in found.attacks.get(reason.tie.start, ()))
            end = "they attack each other, and nothing recorded settles it" if mutual else "undecided itself"
            lines += output.wrapped(f"open: {who(reason)}; {end}", " " * 8, " " * 6)
        else:
            lines += falls(reason, " " * 6) if label == "out" else fails(reason, " " * 6)
    if not given:
        lines.append("      nothing recorded speaks against it")
    if len(given) > _ATTACKS:
        lines.append(f"      … and {len(given) - _ATTACKS} more")
    return lines
