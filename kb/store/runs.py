"""Table `import_run`: one row for each `kb add`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any


def begin(connection: sqlite3.Connection, started: str, targets: Sequence[str]) -> int:
    sql = "INSERT INTO import_run (started, targets, counts, failures) VALUES (?, ?, '{}', '[]')"
    return int(connection.execute(sql, (started, json.dumps(list(targets)))).lastrowid or 0)


def end(
    connection: sqlite3.Connection,
    run: int,
    finished: str,
    counts: Mapping[str, int],
    failures: Sequence[Mapping[str, str]],
) -> None:
    connection.execute(
        "UPDATE import_run SET finished = ?, counts = ?, failures = ? WHERE rowid = ?",
        (finished, json.dumps(dict(counts)), json.dumps([dict(f) for f in failures]), run),
    )


def last(connection: sqlite3.Connection) -> dict[str, Any] | None:
    """The newest run, or None."""
    row = connection.execute("SELECT * FROM import_run ORDER BY rowid DESC LIMIT 1").fetchone()
    if row is None:
        return None
    return {
        "started": row["started"],
        "finished": row["finished"],
        "targets": json.loads(row["targets"]),
        "counts": json.loads(row["counts"]),
        "failures": json.loads(row["failures"]),
    }
