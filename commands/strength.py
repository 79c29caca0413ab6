"""`kb strength`: how strong statements are by what is recorded for and against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands import output
from commands.home import reading
from commands.options import LISTED, AboutOrAll, Json, Limit, Suggested, Who
from commands.panels import ARGUE
from commands.views.calculation import closing, heading, ranged
from commands.views.item import item_lines
from kb.text.strings import clip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.graph.questions.items import Item
    from kb.graph.strength.energy import Contribution, Strengths
    from kb.model.json_form import JsonObject

PANEL = ARGUE
PAGED = True

_VOICES = 6  # shown for and against one statement; JSON has them all


def command(
    about: AboutOrAll = None,
    suggested: Suggested = False,
    who: Who = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """Calculate how strong statements are, given credences and the accepted links: a calculation, not a verdict.

    Without REF, those that the links move furthest from where they started.

    Example: kb strength c7x2
    """
    from kb.graph.questions import items
    from kb.graph.strength import CALCULATION
    from kb.graph.strength.energy import strengths
    from kb.review import calculation, credences

    with reading() as store:
        argument = calculation.load(store, suggested=suggested)
        given = credences.histories(store, credences.own_name(store))
        person, base = calculation.credences_of(store, given, who)
        found = strengths(argument, base)
        asked = calculation.asked_about(store, about, argument)
        names = asked.points if about is not None else calculation.most_moved(argument, found, asked.points)
        names, more = names[: limit or LISTED], names[limit or LISTED :]
        voices = {name: found.about(name) for name in names}
        texts = items.read(store, [*names, *(one.edge.from_id for every in voices.values() for one in every)])
    rows = [_strength_row(found, name, voices[name], texts) for name in names if name in texts]
    if json:
        facts = {"calculation": CALCULATION, "who": person, "suggested": suggested, "settled": found.settled}
        counts = {"links": len(argument.edges), "more": len(more)}
        return output.as_json(facts | counts | {"strengths": rows})
    output.text(heading(f"strength: {CALCULATION}"))
    for row in rows:
        output.text(_strength_lines(row, texts, voices=asked.one or len(rows) == 1))
    if not found.settled:
        output.say(f"{output.count(len(found.unsettled), 'statement')} in circles did not settle; take them as rough")
    return output.say(closing(argument, output.count(len(rows), "statement"), len(more), suggested=suggested))


def _strength_row(found: Strengths, name: str, voices: list[Contribution], texts: Mapping[str, Item]) -> JsonObject:
    from kb.graph.strength.model import weight

    one = found.of(name)
    low, high = found.base.get(name, (None, None))
    return texts[name].as_json() | {
        "strength": one.value,
        "low": one.low,
        "high": one.high,
        "base": one.base,
        "credence": None if low is None else {"low": low, "high": high},
        "settled": name not in found.unsettled,
        "voices": [
            {
                "link": voice.edge.id,
                "from": voice.edge.from_id,
                "relation": voice.edge.relation,
                "status": voice.edge.status,
                "weight": weight(voice.edge),
                "says": voice.amount,
                "strength": voice.strength,
                "link_holds": voice.holds,
                "counted": voice.counted,
                "text": texts[voice.edge.from_id].text if voice.edge.from_id in texts else "",
            }
            for voice in voices
        ],
    }


def _strength_lines(row: Mapping[str, Any], texts: Mapping[str, Item], *, voices: bool) -> list[str]:
    lines = item_lines(texts[row["id"]], f"{ranged(row['strength'], row['low'], row['high'])}  ")
    origin = "from the credence" if row["credence"] else "where no credence is given"
    signs = [(sign, [v for v in row["voices"] if v["relation"] == relation and v["counted"]])
             for sign, relation in (("for", "supports"), ("against", "attacks"))]  # fmt: skip
    counts = ", ".join(f"{len(those)} {sign}" for sign, those in signs if those) or "nothing accepted for or against"
    lines.append(output.style(f"      began at {row['base']:.2f}, {origin}; {counts}", "dim"))
    for voice in row["voices"][: _VOICES if voices else 0]:
        mark = "+" if voice["relation"] == "supports" else "−"
        step = f", its link holds {voice['link_holds']:.2f}" if voice["link_holds"] < 0.995 else ""
        doubt = "" if voice["status"] == "accepted" else f", suggested {voice['weight']:.2f}"
        once = "" if voice["counted"] else "; not counted, the same source says as much already"
        head = f"{mark} {voice['says']:.2f}  {voice['from']} "
        lines += output.wrapped(
            f"{clip(voice['text'], 160)} [{voice['link']}{doubt}{step}{once}]", " " * 14, f"      {head}"
        )
    if voices and len(row["voices"]) > _VOICES:
        lines.append(f"      … and {len(row['voices']) - _VOICES} more")
    return lines
