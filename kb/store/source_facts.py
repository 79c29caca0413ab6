"""Table `source_fact`: what the place of a text counts or says of it, as it was seen last."""

from __future__ import annotations

from collections.abc import Iterable

from kb.model.facts import Fact
from kb.store import access
from kb.store.open import Store


def put(store: Store, source_id: str, facts: Iterable[Fact]) -> None:
    """Note, inside a transaction, the facts of a source as they are now; those that are not named stay as they were."""
    store.execute_many(
        """INSERT INTO source_fact (source_rowid, name, number, said)
        SELECT s.rowid, ?, ?, ? FROM source s WHERE s.id = ?
        ON CONFLICT (name, source_rowid) DO UPDATE SET number = excluded.number, said = excluded.said
        WHERE number IS NOT excluded.number OR said <> excluded.said""",
        [(one.name, one.number, one.said, source_id) for one in facts],
    )


def of(store: Store, source_id: str) -> tuple[Fact, ...]:
    """The facts of a source, by name in the order of the alphabet."""
    sql = """SELECT f.name, f.number, f.said FROM source_fact f JOIN source s ON s.rowid = f.source_rowid
        WHERE s.id = ? ORDER BY f.name"""
    return tuple(Fact(*row) for row in store.execute(sql, (source_id,)))


def of_rows(store: Store, rowids: Iterable[int]) -> dict[int, tuple[Fact, ...]]:
    """The same by the rowids of the sources, for those that have some."""
    sql = """SELECT f.source_rowid, f.name, f.number, f.said FROM source_fact f WHERE f.source_rowid IN ({})
        ORDER BY f.source_rowid, f.name"""
    found: dict[int, tuple[Fact, ...]] = {}
    for rowid, *fact in access.in_chunks(store, sql, rowids):
        found[rowid] = (*found.get(rowid, ()), Fact(*fact))
    return found


def drop(store: Store, source_id: str, name: str) -> None:
    """Forget, inside a transaction, a fact of a source."""
    store.execute(
        "DELETE FROM source_fact WHERE name = ? AND source_rowid = (SELECT rowid FROM source WHERE id = ?)",
        (name, source_id),
    )
