"""`kb search`: passages and statements by words and by meaning."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands import output
from commands.home import reading
from commands.options import Explain, FilterOptions, Full, In, Json, filters
from commands.panels import READ
from commands.views import hits

if TYPE_CHECKING:
    from kb.model.filters import Filters
    from kb.search.search import Mode, Where
    from kb.store.open import Store

PANEL = READ
PAGED = True
ROWS = "hits"


def command(
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
    *,
    chosen: FilterOptions,
    json: Json = False,
) -> None:
    """Search passages or statements, by word and by meaning.

    Words rank. "A phrase" in quotes must occur, of (this OR that) at least one, -this must not; in a sentence quotes
    come first and the rest follows. Fields narrow:
    author: speaker: tag: kind: status: source: heading: before: after: as in heading:methods or -author:"Ann Lee";
    karma: agreement: points: likes: reactions: rating: confidence: state: … as in karma:>50 or rating:<=4.
    A title, a citekey, an address or an id gives what it names first.

    Example: kb search "does quality control fix the bias?" --author Okafor
    """
    from kb.errors import UsageError
    from kb.search import semantic

    if query is None and not interactive:
        raise UsageError("search for what?", 'for example: kb search "does it hold?", or kb search -i to type and see')
    with reading() as store:
        if mode != "lexical":
            semantic.prepare(store)
        from kb.search.search import search

        narrowed = filters(store, chosen)
        if narrowed.statements_only and where == "passages":
            where = "statements"
        if interactive:
            return _live(store, query or "", where, mode, narrowed)
        assert query is not None
        result = search(store, query, where=where, mode=mode, filters=narrowed, explain=explain)
    if json:
        return output.as_json(result.as_json())
    output.text(hits.lines(result, full=full))
    return output.say(hits.closing(result))


def _live(store: Store, query: str, where: Where, mode: Mode, narrowed: Filters) -> None:
    from kb.errors import UsageError

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("--interactive needs a terminal", "leave it out")
    from commands.interactive.live import Live

    Live(store, query, where, mode, narrowed).run()
