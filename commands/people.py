"""`kb people`: who writes and speaks, and under which one name each is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.home import home, reading, writing
from commands.options import LISTED, DryRun, FilterOptions, Json, filters
from commands.panels import KEEP
from commands.views.person import people_lines, person_lines

if TYPE_CHECKING:
    from kb.sources.people import Joined
    from kb.store.open import Store

PANEL = KEEP
PAGED = True
ROWS = "people"


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME | join NAME NAME… | rename OLD NEW | split NAME | show NAME | twins | apart NAME NAME]",
            help="Whom to list, all without it; or what to do.",
        ),
    ] = None,
    shown: Annotated[str | None, typer.Option("--as", help="With join: the name to show for all of them.")] = None,
    *,
    chosen: FilterOptions,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """List people, who state most first; or say who is who. Texts keep the names that they have: what you say here
    holds for every mention and for later imports, and can be taken back.

    join makes several names one person. The fullest name is shown, of equals the last, or that of --as. rename corrects
    a name. split gives back what was joined, exactly. twins lists names that may be one person's, apart says that two
    are not. A name is a whole name in any case, or an account name.

    Example: kb people join Neel "N. Nanda" "Neel Nanda"
    """
    verb, *names = words or [""]
    act = _ACTS.get(verb)
    if act is not None:
        return act(names, shown, dry_run, json)
    from kb.errors import UsageError
    from kb.sources import voices

    if shown is not None or dry_run:
        raise UsageError("nothing is changed by a list", "kb people join NAME NAME --as NAME")
    with reading() as store:
        found = voices.listed(store, filters(store, chosen), " ".join(words or ()))
    found = found[: chosen.limit]
    if json:
        return output.as_json({"people": found})
    output.text(people_lines(found))
    return output.say(output.count(len(found), "person", "people"))


def _join(names: Sequence[str], shown: str | None, dry_run: bool, json: bool) -> None:
    from kb.sources import people

    _check(names, 2, None, "join NAME NAME…")
    _change(lambda store: people.join(store, names, shown), dry_run, json)


def _rename(names: Sequence[str], shown: str | None, dry_run: bool, json: bool) -> None:
    from kb.sources import people

    _check(names, 2, 2, "rename OLD NEW", shown)
    _change(lambda store: people.rename(store, *names), dry_run, json)


def _change(change: Callable[[Store], Joined], dry_run: bool, json: bool) -> None:
    from kb.sources import people, voices

    with _trying() if dry_run else writing() as store:
        with store.transaction():
            done = change(store)
        person = voices.one(store, done.kept)
        others = people.called_so(store, done)
    if json:
        return output.as_json({"people": [person], "kept": done.kept, "joined": done.names})
    if not done.names:
        return output.say(f"{done.kept} is one person already")
    would = "would be" if dry_run else "is"
    output.text(f"{name} {would} {output.style(done.kept, 'bold')} from now on" for name in done.names)
    output.text(people_lines([person]))
    for name, others_ in others.items():
        output.say(f"{name} may be {' or '.join(others_)} elsewhere: kb edit STATEMENT --speaker says it of one")
    if not dry_run:
        output.say("; ".join(f"kb people split {_quoted(name)} takes it back" for name in done.names[:1]))
    return None


def _split(names: Sequence[str], shown: str | None, dry_run: bool, json: bool) -> None:
    from kb.sources import people, voices

    _check(names, 1, None, "split NAME", shown)
    with _trying() if dry_run else writing() as store:
        with store.transaction():
            apart = list(dict.fromkeys(name for one in names for name in people.split(store, one)))
        found = [one for one in (voices.one(store, name) for name in apart) if one.sources]
    if json:
        return output.as_json({"people": found})
    output.say("would be people of their own:" if dry_run else "people of their own again:")
    return output.text(people_lines(found))


def _apart(names: Sequence[str], shown: str | None, dry_run: bool, json: bool) -> None:
    from kb.sources import people

    _check(names, 2, 2, "apart NAME NAME", shown)
    with _trying() if dry_run else writing() as store, store.transaction():
        pair = people.keep_apart(store, *names)
    if json:
        return output.as_json({"apart": pair})
    return output.say(f"{pair[0]} and {pair[1]} are two: not offered as twins again")


def _twins(names: Sequence[str], shown: str | None, dry_run: bool, json: bool) -> None:
    from kb.sources import twins

    _check(names, 0, 0, "twins", shown, dry_run=dry_run)
    with reading() as store:
        found = twins.offered(store)
    if json:
        return output.as_json({"twins": found})
    for one in found:
        output.text(f"{one.names[0]}  {output.style('=', 'dim')}  {output.style(one.keep, 'bold')}  ({one.why})")
        output.text(f"      {one.fix}")
    output.say(output.count(len(found), "pair that may be one person", "pairs that may be one person each"))
    return output.say("kb people apart NAME NAME says that two are not one") if found else None


def _show(names: Sequence[str], shown: str | None, dry_run: bool, json: bool) -> None:
    from kb.graph.questions import person
    from kb.model.json_form import json_form, json_object

    _check(names, 1, 1, "show NAME", shown, dry_run=dry_run)
    with reading() as store:
        found = person.of(store, names[0])
    if json:
        lists = {"source_list": json_form(found.texts), "statement_list": json_form(found.said)}
        return output.as_json(json_object(found.person) | lists | json_object(found.between))
    return output.text(person_lines(found.person, found.texts, found.said, found.between, LISTED))


_ACTS: dict[str, Callable[[Sequence[str], str | None, bool, bool], None]] = {
    "join": _join, "rename": _rename, "split": _split, "show": _show, "twins": _twins, "apart": _apart,
}  # fmt: skip


def _trying() -> Store:
    """A copy of the store, for a dry run."""
    from kb.store.open import open_copy

    return open_copy(home())


def _check(
    names: Sequence[str], least: int, most: int | None, usage: str, shown: str | None = None, *, dry_run: bool = False
) -> None:
    from kb.errors import UsageError

    if len(names) < least or (most is not None and len(names) > most):
        raise UsageError(
            f"kb people {usage}: {output.count(len(names), 'name')} given", "a name of several words stands in quotes"
        )
    if shown is not None:
        raise UsageError("--as is for join", f"kb people {usage}")
    if dry_run:
        raise UsageError("nothing is changed by a list", f"kb people {usage}")


def _quoted(name: str) -> str:
    import shlex

    return shlex.quote(name)
