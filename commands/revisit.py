"""`kb revisit`: look again at what one holds, when its time has come."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands import output
from commands.home import reading, writing
from commands.interactive.keys import Keyboard
from commands.interactive.revisiting import Revisiting, told
from commands.options import Json
from commands.panels import ARGUE
from commands.views import revisit as view

if TYPE_CHECKING:
    from kb.review.schedule import Grade

PANEL = ARGUE
ROWS = "due"


def command(
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="At most so many.")] = 20,
    answer: Annotated[
        str | None, typer.Option("--answer", metavar="REF", help="Say, without a terminal, that you looked at this.")
    ] = None,
    credence: Annotated[str | None, typer.Option(help="With --answer: how likely you hold it to be now.")] = None,
    grade: Annotated[
        Literal["again", "hard", "good", "easy"] | None,
        typer.Option(help="With --answer: how well it stands; without it, by how far the credence moved."),
    ] = None,
    json: Json = False,
) -> None:
    """Look again at your claims and credences when they are due, with what has happened since.

    On a terminal one by one: Enter keeps the credence, a number changes it, ? shows the other keys. What stands is
    asked again after ever longer times (FSRS), what moved far, within days. Elsewhere it lists what is due.

    Example: kb revisit --answer c7x2 --credence 0.6
    """
    from kb.errors import UsageError
    from kb.review import revisit
    from kb.store.open import now

    if answer is not None:
        return _answer(answer, credence, grade, json=json)
    if credence is not None or grade is not None:
        raise UsageError("--credence and --grade go with --answer", "kb revisit --answer REF --credence 0.6")
    today = date.fromisoformat(now()[:10])
    with reading() as store:
        found = revisit.agenda(store, today)
    due = found.due[:limit]
    if json:
        shown = found.as_json(today)
        return output.as_json(shown | {"due": shown["due"][:limit]} if isinstance(shown["due"], list) else shown)
    if sys.stdin.isatty() and due:
        with writing() as store, Keyboard() as keyboard:
            sitting = Revisiting(store, found, due, today, keyboard.key, keyboard.line)
            sitting.run()
        return output.say(sitting.summary())
    for place, one in enumerate(due, 1):
        output.text(view.lines(one, found.said, today, f"{place:>2}. "))
    return output.say(view.waiting(found, today))


def _answer(ref: str, credence: str | None, grade: Grade | None, *, json: bool) -> None:
    from kb.review import credences, revisit
    from kb.store.open import now

    held = credences.parse(credence) if credence is not None else None
    with writing() as store:
        answered = revisit.answer(store, ref, held, grade)
    if json:
        return output.as_json({"answered": answered})
    return output.text(f"{answered.statement_id}  {told(answered, date.fromisoformat(now()[:10]))}")
