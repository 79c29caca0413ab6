"""Table `judgement`: what optional judges answered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kb.store import access
from kb.store.open import Store


def read(store: Store, keys: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The answers to those of the questions that were asked before, by their keys."""
    rows = access.in_chunks(store, "SELECT key, answer FROM judgement WHERE key IN ({})", keys)
    return {row["key"]: json.loads(row["answer"]) for row in rows}


def insert(store: Store, judge: str, answers: Mapping[str, Mapping[str, Any]], at: str) -> None:
    """Keep answers by their keys. One that is there already stays."""
    store.execute_many(
        "INSERT INTO judgement (key, judge, answer, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(key, judge, json.dumps(answer, ensure_ascii=False), at) for key, answer in answers.items()],
    )


def count(store: Store) -> int:
    """How many answers are kept."""
    return access.number(store, "SELECT count(*) FROM judgement")
