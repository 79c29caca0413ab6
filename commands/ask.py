"""`kb critiques`, `theories`, `compare`, `rests-on`, `chain`, `changes`: questions over the whole argument graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.options import Author, Json, Kind, Limit, Since, Source, Status, Tag, Until, filters, home, reading
from commands.views import critique

if TYPE_CHECKING:
    import sqlite3


_About = Annotated[str | None, typer.Argument(metavar="[REF|QUERY]", help="A statement, a source, or words.")]
_Ref = Annotated[str, typer.Argument(metavar="REF", help="A statement or source.")]


def critiques(
    about: _About = None,
    unanswered: Annotated[bool, typer.Option("--unanswered", help="Only those that nothing recorded answers.")] = False,
    kind: Kind = None,
    author: Author = None,
    tag: Tag = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    status: Status = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """Show what speaks against a statement, a source or what some words mean, with the recorded replies.

    Without an argument: all critiques, by what they speak against. Filters are about who makes the critique and where.

    Example: kb critiques "filters remove the bias" --unanswered
    """
    from kb.graph import argument_graph
    from kb.graph.questions import critiques as question
    from kb.graph.questions import items, subject

    with reading() as connection:
        graph = argument_graph.load(connection)
        asked = subject.find(connection, home(), about) if about is not None else None
        by = _made_by(
            connection, kind=kind, author=author, tag=tag, since=since, until=until, source=source, status=status
        )
        found = question.of(graph, asked.ids if asked else None)
        found = question.only(found, by=by, which="open" if unanswered else "all")
        total, found = len(found), found[:limit] if limit else found
        loose = question.unplaced(graph, asked.ids)[:3] if asked and asked.searched and not unanswered else []
        loose = [name for name in loose if by is None or name in by]
        known = items.read(connection, [*critique.ends(found), *loose])
        links = items.read_links(connection, critique.ties(found))
    if json:
        answer = {
            "about": about,
            "critiques": [critique.critique(one, known, links) for one in found],
            "near": [known[name].as_dict() for name in loose],
        }
        return output.as_json(answer)
    target = None
    for one in found:
        if one.target != target:
            output.text(([""] if target else []) + critique.said(known.get(one.target), ""))
            target = one.target
        output.text(critique.critique_lines(one, known))
    if loose:
        output.text(["", "Near in meaning; what they speak against is not recorded:"])
        output.text(line for name in loose for line in critique.said(known.get(name), "  ~ "))
    words = "unanswered critique" if unanswered else "critique"
    if not found:
        return output.say(f"no {words} recorded" + (f" of {about}" if about else ""))
    return output.say(
        output.count(total, words) + (f", {total - len(found):,} not shown" if total > len(found) else "")
    )


def theories(
    about: Annotated[str | None, typer.Argument(metavar="[QUERY|REF]", help="A line of work, or a source.")] = None,
    open_: Annotated[bool, typer.Option("--without-critique", help="Only those nobody has criticised yet.")] = False,
    author: Author = None,
    tag: Tag = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    status: Status = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """Show theories of impact with what speaks against each, and which have no critique yet.

    Example: kb theories --tag recording --without-critique
    """
    from kb.graph import argument_graph
    from kb.graph.questions import items, subject
    from kb.graph.questions import theories as question

    with reading() as connection:
        graph = argument_graph.load(connection)
        among = subject.find(connection, home(), about, "theory_of_impact").ids if about is not None else None
        allowed = _made_by(
            connection, author=author, tag=tag, since=since, until=until, source=source, status=status, kind=None
        )
        found = [t for t in question.of(graph, among) if allowed is None or t.id in allowed]
        found = [t for t in found if not (open_ and t.critiques)]
        without = sum(not t.critiques for t in found)
        total, found = len(found), found[:limit] if limit else found
        every = [one for theory in found for one in theory.critiques]
        known = items.read(connection, [*(t.id for t in found), *critique.ends(every)])
        links = items.read_links(connection, critique.ties(every))
    if json:
        answer = [
            known[t.id].as_dict() | {"critiques": [critique.critique(one, known, links) for one in t.critiques]}
            for t in found
            if t.id in known
        ]
        return output.as_json({"theories": answer})
    for number, theory in enumerate(found):
        output.text(([""] if number else []) + critique.said(known.get(theory.id), ""))
        for one in theory.critiques:
            output.text(critique.critique_lines(one, known))
        if not theory.critiques:
            output.text("  no critique recorded")
    if not found:
        return output.say("no theory of impact recorded" + (f" about {about}" if about else ""))
    shown = f", {total - len(found):,} not shown" if total > len(found) else ""
    return output.say(output.count(total, "theory", "theories") + f", {without:,} without a critique{shown}")


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A person by name, or a source.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    limit: Annotated[int | None, typer.Option("-n", "--limit", min=1, help="Subjects in each section.")] = None,
    json: Json = False,
) -> None:
    """Show where two people, or two texts, disagree and agree, in their own words.

    Example: kb compare Ekdahl Sorel
    """
    from commands.views import comparison
    from kb import config
    from kb.errors import UsageError
    from kb.graph import argument_graph
    from kb.graph.questions import compare as question
    from kb.graph.questions import parties

    with reading() as connection:
        sides = parties.find(connection, first), parties.find(connection, second)
        if (sides[0].names, sides[0].source) == (sides[1].names, sides[1].source):
            raise UsageError(f"{first} and {second} are the same: {sides[0].label}", "name two people or two sources")
        graph = argument_graph.load(connection, relations=(*argument_graph.SIGNED, "restates"))
        least = float(config.load(home())["statement_threshold"])
        found = question.compare(connection, home(), graph, sides, least)
    if json:
        return output.as_json(comparison.as_dict(found, limit))
    if not found.said and not found.both:
        return output.say(f"nothing recorded that {sides[0].label} or {sides[1].label} says")
    return output.text(comparison.lines(found, limit))


def rests_on(
    ref: _Ref,
    depth: Annotated[int, typer.Option(min=1, max=100, help="Steps of support to follow.")] = 5,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """Show what rests on a statement or source: what it supports, directly and further, and what else supports that.

    Example: kb rests-on c7x2 --depth 2
    """
    from kb.graph import argument_graph
    from kb.graph.questions import items, subject
    from kb.graph.questions import support as question

    with reading() as connection:
        asked = subject.named(connection, ref)
        found = question.rests_on(argument_graph.load(connection), asked.ids, depth)
        shown = found.dependents[:limit] if limit else found.dependents
        ties = [tie for one in shown for tie in (one.via, *one.others)]
        known = items.read(connection, [asked.ids[0], *(one.id for one in shown), *(tie.start for tie in ties)])
        links = items.read_links(connection, ties)
    if json:
        return output.as_json(
            {
                "root": known[asked.ids[0]].as_dict(),
                "dependents": [
                    known[one.id].as_dict()
                    | {"depth": one.depth, "via": links[one.via.id], "others": [links[t.id] for t in one.others],
                       "falls": one.falls}
                    for one in shown
                    if one.id in known
                ],
                "cycles": len(found.cycles),
                "beyond": found.beyond,
            }
        )  # fmt: skip
    if not shown:
        return output.say("nothing recorded rests on it")
    output.text(critique.said(known.get(asked.ids[0]), ""))
    for one in shown:
        indent = "  " * one.depth
        output.text(critique.said(known.get(one.id), indent + "+" + critique.mark(one.via) + " "))
        others = ", ".join(tie.start for tie in one.others[:4]) + ("…" if len(one.others) > 4 else "")
        left = f"keeps {output.count(len(one.others), 'other support')}: {others}" if one.others else None
        output.text(output.style(f"{indent}   {left or 'would lose all its recorded support'}", "dim"))
    falls = sum(one.falls for one in found.dependents)
    notes = [f"{falls:,} would lose all support"]
    notes += [output.count(found.beyond, "more") + f" beyond depth {depth}"] if found.beyond else []
    notes += [output.count(len(found.cycles), "circle")] if found.cycles else []
    return output.say(output.count(len(found.dependents), "statement") + ", " + ", ".join(notes))


def chain(
    first: Annotated[str, typer.Argument(metavar="A", help="A statement or source.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    related: Annotated[bool, typer.Option("--related", help="Follow unsigned links as well as signed ones.")] = False,
    json: Json = False,
) -> None:
    """Show the shortest chain of links between two statements or sources; unsigned ones only where nothing else leads.

    Example: kb chain c7x2 c9k4
    """
    from kb.graph import argument_graph
    from kb.graph.questions import chain as question
    from kb.graph.questions import items, subject

    with reading() as connection:
        ends = subject.named(connection, first).ids, subject.named(connection, second).ids
        signed = (*argument_graph.SIGNED, "restates")
        steps = [] if related else question.shortest(argument_graph.load(connection, relations=signed), *ends)
        if not steps:
            steps = question.shortest(argument_graph.load(connection, relations=(*signed, "related")), *ends)
        names = [name for step in steps for name in (step.start, step.end, step.tie.start, step.tie.end)]
        known = items.read(connection, names)
        links = items.read_links(connection, [step.tie for step in steps])
    if json:
        return output.as_json(
            {
                "from": ends[0][0],
                "to": ends[1][0],
                "steps": [
                    {
                        "from": known[s.start].as_dict() if s.start in known else {"id": s.start, "kind": "link"},
                        "reads": s.words,
                        "to": known[s.end].as_dict() if s.end in known else {"id": s.end, "kind": "link"},
                        "link": links[s.tie.id],
                    }
                    for s in steps
                ],
            }
        )
    if not steps:
        same = set(ends[0]) & set(ends[1])
        return output.say("both name the same statement" if same else f"no chain of links from {first} to {second}")
    output.text(critique.said(known.get(steps[0].start), "", steps[0].start))
    for step in steps:
        why = f"[{step.tie.basis}{critique.mark(step.tie)}] {step.tie.id}"
        output.text(f"  {output.style(step.words, 'bold')} {output.style(why, 'dim')}")
        output.text(critique.said(known.get(step.end), "", step.end))
    unsigned = sum(step.tie.relation == "related" for step in steps)
    return output.say(output.count(len(steps), "link") + (f", {unsigned} of them unsigned" if unsigned else ""))


def changes(
    since: Annotated[str, typer.Argument(help="A date, a year, or words: yesterday, 'last month'.")] = "last week",
    limit: Limit = None,
    json: Json = False,
) -> None:
    """Show what changed since a date: sources, statements, links, decisions, credences, and critiques answered.

    Example: kb changes "3 days ago"
    """
    from commands.views import changes as changed
    from kb.graph.questions import changes as question
    from kb.text.dates import span

    with reading() as connection:
        found = question.since(connection, span(since)[0].isoformat())
    if json:
        return output.as_json(changed.as_dict(found))
    if not found.anything:
        return output.say(f"nothing changed since {found.since}")
    return output.text(changed.lines(found, limit))


def _made_by(connection: sqlite3.Connection, **given: str | None) -> set[str] | None:
    """Ids of the statements that the filters leave, or None where there are no filters."""
    from kb.search.filters import on_statements
    from kb.store import statements

    if not any(given.values()):
        return None
    chosen = filters(connection, **given)  # type: ignore[arg-type]
    return set(statements.ids_of(connection, *on_statements(connection, chosen)))
