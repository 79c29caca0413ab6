"""Table `seen_file`: files read before, so that adding a folder again reads only what changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence


def unchanged(connection: sqlite3.Connection, target: str, digest: str) -> list[str] | None:
    """Ids of the sources that the file gave when it had this digest; None if it must be read."""
    row = connection.execute("SELECT digest, sources FROM seen_file WHERE target = ?", (target,)).fetchone()
    if row is None or row["digest"] != digest:
        return None
    names: list[str] = json.loads(row["sources"])
    there = connection.execute(
        "SELECT count(*) FROM source WHERE id IN (SELECT value FROM json_each(?))", (row["sources"],)
    )
    return names if there.fetchone()[0] == len(set(names)) else None


def remember(connection: sqlite3.Connection, target: str, digest: str, sources: Sequence[str]) -> None:
    """Note what a file gave."""
    connection.execute(
        """INSERT INTO seen_file (target, digest, sources) VALUES (?, ?, ?)
        ON CONFLICT (target) DO UPDATE SET digest = excluded.digest, sources = excluded.sources""",
        (target, digest, json.dumps(list(sources))),
    )
