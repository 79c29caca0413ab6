"""What a question is about: a REF of a statement or source, or else words, answered by search."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.errors import NotFoundError, UsageError
from kb.model import ids
from kb.model.named import Named
from kb.sources import resolve
from kb.store import named as named_rows
from kb.store import statements
from kb.store.open import Store

NEAREST = 20
"""Statements that words stand for: enough for a store, few enough to be about the same thing."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Ids of statements and sources, the best first. `named` is the one that a REF names, None for words."""

    words: str
    named: str | None
    ids: tuple[str, ...]

    @property
    def searched(self) -> bool:
        return self.named is None


def find(store: Store, text: str, kind: str | None = None, *, turns: bool = False) -> Subject:
    """The statement, the source with its statements, or the statements and sources that the words are nearest to.

    `kind` limits a search to statements of that kind. `turns`: a passage may be named too, and means its turn.

    Raises:
        NotFoundError: an ambiguous REF, or what looks like an id and is none. UsageError: no words at all.
    """
    if not text.strip():
        raise UsageError("what is asked about is empty", "give a REF or some words")
    try:
        if turns and (turn := resolve.turn(store, text)) is not None:
            return Subject(text, turn, (turn,))
        found = resolve.exactly(store, text, "statement", "source")
    except NotFoundError as error:
        if error.candidates or _looks_like_an_id(text):
            raise
        return Subject(text, None, _search(store, text, kind))
    return _named(store, text, found)


def named(store: Store, text: str) -> Subject:
    """As `find`, for what only a REF may name.

    Raises:
        NotFoundError: it names nothing, or several things.
    """
    return _named(store, text, resolve.ref(store, text, "statement", "source"))


def _named(store: Store, text: str, found: Named) -> Subject:
    within = of_source(store, found.id) if found.kind == "source" else []
    return Subject(text, found.id, (found.id, *within))


def of_source(store: Store, source_id: str) -> list[str]:
    """Ids of the statements made in a source, in text order."""
    return [place[0] for place in statements.places(store, named_rows.rowid(store, "source", source_id))]


def _looks_like_an_id(text: str) -> bool:
    """`c7x2`: a word of a letter and characters of ids, with a digit. "scaling" is a word."""
    return bool(ids.ID.fullmatch(text.strip()) and re.search(r"\d", text))


def _search(store: Store, text: str, kind: str | None) -> tuple[str, ...]:
    from kb.model.filters import Filters
    from kb.search.search import search

    chosen = Filters(kind=(kind,) if kind else (), limit=NEAREST)
    hits = search(store, text, where="statements", filters=chosen).hits
    found = [hit.unit.id for hit in hits]
    if kind is None:
        passages = search(store, text, filters=chosen).hits
        found += [hit.unit.source.id for hit in passages]
    return tuple(dict.fromkeys(found))
