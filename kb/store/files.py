"""Table `seen_file`: files read before, so that adding a folder again reads only what changed."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kb.store import access
from kb.store.engine.sql import MEMBERS, listed
from kb.store.open import Store


def unchanged(store: Store, target: str, digest: str) -> list[str] | None:
    """Ids of the sources that the file gave when it had this digest; None if it must be read."""
    row = store.execute("SELECT digest, sources FROM seen_file WHERE target = ?", (target,)).fetchone()
    if row is None or row["digest"] != digest:
        return None
    names: list[str] = json.loads(row["sources"])
    there = access.number(store, f"SELECT count(*) FROM source WHERE id IN {MEMBERS}", (listed(names),))
    return names if there == len(set(names)) else None


def remember(store: Store, target: str, digest: str, sources: Sequence[str]) -> None:
    """Note what a file gave."""
    store.execute(
        """INSERT INTO seen_file (target, digest, sources) VALUES (?, ?, ?)
        ON CONFLICT (target) DO UPDATE SET digest = excluded.digest, sources = excluded.sources""",
        (target, digest, json.dumps(list(sources))),
    )
