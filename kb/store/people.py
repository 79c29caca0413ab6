"""Table `person`, and who speaks in the texts: the names under which somebody is recorded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kb.store import rows


def names(connection: sqlite3.Connection) -> list[str]:
    """Names of all authors and of all speakers of statements, each once, in the order of the alphabet."""
    sql = """SELECT name FROM person UNION SELECT DISTINCT speaker FROM mention WHERE speaker > '' AND NOT lost
        ORDER BY 1"""
    return [row[0] for row in connection.execute(sql)]


def sources_by(connection: sqlite3.Connection, names: Iterable[str]) -> set[str]:
    """Ids of the sources that people of these names are authors of."""
    sql = """SELECT DISTINCT s.id FROM authorship a JOIN person p ON p.rowid = a.person_rowid
        JOIN source s ON s.rowid = a.source_rowid WHERE p.name IN ({})"""
    return {row[0] for row in rows.in_chunks(connection, sql, names)}
