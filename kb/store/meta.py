"""Table `meta`: small facts about the store. `generation` counts the changes that concern the index."""

from __future__ import annotations

import sqlite3

GENERATION = "generation"
MODEL = "model"  # fingerprint of the model whose vectors are searched


def get(connection: sqlite3.Connection, name: str) -> str | None:
    """The fact of that name, or None."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def put(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Note a fact in place of the one before."""
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def generation(connection: sqlite3.Connection) -> int:
    """How many changes have concerned the index so far."""
    return int(get(connection, GENERATION) or 0)


def bump_generation(connection: sqlite3.Connection) -> None:
    """Say, in the same transaction, that passages, statements or vectors have changed: index files are stale."""
    connection.execute(
        """INSERT INTO meta (name, value) VALUES (?, '1')
        ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1""",
        (GENERATION,),
    )
