"""What the calculations over the graph share: options, the graph, whose credences, what is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import output
from commands.options import home
from kb.text.strings import clip

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from kb.graph.argument_graph import Argument, Tie
    from kb.graph.questions.items import Item
    from kb.review.credences import Histories

MOST = 20
"""Listed without -n."""

About = Annotated[str | None, typer.Argument(metavar="[REF|QUERY]", help="A statement, a source, or words; else all.")]
Suggested = Annotated[bool, typer.Option("--suggested", help="Also links that are only suggested, by their scores.")]
Who = Annotated[str | None, typer.Option(help="Whose credences to start from; yours without it.")]


def load(connection: sqlite3.Connection, suggested: bool) -> Argument:
    """The accepted graph; with `suggested` also what is suggested by rules that decisions have not shown to be bad."""
    from kb.graph import argument_graph as argument
    from kb.review import calibration

    if not suggested:
        return argument.load(connection, statuses=("accepted",))
    return argument.load(connection, doubted=calibration.hidden_rules(connection, home(), "link"))


def credences_of(
    connection: sqlite3.Connection, given: Histories, who: str | None
) -> tuple[str, dict[str, tuple[float, float]]]:
    """The person meant, and what they hold."""
    from kb.review import credences

    me = credences.own_name(home())
    person = me if who is None else credences.known_name(connection, who, me)
    return person, credences.of_person(given, person)


def chosen(connection: sqlite3.Connection, about: str | None, argument: Argument) -> tuple[list[str], bool]:
    """The points meant, and whether it is one statement. Of a source those that something is linked to."""
    from kb.graph.questions import subject
    from kb.sources import resolve

    if about is None:
        return list(argument.points), False
    found = subject.find(connection, home(), about)
    names = [name for name in found.ids if name in argument.points]
    if found.named is None:
        return names, False
    if resolve.ref(connection, about, "statement", "source")[0] == "statement":
        if not names:
            output.say(f"{found.named} takes no part: it was rejected, or its quote is lost (kb show {found.named})")
        return names, True
    return [name for name in names if any(argument.about(name))], False


def heading(words: str) -> None:
    """What the figures below are. It stands with them, so that it goes where they go."""
    output.text(output.style(line, "dim") for line in output.wrapped(words))


def item_lines(item: Item, head: str) -> list[str]:
    mark = {"accepted": "✓", "rejected": "✗"}.get(item.status, "?")
    kind = item.kind.replace("_", " ")
    lines = output.wrapped(item.text, " " * 6, f"{head}{item.id}  {mark} {kind}: ")
    place = item.title if item.speaker in ("", item.title) else f"{item.speaker}, {item.title}"
    if place != item.text:
        lines.append(output.style(f"      — {clip(place, 70)}", "dim"))
    if not item.is_source and _letters(item.quote) != _letters(item.text):
        lines += output.wrapped(f"“{item.quote}”", " " * 6)
    return lines


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def link_mark(tie: Tie) -> str:
    """A link's id, and whether it is only suggested."""
    return tie.id if tie.status == "accepted" else f"{tie.id}, suggested"


def of_statement(connection: sqlite3.Connection, statement: Mapping[str, Any]) -> dict[str, Any]:
    """What `kb show` adds to a statement: what people believe of it; its strength where accepted links bear on it."""
    from kb.graph.strength.energy import strengths
    from kb.review import credences

    name, me = statement["id"], credences.own_name(home())
    held = credences.standing(credences.histories(connection, me, [name]).get(name, {}))
    found: dict[str, Any] = {"credences": [credence.as_dict() for credence in held], "strength": None}
    if any(link["to"] == name and link["status"] == "accepted" and link["relation"] in ("supports", "attacks")
           for link in statement["links"]):  # fmt: skip
        argument = load(connection, suggested=False)
        if name in argument.points:
            one = strengths(argument, credences.of_person(credences.histories(connection, me), me)).of(name)
            found["strength"] = {"value": one.value, "low": one.low, "high": one.high, "base": one.base}
    return found


def of_statement_lines(statement: Mapping[str, Any]) -> list[str]:
    """The same as text."""
    from kb.graph.strength import CALCULATION
    from kb.review.credences import shown

    lines = [
        f"      {one['who']} believes it {shown(one['low'], one['high'])} ({one['at'][:10]})"
        for one in statement["credences"]
    ]
    if one := statement["strength"]:
        lines.append(f"      strength {ranged(one['value'], one['low'], one['high'])}: {CALCULATION}")
    return lines


def ranged(value: float, low: float, high: float) -> str:
    """ "0.62", with the range where there is one."""
    return f"{value:.2f} ({low:.2f}–{high:.2f})" if high - low >= 0.005 else f"{value:.2f}"


def tell(argument: Argument, suggested: bool, shown: int, more: int, what: str, extra: str = "") -> None:
    """How many there were; and where no link counts, what to do about it."""
    if not argument.ties:
        if suggested:
            return output.say("no link is recorded between statements: kb link writes one, kb add proposes some")
        return output.say(
            "nothing is accepted yet: kb review goes through what is suggested, --suggested counts it in by its scores"
        )
    beyond = f", {more:,} more with -n" if more > 0 else ""
    return output.say(output.count(shown, what, "cruxes" if what == "crux" else None) + beyond + extra)
