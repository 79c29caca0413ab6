"""`kb believe`, `kb beliefs`: how likely people hold statements to be, and how that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import output
from commands.options import Author, Json, Kind, Limit, Since, Source, Tag, Until, filters, home, reading, writing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from kb.review.credences import Histories
    from kb.store.credences import Credence

_SEARCHED = 500  # statements that a query ranks before those that nobody has a credence in are left out


def believe(
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
    with reading() as connection:
        given = believing.histories(connection, believing.own_name(home()), [change.statement_id])
        statement, titles = _read(connection, change.statement_id)
    people = given[change.statement_id]
    if json:
        before = change.before.as_dict() if change.before else None
        change_ = {"who": change.now.who, "old": before, "new": change.now.as_dict()}
        return output.as_json({"statement": statement} | change_ | {"history": _flat(people)})
    output.text(output.statement_lines(statement, titles))
    old = f"{_value(change.before)} → " if change.before else ""
    output.text(f"      {change.now.who}: {old}{_value(change.now)}{_remark(change.now)}")
    return output.text(_others(people, change.now.who))


def _history(ref: str, who: str | None, *, json: bool) -> None:
    from kb.review import credences as believing
    from kb.sources import resolve

    with reading() as connection:
        name = resolve.ref(connection, ref, "statement")[1]
        me = believing.own_name(home())
        people = believing.histories(connection, me, [name]).get(name, {})
        if who is not None:
            person = believing.known_name(connection, who, me)
            people = {person: people[person]} if person in people else {}
        statement, titles = _read(connection, name)
    if json:
        return output.as_json({"statement": statement, "history": _flat(people)})
    output.text(output.statement_lines(statement, titles))
    for person, history in people.items():
        output.text(
            f"      {credence.at[:10]}  {person}: {_value(credence)}{_remark(credence)}" for credence in history
        )
    return None if people else output.say(f"nobody has a credence in it yet: kb believe {name} 0.7")


def beliefs(
    query: Annotated[str | None, typer.Argument(help="Words or meaning to look for; all without it.")] = None,
    changed: Annotated[bool, typer.Option("--changed", help="Only those that moved: from, to, and when.")] = False,
    differ: Annotated[bool, typer.Option("--differ", help="Only those in which people differ by 0.2 or more.")] = False,
    who: Annotated[str | None, typer.Option(help="Whose; everybody's without it.")] = None,
    since: Since = None,
    until: Until = None,
    kind: Kind = None,
    author: Author = None,
    tag: Tag = None,
    source: Source = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List credences, the newest first. --since and --until are about when they were given.

    Example: kb beliefs --changed --since "last month"
    """
    from kb.review import credences as believing
    from kb.store import statements

    with reading() as connection:
        me = believing.own_name(home())
        found = believing.histories(connection, me)
        person = believing.known_name(connection, who, me) if who is not None else None
        first, last = _day(since, 0), _day(until, 1)
        chosen = filters(connection, kind=kind, author=author, tag=tag, source=source, limit=_SEARCHED)
        if query or kind or author or tag or source:
            found = _among(found, _wanted(connection, query, chosen, found))
        rows = [row for name, people in found.items() if (row := _row(name, people, person, first, last, changed))]
        if differ:
            rows = [row for row in rows if row["differ"]]
        if not query:
            rows.sort(key=lambda row: (row["at"], row["id"]), reverse=True)
        rows = rows if limit is None else rows[:limit]
        read = statements.read(connection, [row["id"] for row in rows])
        titles = _titles(connection, read)
    if json:
        return output.as_json({"beliefs": [row | {"statement": read.get(row["id"])} for row in rows]})
    for row in rows:
        statement = read.get(row["id"])
        gone = [f"{row['id']}  (the statement is gone; kb check)"]
        output.text(output.statement_lines(statement, titles) if statement else gone)
        output.text(_lines(row, me))
    return output.say(output.count(len(rows), "statement"))


def _row(
    name: str,
    people: Mapping[str, Sequence[Credence]],
    who: str | None,
    first: str | None,
    last: str | None,
    moved: bool,
) -> dict[str, Any] | None:
    """A statement with who holds what, and the moves there; None where nothing meets the conditions."""
    from kb.review.credences import DIFFER, gap, moves, standing

    held = standing(people)
    shown = []
    for person, history in people.items():
        in_time = [c for c in history if last is None or c.at < last]
        path = moves(in_time, first)
        if (who is not None and person != who) or not in_time or (first is not None and in_time[-1].at < first):
            continue
        if (moved and len(path) < 2) or (not moved and in_time[-1].withdrawn):
            continue
        shown.append(in_time[-1].as_dict() | {"moves": [c.as_dict() for c in path]})
    if not shown:
        return None
    shown.sort(key=lambda one: (one["at"], one["who"]), reverse=True)
    apart = gap(held)
    return {"id": name, "at": shown[0]["at"], "credences": shown, "gap": round(apart, 9), "differ": apart >= DIFFER}


def _lines(row: Mapping[str, Any], me: str) -> list[str]:
    from kb.review.credences import shown

    lines = []
    for one in row["credences"]:
        path = one["moves"] if len(one["moves"]) > 1 else [one]
        values = " → ".join(shown(c["low"], c["high"]) for c in path)
        note = f"  {one['note']}" if one["note"] else ""
        lines.append(f"      {one['at'][:10]}  {one['who']}: {values}{note}")
    if row["differ"]:
        sides = "you differ" if any(one["who"] == me for one in row["credences"]) else "they differ"
        lines.append(output.style(f"      {sides} by {row['gap']:.2f}", "bold"))
    return lines


def _wanted(connection: sqlite3.Connection, query: str | None, chosen: Any, found: Histories) -> list[str]:
    """The statements with a credence that the filters let through; with a query, in its order."""
    import json as json_

    from kb.search.filters import on_statements
    from kb.search.search import search
    from kb.store import statements

    if query:
        hits = search(connection, home(), query, where="statements", filters=chosen, each=True).hits
        return [hit.item.id for hit in hits if hit.item.id in found]
    where, values = on_statements(connection, chosen)
    inside = f"({where}) AND st.id IN (SELECT value FROM json_each(?))"
    return [s["id"] for s in statements.listed(connection, inside, [*values, json_.dumps(list(found))])]


def _among(found: Histories, wanted: Sequence[str]) -> Histories:
    return {name: found[name] for name in wanted}


def _day(text: str | None, end: int) -> str | None:
    from kb.text.dates import span

    return None if text is None else span(text)[end].isoformat()


def _read(connection: sqlite3.Connection, name: str) -> tuple[dict[str, Any], dict[str, str]]:
    from kb.store import statements

    read = statements.read(connection, [name])
    return read[name], _titles(connection, read)


def _titles(connection: sqlite3.Connection, read: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    from commands.look import source_titles

    return source_titles(connection, (m["source"] for s in read.values() for m in s["mentions"]))


def _flat(people: Mapping[str, Sequence[Credence]]) -> list[dict[str, Any]]:
    """All credences about a statement, oldest first."""
    given = sorted((c for history in people.values() for c in history), key=lambda c: c.at)
    return [credence.as_dict() for credence in given]


def _value(credence: Credence) -> str:
    from kb.review.credences import shown

    return shown(credence.low, credence.high)


def _remark(credence: Credence) -> str:
    return f"  {credence.note}" if credence.note else ""


def _others(people: Mapping[str, Sequence[Credence]], who: str) -> list[str]:
    from kb.review.credences import standing

    return [f"      {c.who}: {_value(c)} ({c.at[:10]})" for c in standing(people) if c.who != who]
