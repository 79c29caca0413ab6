"""`kb search`, `kb similar`: passages and statements by words and by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from commands import output
from commands.context import Author, Json, Kind, Limit, Since, Source, Status, Tag, Until, filters, home, reading

if TYPE_CHECKING:
    from kb.search.search import SearchResult

In = Annotated[
    Literal["passages", "statements", "all"], typer.Option("--in", help="What to search.", rich_help_panel="Filters")
]


def search(
    query: Annotated[str, typer.Argument(help='Any text; "phrases" in quotes must stand as they are.')],
    where: In = "passages",
    mode: Annotated[
        Literal["hybrid", "lexical", "semantic"], typer.Option(help="By words, by meaning, or both.")
    ] = "hybrid",
    explain: Annotated[bool, typer.Option("--explain", help="Show why each hit is where it is.")] = False,
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
    """Search passages or statements, by word and by meaning.

    A query can narrow itself: author:okafor tag:ecology kind:critique before:2020 -birds

    Example: kb search "does quality control fix the bias?" --author Okafor
    """
    from kb.search.search import search as run

    with reading() as connection:
        chosen = filters(
            connection,
            kind=kind, author=author, tag=tag, since=since, until=until, source=source, status=status, limit=limit,
        )  # fmt: skip
        if chosen.statements_only and where == "passages":
            where = "statements"
        result = run(connection, home(), query, where=where, mode=mode, filters=chosen, explain=explain)
    _print(result, json=json)


def similar(
    ref: Annotated[str | None, typer.Argument(help="A source, statement or passage.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="A text instead.")] = None,
    where: In = "all",
    elsewhere: Annotated[bool, typer.Option("--elsewhere", help="Leave out the same source.")] = False,
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
    """Find what is near in meaning to a source, a statement, a passage or a text.

    Example: kb similar --text "empty squares on private farmland"
    """
    from kb import resolve
    from kb.errors import UsageError
    from kb.search.search import similar as run

    if (ref is None) == (text is None):
        raise UsageError("similar takes a REF or --text", "for example: kb similar --text 'a sentence'")
    with reading() as connection:
        chosen = filters(
            connection,
            kind=kind, author=author, tag=tag, since=since, until=until, source=source, status=status, limit=limit,
        )  # fmt: skip
        if chosen.statements_only and where == "all":
            where = "statements"
        if ref is None:
            result = run(connection, home(), text=text, where=where, filters=chosen)
        else:
            table, named = resolve.ref(connection, ref, "source", "statement", "passage")
            rowid = resolve.rowid(connection, table, named)
            result = run(
                connection, home(), table=table, rowid=rowid, where=where, filters=chosen,  # type: ignore[arg-type]
                exclude_same_source=elsewhere,
            )  # fmt: skip
    _print(result, json=json)


def _print(result: SearchResult, *, json: bool) -> None:
    if json:
        return output.as_json(result.to_dict())
    for hit in result.hits:
        found = hit.to_dict()
        source, locator = found["source"], found["locator"]
        page = [f"p. {locator['page']}"] if "page" in locator else []
        place = " › ".join([source["title"], *locator["heading"][-1:], *page])
        who = locator["speaker"] or ", ".join(source["authors"][:1])
        head = f"{hit.rank:>2}. {output.style(place, 'bold')}" + (f" · {who}" if who else "")
        output.text(head)
        output.text(output.wrapped(found["text"], "    "))
        output.text(output.style(f"    {found['id']}  {source['url'] or source['citekey']}", "dim"))
        if hit.explain:
            output.text(output.wrapped(_why(hit.explain), "    "))
    return output.say(output.count(len(result.hits), "hit") + ("" if result.mode == "hybrid" else f", {result.mode}"))


def _why(explain: dict[str, Any]) -> str:
    """The parts of a score in a line: "lexical rank 1, score 7.2; semantic rank 3, score 0.61; …" """
    parts = []
    for name, value in explain.items():
        if isinstance(value, dict):
            parts.append(name + " " + ", ".join(f"{k} {v}" for k, v in value.items() if v is not None))
        elif value is not None:
            parts.append(f"{name} {value}")
    return "; ".join(parts)
