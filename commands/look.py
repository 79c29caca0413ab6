"""`kb list`, `kb show`, `kb statements`, `kb links`: what is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from commands import output
from commands.options import Author, Json, Kind, Limit, Since, Source, Status, Tag, Until, filters, reading
from commands.views import calculation

if TYPE_CHECKING:
    import sqlite3

_SEARCHED = 500  # statements that a query ranks before the unsure and the answered are left out


def list_(
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
    """List sources, newest first.

    Example: kb list --kind post,paper --since 2023
    """
    from kb.search.filters import on_sources
    from kb.store import sources

    with reading() as connection:
        chosen = filters(
            connection,
            kind=kind, author=author, tag=tag, since=since, until=until, source=source, status=status, limit=limit,
        )  # fmt: skip
        where, values = on_sources(connection, chosen)
        found = sources.listed(connection, where, values, -1 if limit is None else limit)
    if json:
        output.as_json({"sources": found})
        return
    output.text(output.source_line(row) for row in found)
    output.say(output.count(len(found), "source"))


def show(
    ref: Annotated[str, typer.Argument(help="A source, statement or link: id, citekey, URL, title.")],
    outline: Annotated[bool, typer.Option(help="Headings, speakers and statements only, no text.")] = False,
    json: Json = False,
) -> None:
    """Show a source with its text, references, backlinks and statements; or a statement or link.

    Example: kb show "Volunteer Records Are Not Monitoring" --outline
    """
    from kb.sources import resolve
    from kb.store import links, passages, sources, statements

    with reading() as connection:
        table, found = resolve.ref(connection, ref)
        if table == "statement":
            statement = statements.read(connection, [found])[found]
            statement["links"] = links.touching(connection, [found])
            statement |= calculation.of_statement(connection, statement)
            return _show_statement(connection, statement, json=json)
        if table == "link":
            link = links.read(connection, [found])[found]
            return output.as_json(link) if json else output.text(link_lines(connection, [link]))
        if table == "passage":
            found = passages.source_and_text(connection, found)[0]
        source = sources.read(connection, [found])[found]
        source |= _details(connection, found)
        if json:
            return output.as_json(source)
        return _show_source(connection, source, text=not outline)


def _details(connection: sqlite3.Connection, source_id: str) -> dict[str, Any]:
    from kb.store import passages, references, sources, statements

    row = sources.row(connection, source_id)
    assert row is not None
    return {
        "text": row["text"],
        "references": [references.as_dict(r) for r in references.of_source(connection, row["rowid"])],
        "backlinks": references.backlinks(connection, source_id),
        "statement_list": statements.of_source(connection, row["rowid"]),
        "outline": passages.outline(connection, row["rowid"]),
        "importer": row["importer"],
        "target": row["target"],
    }


def statements(
    query: Annotated[str | None, typer.Argument(help="Words or meaning to look for; all without it.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also what the program is not sure of.")] = False,
    unanswered: Annotated[
        bool,
        typer.Option("--unanswered", help="Only critiques that attack something and that nothing recorded attacks."),
    ] = False,
    no_evidence: Annotated[
        bool, typer.Option("--no-evidence", help="Only claims and theories that nothing recorded supports.")
    ] = False,
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
    """List statements with who makes them and where; suggested ones carry a question mark.

    Example: kb statements --kind critique --author Okafor
    """
    from kb.graph import argument_graph
    from kb.graph.questions import critiques, support
    from kb.search.filters import on_statements
    from kb.store import statements as store

    with reading() as connection:
        chosen = filters(
            connection,
            kind=kind, author=author, tag=tag, since=since, until=until, source=source, status=status, limit=limit,
        )  # fmt: skip
        if query:
            found = _searched(connection, query, chosen)
        else:
            where, values = on_statements(connection, chosen)
            found = store.listed(connection, where, values)
        if unanswered:
            open_ones = critiques.unanswered(argument_graph.load(connection))
            found = [s for s in found if s["id"] in open_ones]
        if no_evidence:
            bare = support.without_evidence(argument_graph.load(connection))
            found = [s for s in found if s["id"] in bare]
        least = 0.0 if all_ or status else _threshold()
        shown = [
            s
            for s in found
            if s["status"] != "suggested" or (1 if s["confidence"] is None else s["confidence"]) >= least
        ]
        shown, _ = visible(connection, "statement", shown, everything=all_ or status is not None)
        if status is None:
            shown = [s for s in shown if s["status"] != "rejected"]
        hidden = len(found) - len(shown)
        most = chosen.limit if query else limit
        shown = shown if most is None else shown[:most]
        if json:
            return output.as_json({"statements": shown})
        titles = source_titles(connection, (m["source"] for s in shown for m in s["mentions"]))
    for statement in shown:
        output.text(output.statement_lines(statement, titles))
    unsure = f" ({hidden:,} more with --all)" if hidden and not all_ else ""
    return output.say(output.count(len(shown), "statement") + unsure)


def links(
    ref: Annotated[str | None, typer.Argument(help="A source or statement; all links without it.")] = None,
    relation: Annotated[str | None, typer.Option(help="supports, attacks, undercuts, restates or related.")] = None,
    basis: Annotated[str | None, typer.Option(help="authored, structure, cue, embedding, nli or llm.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also those of rules that were often wrong.")] = False,
    status: Status = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List links between statements, with why the program proposes them.

    Example: kb links --relation attacks --status suggested
    """
    from kb.sources import resolve
    from kb.store import links as store

    with reading() as connection:
        for column, wanted in (("relation", relation), ("basis", basis), ("status", status)):
            check(column, wanted)
        named = resolve.ref(connection, ref, "source", "statement", "link")[1] if ref else None
        found = store.chosen(connection, relation=relation, basis=basis, status=status, about=named)
        found, hidden = visible(connection, "link", found, everything=all_ or status is not None)
        found = found if limit is None else found[:limit]
        if json:
            return output.as_json({"links": found})
        output.text(link_lines(connection, found))
    return output.say(output.count(len(found), "link") + (f" ({hidden:,} more with --all)" if hidden else ""))


