"""Table `import_run`: one row for each `kb add`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Run:
    """One `kb add`: when, what, and how it went. A failure has target, message and hint."""

    started: str
    finished: str | None
    targets: tuple[str, ...]
    counts: Mapping[str, int]
    failures: tuple[Mapping[str, str], ...]


def begin(store: Store, started: str, targets: Sequence[str]) -> int:
    """Note that a run has begun; returns its number."""
    sql = "INSERT INTO import_run (started, targets, counts, failures) VALUES (?, ?, '{}', '[]')"
    return int(store.execute(sql, (started, json.dumps(list(targets)))).lastrowid or 0)


def left_unsettled(store: Store) -> list[str]:
    """Ids of sources that runs brought or changed which were broken off since the last that came to its end."""
    sql = """SELECT s.id FROM source s JOIN seen_file f ON f.target = s.target WHERE s.kind <> 'stub' AND s.updated >=
        (SELECT min(started) FROM import_run WHERE rowid >
            (SELECT coalesce(max(rowid), 0) FROM import_run WHERE finished IS NOT NULL)) ORDER BY s.rowid"""
    return [row[0] for row in store.execute(sql)]


def end(
    store: Store,
    run: int,
    finished: str,
    counts: Mapping[str, int],
    failures: Sequence[Mapping[str, str]],
) -> None:
    """Note how it went."""
    store.execute(
        "UPDATE import_run SET finished = ?, counts = ?, failures = ? WHERE rowid = ?",
        (finished, json.dumps(dict(counts)), json.dumps([dict(f) for f in failures]), run),
    )


def last(store: Store) -> Run | None:
    """The newest run, or None."""
    sql = "SELECT started, finished, targets, counts, failures FROM import_run ORDER BY rowid DESC LIMIT 1"
    row = store.execute(sql).fetchone()
    if row is None:
        return None
    targets, counts, failures = map(json.loads, row[2:])
    return Run(row[0], row[1], tuple(targets), counts, tuple(failures))
