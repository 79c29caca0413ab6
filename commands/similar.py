"""`kb similar`: what is near in meaning."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.home import reading
from commands.options import Explain, FilterOptions, Full, In, Json, filters
from commands.panels import READ
from commands.views import hits

PANEL = READ
PAGED = True
ROWS = "hits"


def command(
    ref: Annotated[str | None, typer.Argument(help="A source, statement or passage.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="A text instead.")] = None,
    where: In = "all",
    elsewhere: Annotated[bool, typer.Option("--elsewhere", help="Leave out the same source.")] = False,
    explain: Explain = False,
    full: Full = False,
    *,
    chosen: FilterOptions,
    json: Json = False,
) -> None:
    """Find what is near in meaning to a source, a statement, a passage or a text.

    Example: kb similar --text "empty squares on private farmland"
    """
    from kb.errors import UsageError
    from kb.search.search import similar
    from kb.sources import resolve

    if (ref is None) == (text is None):
        raise UsageError("similar takes a REF or --text", "for example: kb similar --text 'a sentence'")
    with reading() as store:
        narrowed = filters(store, chosen)
        if narrowed.statements_only and where == "all":
            where = "statements"
        if ref is None:
            result = similar(
                store, text=text, where=where, filters=narrowed,
                exclude_same_source=elsewhere, explain=explain,
            )  # fmt: skip
        else:
            asked = resolve.ref(store, ref, "source", "statement", "passage")
            result = similar(
                store, like=asked, where=where, filters=narrowed, exclude_same_source=elsewhere, explain=explain
            )
    if json:
        return output.as_json(result.as_json())
    output.text(hits.lines(result, full=full))
    return output.say(hits.closing(result))
