"""`kb map`: a part of the argument graph, drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import output
from commands.context import Json, Source, filters, home, reading

if TYPE_CHECKING:
    import sqlite3


def map_(
    about: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY|REF…]", help="Statements, sources, or words to look for.")
    ] = None,
    depth: Annotated[int, typer.Option(min=0, help="How many links away from the roots.")] = 2,
    format_: Annotated[
        str,
        typer.Option(
            "--format", help="tree, json, markdown, mermaid, dot, svg, html, argdown, canvas, graphml or aif."
        ),
    ] = "tree",
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
    accepted: Annotated[bool, typer.Option("--accepted", help="Only what is accepted.")] = False,
    related: Annotated[bool, typer.Option(help="Also unsigned links.")] = False,
    roots: Annotated[int, typer.Option("-n", min=1, help="Roots, where words or a source are given.")] = 5,
    source: Source = None,
    json: Json = False,
) -> None:
    """Draw an argument map: what supports and what attacks a statement, a source, or what a query finds.

    Example: kb map "quality control" --format svg -o map.svg
    """
    from kb import select
    from kb.errors import KbError, UsageError
    from kb.render import FORMATS, render
    from kb.render.json import to_dict

    if format_ not in FORMATS:
        raise UsageError(f"no map format {format_!r}", "one of: " + ", ".join(FORMATS))
    with reading() as connection:
        start = _roots(connection, about or [], source, roots)
        graph = select.around(
            connection,
            start,
            depth=depth,
            statuses=("accepted",) if accepted else ("accepted", "suggested"),
            related=related,
            title=" ".join(about) if about else "Argument map",
        )
    if json and out is None:
        return output.as_json(to_dict(graph))
    drawn = render(graph, "json" if json else format_)
    if out is None:
        return output.text(drawn.rstrip("\n"))
    try:
        out.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise KbError(f"cannot write {out}: {error.strerror}", "choose another file") from error
    output.say(f"{out}: {output.count(len(graph.nodes), 'node')}, {output.count(len(graph.edges), 'link')}")
    return output.as_json(to_dict(graph)) if json else None


def _roots(connection: sqlite3.Connection, about: list[str], source: str | None, limit: int) -> list[str]:
    from kb import resolve, select
    from kb.errors import NotFoundError
    from kb.search.search import search

    if not about and source:
        return select.roots_of_source(connection, resolve.source(connection, source), limit)
    if not about:
        return select.most_discussed(connection, limit)
    found: list[str] = []
    words: list[str] = []
    for ref in about:
        try:
            table, name = resolve.ref(connection, ref, "statement", "source")
        except NotFoundError as error:
            if error.candidates:
                raise
            words.append(ref)
            continue
        found += [name] if table == "statement" else select.roots_of_source(connection, name, limit)
    if words:
        chosen = filters(connection, source=source, limit=limit)
        hits = search(connection, home(), " ".join(words), where="statements", filters=chosen).hits
        found += [hit.item.id for hit in hits]
    return list(dict.fromkeys(found))
