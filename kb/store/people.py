"""Table `person`, and who speaks in the texts: the names under which somebody is recorded."""

from __future__ import annotations

from collections.abc import Iterable

from kb.store import access
from kb.store.open import Store


def names(store: Store) -> list[str]:
    """Names of all authors and of all speakers of statements, each once, in the order of the alphabet."""
    sql = """SELECT name FROM person UNION SELECT DISTINCT speaker FROM mention WHERE speaker > '' AND NOT lost
        ORDER BY 1"""
    return [row[0] for row in store.execute(sql)]


def sources_by(store: Store, names: Iterable[str]) -> set[str]:
    """Ids of the sources that people of these names are authors of."""
    sql = """SELECT DISTINCT s.id FROM authorship a JOIN person p ON p.rowid = a.person_rowid
        JOIN source s ON s.rowid = a.source_rowid WHERE p.name IN ({})"""
    return {row[0] for row in access.in_chunks(store, sql, names)}


def author_names(store: Store, source_rowids: Iterable[int]) -> dict[int, list[str]]:
    """Names of the authors in order, by the rowid of the source."""
    sql = """SELECT a.source_rowid, p.name FROM authorship a JOIN person p ON p.rowid = a.person_rowid
        WHERE a.source_rowid IN ({}) ORDER BY a.source_rowid, a.position"""
    found: dict[int, list[str]] = {}
    for rowid, name in access.in_chunks(store, sql, source_rowids):
        found.setdefault(rowid, []).append(name)
    return found
