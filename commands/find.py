"""`kb search`, `kb similar`: passages and statements by words and by meaning."""

from __future__ import annotations

import sys
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from commands import output
from commands.options import Author, Json, Kind, Limit, Since, Source, Status, Tag, Until, filters, home, reading

if TYPE_CHECKING:
    import sqlite3

    from kb.search.filters import Filters
    from kb.search.hits import Hit
    from kb.search.search import Mode, SearchResult, Where

In = Annotated[
    Literal["passages", "statements", "all"], typer.Option("--in", help="What to search.", rich_help_panel="Filters")
]

Explain = Annotated[bool, typer.Option("--explain", help="Show why each hit is where it is.")]
Full = Annotated[
    bool, typer.Option("--full", help="Show whole passages, not only the best part.", rich_help_panel="Output")
]


def search(
    query: Annotated[str | None, typer.Argument(help="Any text; see above for what it may hold.")] = None,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Type, and see the hits change; open, map or copy one.")
    ] = False,
    where: In = "passages",
    mode: Annotated[
        Literal["hybrid", "lexical", "semantic"], typer.Option(help="By words, by meaning, or both.")
    ] = "hybrid",
    explain: Explain = False,
    full: Full = False,
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

    Words rank. "A phrase" in quotes must occur, of (this OR that) at least one, -this must not. Fields narrow:
    author: speaker: tag: kind: status: source: heading: before: after: as in heading:methods or -author:"Ann Lee".
    A title, a citekey, an address or an id gives what it names first.

    Example: kb search "does quality control fix the bias?" --author Okafor
    """
    from kb.errors import UsageError
    from kb.search.search import search as run

    if query is None and not interactive:
        raise UsageError("search for what?", 'for example: kb search "does it hold?", or kb search -i to type and see')
    with reading() as connection:
        chosen = filters(
            connection,
            kind=kind, author=author, tag=tag, since=since, until=until, source=source, status=status, limit=limit,
        )  # fmt: skip
        if chosen.statements_only and where == "passages":
            where = "statements"
        if interactive:
            return _live(connection, query or "", where, mode, chosen)
        assert query is not None
        result = run(connection, home(), query, where=where, mode=mode, filters=chosen, explain=explain)
    return _print(result, json=json, full=full)


def _live(connection: sqlite3.Connection, query: str, where: Where, mode: Mode, chosen: Filters) -> None:
    from kb.errors import UsageError

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("--interactive needs a terminal", "leave it out")
    from commands.views.live import Live

    Live(connection, home(), query, where, mode, chosen).run()


def similar(
    ref: Annotated[str | None, typer.Argument(help="A source, statement or passage.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="A text instead.")] = None,
    where: In = "all",
    elsewhere: Annotated[bool, typer.Option("--elsewhere", help="Leave out the same source.")] = False,
    explain: Explain = False,
    full: Full = False,
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
    from kb.errors import UsageError
    from kb.search.search import similar as run
    from kb.sources import resolve

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
            result = run(
                connection, home(), text=text, where=where, filters=chosen,
                exclude_same_source=elsewhere, explain=explain,
            )  # fmt: skip
        else:
            table, named = resolve.ref(connection, ref, "source", "statement", "passage")
            rowid = resolve.rowid(connection, table, named)
            result = run(
                connection, home(), table=table, rowid=rowid, where=where, filters=chosen,  # type: ignore[arg-type]
                exclude_same_source=elsewhere, explain=explain,
            )  # fmt: skip
    _print(result, json=json, full=full)


def _print(result: SearchResult, *, json: bool, full: bool) -> None:
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
        output.text(_shown(hit, full))
        output.text(output.style(f"    {found['id']}  {source['url'] or source['citekey']}{_others(hit)}", "dim"))
        if hit.explain:
            output.text(output.wrapped(_why(hit), "    "))
    return output.say(output.count(len(result.hits), "hit") + ("" if result.mode == "hybrid" else f", {result.mode}"))


def _shown(hit: Hit, full: bool) -> list[str]:
    """The part of the text to show, in lines, with the words of the query marked on a terminal."""
    text, part = hit.item.text, hit.snippet
    start, end = (0, len(text)) if full else (part.start, part.end)
    before, after = "… " if start > 0 else "", " …" if end < len(text) else ""
    lines = output.wrapped(before + text[start:end] + after, "    ")
    marks = [(a, b) for a, b in part.marks if start <= a and b <= end]
    # Breaking into lines only changes blanks, so a place is known by the letters before it.
    letters = [0, *accumulate(not c.isspace() for c in text[start:end])]
    ahead = len(before.strip())
    inside = {at for a, b in marks for at in range(ahead + letters[a - start], ahead + letters[b - start])}
    at, marked = 0, []
    for line in lines:
        numbers = accumulate((not c.isspace() for c in line), initial=at)
        told = [(c, number in inside and not c.isspace()) for c, number in zip(line, numbers, strict=False)]
        runs = [("".join(c for c, _ in run), hit_word) for hit_word, run in groupby(told, key=lambda one: one[1])]
        marked.append("".join(output.style(words, "bold", "yellow") if hit_word else words for words, hit_word in runs))
        at += sum(not c.isspace() for c in line)
    return marked


def _others(hit: Hit) -> str:
    """ "also in 2 more places", and what stands at the same place."""
    parts = [f"also in {output.count(len(hit.also), 'more place')}"] if hit.also else []
    parts += [f"with {', '.join(hit.within)}"] if hit.within else []
    return "  · " + " · ".join(parts) if parts else ""


def _why(hit: Hit) -> str:
    """The parts of a score: "0.94 = 0.71 by meaning (rank 3, cosine 0.61) + 0.23 by words (rank 1, BM25 7.2)"."""
    why: dict[str, Any] = hit.explain or {}
    parts = []
    if near := why["semantic"]:
        rank = "estimated, no vector yet" if near.get("estimated") else _rank(near["rank"])
        parts.append(f"{near['part']:.3f} by meaning ({rank}, cosine {near['cosine']:.3f})")
    if words := why["lexical"]:
        parts.append(f"{words['part']:.3f} by words ({_rank(words['rank'])}, BM25 {words['bm25']:.2f})")
    line = f"score {hit.score:.3f}" + (f" = {' + '.join(parts)}" if parts else "")
    if "asks_again" in why:
        line += f", times {why['asks_again']}: it asks the same question"
    return f"exact: {why['exact']}" if "exact" in why else line


def _rank(rank: int | None) -> str:
    return f"rank {rank}" if rank else "not among the nearest"
