"""`kb believe`: how likely somebody holds a statement to be, and held it before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.home import reading, writing
from commands.options import Json
from commands.panels import ARGUE
from commands.views.credence import others, remark, value
from commands.views.statement import statement_lines, titles_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.model.credence import Credence
    from kb.model.statement import Statement
    from kb.store.open import Store

PANEL = ARGUE


def command(
    ref: Annotated[str, typer.Argument(help="A statement.")],
    credence: Annotated[
        str | None, typer.Argument(help="How likely it is: 0.7, 70%, or a range, 0.4-0.8. The history without it.")
    ] = None,
    who: Annotated[str | None, typer.Option(help="Whose credence it is; yours without it.")] = None,
    note: Annotated[str, typer.Option(help="Why, in a few words.")] = "",
    forget: Annotated[bool, typer.Option("--forget", help="Take the credence back; the history stays.")] = False,
    json: Json = False,
) -> None:
    """Say how likely you hold a statement to be; or, without a number, show what was said before.

    Example: kb believe c7x2 0.4-0.8 --note "the walked counts moved me"
    """
    from kb.errors import UsageError
    from kb.review import credences as believing

    if forget and credence is not None:
        raise UsageError("--forget takes no credence", "leave the number or the option out")
    if not forget and credence is None:
        if note:
            raise UsageError("a note without a credence", "give the number too: kb believe REF 0.7 --note TEXT")
        return _history(ref, who, json=json)
    low, high = believing.WITHDRAWN if credence is None else believing.parse(credence)
    with writing() as store:
        change = believing.believe(store, ref, low, high, who=who, note=note)
    with reading() as store:
        given = believing.histories(store, believing.own_name(store), [change.statement_id])
        statement, titles = _statement(store, change.statement_id)
    people = given[change.statement_id]
    if json:
        change_ = {"who": change.now.who, "old": change.before, "new": change.now}
        return output.as_json({"statement": statement} | change_ | {"history": _flat(people)})
    output.text(statement_lines(statement, titles))
    old = f"{value(change.before)} → " if change.before else ""
    output.text(f"      {change.now.who}: {old}{value(change.now)}{remark(change.now)}")
    return output.text(others(people, change.now.who))


def _history(ref: str, who: str | None, *, json: bool) -> None:
    from kb.review import credences as believing
    from kb.sources import resolve

    with reading() as store:
        name = resolve.ref(store, ref, "statement").id
        me = believing.own_name(store)
        people = believing.histories(store, me, [name]).get(name, {})
        if who is not None:
            person = believing.known_name(store, who)
            people = {person: people[person]} if person in people else {}
        statement, titles = _statement(store, name)
    if json:
        return output.as_json({"statement": statement, "history": _flat(people)})
    output.text(statement_lines(statement, titles))
    for person, history in people.items():
        output.text(f"      {credence.at[:10]}  {person}: {value(credence)}{remark(credence)}" for credence in history)
    return None if people else output.say(f"nobody has a credence in it yet: kb believe {name} 0.7")


def _statement(store: Store, name: str) -> tuple[Statement, dict[str, str]]:
    """The statement, and the titles of its sources."""
    from kb.store import statements

    statement = statements.read(store, [name])[name]
    return statement, titles_of(store, [statement])


def _flat(people: Mapping[str, Sequence[Credence]]) -> list[Credence]:
    """All credences about a statement, oldest first."""
    return sorted((c for history in people.values() for c in history), key=lambda c: c.at)
