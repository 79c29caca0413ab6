"""Statements as text, with who makes them where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from commands import output
from commands.views.context import context_lines
from kb.model.context import QUOTED
from kb.text.strings import clip

if TYPE_CHECKING:
    from kb.model.statement import Statement
    from kb.store.open import Store

MARKS = {"accepted": "✓", "rejected": "✗"}
"""Before what was decided; a question mark before all else."""


def statement_lines(statement: Statement, titles: Mapping[str, str]) -> list[str]:
    """A statement with its context and who makes it where; `titles` are those of the sources, by id."""
    mark = MARKS.get(statement.status, "?")
    kind = statement.kind.replace("_", " ")
    lines = output.wrapped(statement.text, " " * 6, f"{statement.id}  {mark} {kind}: ")
    lines += context_lines(statement.context, " " * 6)
    if statement.gloss:
        told = output.wrapped(f"{statement.gloss.text} ({statement.gloss.by})", " " * 8, "      ≈ ")
        lines += [output.style(line, "dim") for line in told]
    places: dict[str, None] = {}
    for mention in statement.mentions:
        who = f"{said}, " if (said := mention.said_by("", QUOTED)) else ""
        places[f"      — {who}{clip(titles.get(mention.source, mention.source), 70)}"] = None
    return lines + [output.style(line, "dim") for line in list(places)[:3]]


def quote_lines(statement: Statement) -> list[str]:
    """The quotes of all its mentions."""
    return [line for m in statement.mentions for line in output.wrapped(f"“{m.quote}”", " " * 6)]


def titles_of(store: Store, statements: Iterable[Statement]) -> dict[str, str]:
    """Titles, by id, of the sources in which the statements are made."""
    return source_titles(store, (mention.source for one in statements for mention in one.mentions))


def source_titles(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Titles of sources by id."""
    from kb.store import sources

    return sources.titles(store, set(ids))
