"""Table `tag`, all sources together: which tags there are, who bears one, and giving one another name."""

from __future__ import annotations

from dataclasses import dataclass

from kb.store.conditions import HERE
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many sources that are here bear it."""

    name: str
    sources: int


def counts(store: Store) -> list[TagCount]:
    """The tags that sources which are here bear, in the order of the alphabet."""
    sql = f"""SELECT t.name, count(*) FROM tag t JOIN source s ON s.rowid = t.source_rowid WHERE {HERE.sql}
        GROUP BY t.name ORDER BY lower(t.name), t.name"""
    return [TagCount(*row) for row in store.execute(sql)]


def names(store: Store) -> list[str]:
    """The tags of all sources, of those too that are gone or removed."""
    return [row[0] for row in store.execute("SELECT DISTINCT name FROM tag ORDER BY name")]


def bearers(store: Store, name: str) -> list[str]:
    """Ids of the sources that bear a tag."""
    sql = "SELECT s.id FROM tag t JOIN source s ON s.rowid = t.source_rowid WHERE t.name = ? ORDER BY s.rowid"
    return [row[0] for row in store.execute(sql, (name,))]


def rename(store: Store, old: str, new: str) -> None:
    """Give a tag, inside a transaction, another name; a source that bears both keeps the one."""
    store.execute(
        "INSERT INTO tag (name, source_rowid) SELECT ?, source_rowid FROM tag WHERE name = ? ON CONFLICT DO NOTHING",
        (new, old),
    )
    store.execute("DELETE FROM tag WHERE name = ?", (old,))
