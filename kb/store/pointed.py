"""Passages that may say where else in their text to look, and what stands under the headings of a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.store import access
from kb.store.open import Store

_NEAR = 6  # passages after another in which one that hangs under it is looked for
_LONGEST = 300  # characters of a passage that does nothing but point


@dataclass(frozen=True, slots=True)
class Aside:
    """A short passage, itself or under the passage with the rowid `of`."""

    of: int
    rowid: int
    id: str
    source_rowid: int
    text: str


def asides(store: Store, passages: Iterable[int]) -> list[Aside]:
    """The short ones of these passages, and short ones that hang under one of them, in the order of the text."""
    sql = f"""SELECT q.rowid, p.rowid, p.id, p.source_rowid, p.text FROM passage q JOIN passage p
        ON p.source_rowid = q.source_rowid AND p.ordinal BETWEEN q.ordinal AND q.ordinal + {_NEAR}
        AND (p.rowid = q.rowid OR p.parent = q.block) WHERE length(p.text) <= {_LONGEST} AND q.rowid IN ({{}})"""
    return [Aside(*row) for row in access.in_chunks(store, sql, passages)]


def headings(store: Store, source_rowid: int) -> list[tuple[int, str]]:
    """The headings of a text as (ordinal, words)."""
    sql = "SELECT ordinal, text FROM passage WHERE source_rowid = ? AND kind = 'heading' ORDER BY ordinal"
    return [(row[0], row[1]) for row in store.execute(sql, (source_rowid,))]


def under(store: Store, source_rowid: int, heading: int) -> list[int]:
    """The passages between a heading, by its ordinal, and the next one."""
    sql = """SELECT rowid FROM passage WHERE source_rowid = ? AND ordinal > ? AND ordinal < coalesce((SELECT
        min(ordinal) FROM passage WHERE source_rowid = ? AND ordinal > ? AND kind = 'heading'), 1e9) ORDER BY ordinal"""
    return [row[0] for row in store.execute(sql, (source_rowid, heading, source_rowid, heading))]
