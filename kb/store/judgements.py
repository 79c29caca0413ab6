"""Table `judgement`: what optional judges answered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from kb.store import rows as _rows


def read(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The answers to those of the questions that were asked before, by their keys."""
    rows = _rows.in_chunks(connection, "SELECT key, answer FROM judgement WHERE key IN ({})", keys)
    return {row["key"]: json.loads(row["answer"]) for row in rows}


def insert(connection: sqlite3.Connection, judge: str, answers: Mapping[str, Mapping[str, Any]], at: str) -> None:
    """Keep answers by their keys. One that is there already stays."""
    connection.executemany(
        "INSERT OR IGNORE INTO judgement (key, judge, answer, at) VALUES (?, ?, ?, ?)",
        [(key, judge, json.dumps(answer, ensure_ascii=False), at) for key, answer in answers.items()],
    )


def count(connection: sqlite3.Connection) -> int:
    """How many answers are kept."""
    return int(connection.execute("SELECT count(*) FROM judgement").fetchone()[0])
