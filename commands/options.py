"""What every verb shares: the home, options, filters, and opening the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kb.search.filters import Filters
    from kb.store.open import Store


@dataclass
class Settings:
    """Options before the verb."""

    home: Path | None = None
    debug: bool = False


SETTINGS = Settings()

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.", rich_help_panel="Output")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.", rich_help_panel="Output")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; change nothing.")]
Limit = Annotated[int | None, typer.Option("-n", "--limit", min=1, help="At most so many.", rich_help_panel="Filters")]
Kind = Annotated[
    str | None, typer.Option("--kind", help="Kinds of source or statement, comma between.", rich_help_panel="Filters")
]
Author = Annotated[str | None, typer.Option("--author", help="Author or speaker.", rich_help_panel="Filters")]
Tag = Annotated[str | None, typer.Option("--tag", help="Tag.", rich_help_panel="Filters")]
Since = Annotated[
    str | None, typer.Option("--since", help="Date, year, or words: 'last week'.", rich_help_panel="Filters")
]
Until = Annotated[str | None, typer.Option("--until", help="Date, year, or words.", rich_help_panel="Filters")]
Source = Annotated[
    str | None, typer.Option("--source", help="A source: id, citekey, URL, title.", rich_help_panel="Filters")
]
Status = Annotated[
    str | None, typer.Option("--status", help="accepted, suggested or rejected.", rich_help_panel="Filters")
]


def home() -> Path:
    """The home that the options, the environment or the platform give."""
    from kb.store.open import default_home

    return SETTINGS.home or default_home()


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """A read-only connection to the store."""
    from kb.store.open import open_reader

    connection = open_reader(home())
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def writing() -> Iterator[Store]:
    """The store, made where there is none."""
    from kb.store.open import Store

    store = Store(home())
    try:
        yield store
    finally:
        store.close()


def filters(
    connection: sqlite3.Connection,
    *,
    kind: str | None = None,
    author: str | None = None,
    tag: str | None = None,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    status: str | None = None,
    limit: int | None = None,
) -> Filters:
    """The filters that the options mean.

    Raises:
        KbError: a kind, status, date or source that does not exist.
    """
    from kb.search.filters import DEFAULT_LIMIT, Filters
    from kb.sources import resolve

    named = (resolve.source(connection, source),) if source else ()
    return Filters(
        kind=_listed(kind),
        author=_listed(author),
        tag=_listed(tag),
        since=since,
        until=until,
        source=named,
        status=_listed(status),
        limit=DEFAULT_LIMIT if limit is None else limit,
    )


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip()) if text else ()