def visible(
    connection: sqlite3.Connection,
    table: Literal["statement", "link"],
    found: list[dict[str, Any]],
    *,
    everything: bool,
) -> tuple[list[dict[str, Any]], int]:
    """Without the suggestions of rules that the person's decisions show to be too often wrong, and how many."""
    from commands.options import home
    from kb.review import calibration

    hider = calibration.Hider(frozenset() if everything else calibration.hidden_rules(connection, home(), table))
    return [item for item in found if not hider(item)], len(hider.met)


def check(column: str, value: str | None) -> None:
    from kb.errors import UsageError
    from kb.model.words import BASES, RELATIONS, STATUSES

    words = {"relation": RELATIONS, "basis": BASES, "status": STATUSES}[column]
    if value is not None and value not in words:
        raise UsageError(f"no {column} {value!r}", "one of: " + ", ".join(words))


def _threshold() -> float:
    from commands.options import home
    from kb import config

    return float(config.load(home())["statement_threshold"])


def _searched(connection: sqlite3.Connection, query: str, chosen: Any) -> list[dict[str, Any]]:
    from commands.options import home
    from kb.search.search import search
    from kb.store import statements as store

    # What is not shown is left out before the cut, or the best ten could all be hidden.
    wider = replace(chosen, limit=_SEARCHED)
    hits = search(connection, home(), query, where="statements", filters=wider, each=True).hits
    found = store.read(connection, [hit.item.id for hit in hits])
    return [found[hit.item.id] for hit in hits if hit.item.id in found]


def source_titles(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Titles of sources by id."""
    from kb.store import sources

    return {name: source["title"] for name, source in sources.read(connection, set(ids)).items()}


def _show_statement(connection: sqlite3.Connection, statement: dict[str, Any], *, json: bool) -> None:
    if json:
        return output.as_json(statement)
    titles = source_titles(connection, (m["source"] for m in statement["mentions"]))
    output.text(output.statement_lines(statement, titles))
    for mention in statement["mentions"]:
        output.text(output.wrapped(f"“{mention['quote']}”", " " * 6))
    output.text(calculation.of_statement_lines(statement))
    output.text(link_lines(connection, statement["links"]))
    return None


def link_lines(connection: sqlite3.Connection, found: list[dict[str, Any]]) -> list[str]:
    """Links with the texts of their ends."""
    from kb.store import statements as store

    ends = {link[end] for link in found for end in ("from", "to")}
    names = {name: s["text"] for name, s in store.read(connection, ends).items()} | source_titles(connection, ends)
    lines: list[str] = []
    for link in found:
        mark = {"accepted": "✓", "rejected": "✗"}.get(link["status"], "?")
        score = f" {link['score']:.2f}" if link["score"] is not None else ""
        lines.append(f"{link['id']}  {mark} {output.style(link['relation'], 'bold')}  [{link['basis']}{score}]")
        for end, sign in (("from", "      from "), ("to", "        to ")):
            lines += output.wrapped(f"{link[end]} {names.get(link[end], '')}", " " * 11, sign)
    return lines


def _show_source(connection: sqlite3.Connection, source: dict[str, Any], *, text: bool) -> None:
    from kb.store import sources

    output.text(output.wrapped(output.style(source["title"], "bold")))
    facts = [source["kind"], ", ".join(source["authors"]), source["published"] or "", source["url"] or ""]
    output.text("  ".join(fact for fact in facts if fact))
    output.text(output.style(f"{source['id']}  {source['citekey']}", "dim"))
    if source["tags"]:
        output.text("tags: " + ", ".join(source["tags"]))
    if source["parent"] and (parent := sources.read(connection, [source["parent"]]).get(source["parent"])):
        output.text("answers: " + output.source_line(parent))
    if text and source["text"]:
        output.text(["", source["text"].rstrip(), ""])
    elif source["outline"]["headings"]:
        output.text(["", *("  " * h["level"] + h["text"] for h in source["outline"]["headings"]), ""])
    if turns := source["outline"]["turns"]:
        output.text("speakers: " + ", ".join(f"{t['speaker']} ({t['turns']} turns)" for t in turns))
    if source["references"]:
        output.text(output.count(len(source["references"]), "reference") + ":")
        output.text(f"  {r['target'] or '-':<9} {r['raw']}" for r in source["references"])
    if source["backlinks"]:
        output.text(output.count(len(source["backlinks"]), "backlink") + ":")
        output.text(f"  {b['source']:<9} {b['title']}" for b in source["backlinks"])
    if source["statement_list"]:
        least = _threshold()
        sure = [
            s
            for s in source["statement_list"]
            if s["status"] == "accepted" or (1 if s["confidence"] is None else s["confidence"]) >= least
        ]
        output.text(output.count(len(sure), "statement") + ":")
        for statement in sure:
            output.text(output.statement_lines(statement, {source["id"]: source["title"]}))
