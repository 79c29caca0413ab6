"""The options and arguments that several verbs take, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from kb.model.filters import Filters
    from kb.store.open import Store

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.", rich_help_panel="Output")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.", rich_help_panel="Output")]
Replace = Annotated[bool, typer.Option("--yes", "-y", help="Replace the file of -o where it is there already.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; change nothing.")]
Limit = Annotated[int | None, typer.Option("-n", "--limit", min=1, help="At most so many.", rich_help_panel="Filters")]
Source = Annotated[
    str | None, typer.Option("--source", help="A source: id, citekey, URL, title.", rich_help_panel="Filters")
]
Status = Annotated[
    str | None, typer.Option("--status", help="accepted, suggested or rejected.", rich_help_panel="Filters")
]
State = Annotated[str, typer.Option("--state", help="here, gone, removed, or all of them.", rich_help_panel="Filters")]

Ref = Annotated[str, typer.Argument(metavar="REF", help="A statement or source.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Statements or links; - reads them from stdin.")]

In = Annotated[
    Literal["passages", "statements", "all"], typer.Option("--in", help="What to search.", rich_help_panel="Filters")
]
Explain = Annotated[bool, typer.Option("--explain", help="Show why each hit is where it is.")]
Full = Annotated[
    bool, typer.Option("--full", help="Show whole passages, not only the best part.", rich_help_panel="Output")
]

Suggested = Annotated[bool, typer.Option("--suggested", help="Also links that are only suggested, by their scores.")]
Who = Annotated[str | None, typer.Option(help="Whose credences to start from; yours without it.")]
AboutOrAll = Annotated[
    str | None, typer.Argument(metavar="[REF|QUERY]", help="A statement, a source, or words; else all.")
]

AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Fetch from addresses that are not public, too.")]

LISTED = 20
"""Statements that a calculation lists without -n."""


@dataclass(frozen=True)
class FilterOptions:
    """The one set of filters of the reading verbs, as it is given."""

    kind: Annotated[
        str | None,
        typer.Option("--kind", help="Kinds of source or statement, comma between.", rich_help_panel="Filters"),
    ] = None
    author: Annotated[str | None, typer.Option("--author", help="Author or speaker.", rich_help_panel="Filters")] = None
    tag: Annotated[str | None, typer.Option("--tag", help="Tag.", rich_help_panel="Filters")] = None
    since: Annotated[
        str | None, typer.Option("--since", help="Date, year, or words: 'last week'.", rich_help_panel="Filters")
    ] = None
    until: Annotated[str | None, typer.Option("--until", help="Date, year, or words.", rich_help_panel="Filters")] = (
        None
    )
    source: Source = None
    status: Status = None
    reading: Annotated[
        str | None, typer.Option("--reading", help="to-read, reading, read or none.", rich_help_panel="Filters")
    ] = None
    fact: Annotated[
        str | None, typer.Option("--fact", help="karma:>50, rating:<5, state:open …", rich_help_panel="Filters")
    ] = None
    limit: Limit = None


def filters(store: Store, options: FilterOptions, state: str = "here") -> Filters:
    """The filters that the options mean, for sources in this state. A notice tells of who or what there is not.

    Raises:
        KbError: a kind, status, date or source that does not exist.
    """
    from kb.model.filters import DEFAULT_LIMIT, Filters

    named: tuple[str, ...] = ()
    if options.source:
        from kb.sources import resolve

        named = (resolve.source(store, options.source),)
    meant = Filters(
        kind=listed(options.kind),
        author=listed(options.author),
        tag=listed(options.tag),
        since=options.since,
        until=options.until,
        source=named,
        status=listed(options.status),
        reading=listed(options.reading),
        fact=listed(options.fact),
        state=state,
        limit=DEFAULT_LIMIT if options.limit is None else options.limit,
    )
    if meant.author or meant.tag:
        from kb.sources import nobody

        nobody.tell(store, meant)
    return meant


def listed(text: str | None) -> tuple[str, ...]:
    """What stands between the commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip()) if text else ()


def check_word(what: str, word: str | None, known: Sequence[str]) -> None:
    """See that a word that was given is one of those known.

    Raises:
        UsageError: it is not.
    """
    from kb.errors import UsageError
    from kb.text.spelling import one_of

    if word is not None and word not in known:
        raise UsageError(f"no {what} {word!r}", one_of(word, known))
