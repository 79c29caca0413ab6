"""What a question is about: a REF of a statement or source, or else words, answered by search."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from kb.errors import NotFoundError, UsageError
from kb.model import ids
from kb.sources import resolve
from kb.store import sources, statements

NEAREST = 20
"""Statements that words stand for: enough for a reader, few enough to be about the same thing."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Ids of statements and sources, the best first. `named` is the one that a REF names, None for words."""

    words: str
    named: str | None
    ids: tuple[str, ...]

    @property
    def searched(self) -> bool:
        return self.named is None


def find(connection: sqlite3.Connection, home: Path, text: str, kind: str | None = None) -> Subject:
    """The statement, the source with its statements, or the statements and sources that the words are nearest to.

    `kind` limits a search to statements of that kind.

    Raises:
        NotFoundError: an ambiguous REF, or what looks like an id and is none. UsageError: no words at all.
    """
    if not text.strip():
        raise UsageError("what is asked about is empty", "give a REF or some words")
    try:
        table, name = resolve.ref(connection, text, "statement", "source")
    except NotFoundError as error:
        if error.candidates or _looks_like_an_id(text):
            raise
        return Subject(text, None, _search(connection, home, text, kind))
    if table == "statement":
        return Subject(text, name, (name,))
    return Subject(text, name, (name, *of_source(connection, name)))


def named(connection: sqlite3.Connection, text: str) -> Subject:
    """As `find`, for what only a REF may name.

    Raises:
        NotFoundError: it names nothing, or several things.
    """
    table, name = resolve.ref(connection, text, "statement", "source")
    return Subject(text, name, (name,) if table == "statement" else (name, *of_source(connection, name)))


def of_source(connection: sqlite3.Connection, source_id: str) -> list[str]:
    """Ids of the statements made in a source, in text order."""
    row = sources.row(connection, source_id)
    return [place[0] for place in statements.places(connection, row["rowid"])] if row else []


def _looks_like_an_id(text: str) -> bool:
    """`c7x2`: a word of a letter and characters of ids, with a digit. "scaling" is a word."""
    return bool(ids.ID.fullmatch(text.strip()) and re.search(r"\d", text))


def _search(connection: sqlite3.Connection, home: Path, text: str, kind: str | None) -> tuple[str, ...]:
    from kb.search.filters import Filters
    from kb.search.search import search

    chosen = Filters(kind=(kind,) if kind else (), limit=NEAREST)
    hits = search(connection, home, text, where="statements", filters=chosen).hits
    found = [hit.item.id for hit in hits]
    if kind is None:
        passages = search(connection, home, text, filters=chosen).hits
        found += [str(hit.item.source["id"]) for hit in passages]
    return tuple(dict.fromkeys(found))
