"""Table `source`: adding, changing and joining sources, with their keys, names, tags and authors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.model import ids
from kb.model.document import Author
from kb.model.identity import CITEKEY, ONCE
from kb.model.source import SourceFields, StoredSource
from kb.model.words import SourceState
from kb.store import access, edits, free_citekeys, reading, same_as
from kb.store.conditions import HERE
from kb.store.engine.sql import MEMBERS, listed
from kb.store.open import Store
from kb.text.strings import fold


def insert(store: Store, fields: SourceFields, *identity: str, made: bool = True) -> int:
    """Add a source; its id comes from what identifies it. Returns the rowid.

    `fields` are columns of the table by name; `made` says that the citekey was made up here.
    """
    from kb.store.schema import Source

    def taken(candidate: str) -> bool:
        sql = "SELECT 1 FROM source WHERE id = ? UNION SELECT 1 FROM source_key WHERE key = ?"
        return access.found(store, sql, (candidate, f"id:{candidate}"))

    source_id = fields.get("id") or ids.make(ids.SOURCE, *identity, taken=taken)
    row = {**fields, "id": source_id, "title_key": fold(fields["title"])}
    row["citekey"] = citekey = free_citekeys.find(store, fields["citekey"], made=made)
    row["citekey_used"] = not made
    store.citekeys.added(citekey)
    return access.insert_one(store, Source, row)


def update(store: Store, rowid: int, fields: SourceFields) -> None:
    """Change columns of a source; a new title brings its key along."""
    from kb.store.schema import Source

    if "citekey" in fields:
        store.citekeys.taken.clear()
    title = {"title_key": fold(fields["title"])} if "title" in fields else {}
    access.update(store, Source, rowid, {**fields, **title})


def add_keys(store: Store, rowid: int, new: Iterable[str]) -> None:
    """Remember what identifies a source. A key that another source has stays where it is."""
    rows = [(key, rowid) for key in new]
    if any(key.startswith((CITEKEY, ONCE)) for key, _ in rows):
        store.citekeys.taken.clear()
    store.execute_many("INSERT INTO source_key (key, source_rowid) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)


def use_citekeys(store: Store, source_ids: Iterable[str]) -> None:
    """Note that somebody has, or may have, cited with the citekeys of these sources."""
    store.execute_many(
        "UPDATE source SET citekey_used = 1 WHERE id = ? AND NOT citekey_used", [(one,) for one in source_ids]
    )


def use_citekey_as(store: Store, source_id: str, citekey: str) -> None:
    """Note the same of a source, if it is called so."""
    sql = "UPDATE source SET citekey_used = 1 WHERE id = ? AND citekey = ? AND NOT citekey_used"
    store.execute(sql, (source_id, citekey))


def take_citekey(store: Store, rowid: int, citekey: str) -> None:
    """Remember what a reference manager calls a source: two never share a citekey there, so who has it now is meant."""
    store.citekeys.taken.clear()
    store.execute(
        """INSERT INTO source_key (key, source_rowid) VALUES (?, ?)
        ON CONFLICT (key) DO UPDATE SET source_rowid = excluded.source_rowid
        WHERE NOT EXISTS (SELECT 1 FROM source s WHERE s.rowid = source_key.source_rowid AND s.citekey = ?)""",
        (CITEKEY + citekey, rowid, citekey),
    )


def add_names(store: Store, rowid: int, names: Iterable[tuple[str, int]]) -> None:
    """Remember names (name, rank) by which a wikilink may mean a source."""
    store.execute_many(
        """INSERT INTO source_name (name_key, source_rowid, rank) VALUES (?, ?, ?)
        ON CONFLICT (name_key, source_rowid) DO UPDATE
        SET rank = CASE WHEN excluded.rank < source_name.rank THEN excluded.rank ELSE source_name.rank END""",
        [(fold(name), rowid, rank) for name, rank in names if name.strip()],
    )


def demote_names(store: Store, rowid: int) -> list[str]:
    """Have the paths and titles of a source name it only where nothing else bears them. Returns all its names, folded.

    `add_names` gives those that still hold their rank again.
    """
    store.execute("UPDATE source_name SET rank = 3 WHERE source_rowid = ? AND rank = 0", (rowid,))
    return [row[0] for row in store.execute("SELECT name_key FROM source_name WHERE source_rowid = ?", (rowid,))]


def drop_old_names(store: Store, source_id: str) -> None:
    """Forget the names that a source had before and that another one has now."""
    store.execute(
        """DELETE FROM source_name WHERE rank = 3 AND source_rowid = (SELECT rowid FROM source WHERE id = ?)
        AND EXISTS (SELECT 1 FROM source_name n WHERE n.name_key = source_name.name_key AND n.rank = 0
            AND n.source_rowid <> source_name.source_rowid)""",
        (source_id,),
    )


def demote_name(store: Store, rowid: int, name: str) -> None:
    """Have what was a title of a source name it only where nothing else bears it."""
    sql = "UPDATE source_name SET rank = 3 WHERE source_rowid = ? AND name_key = ? AND rank = 0"
    store.execute(sql, (rowid, fold(name)))


def remove_aliases(store: Store, rowid: int, names: Iterable[str]) -> None:
    """Take aliases, folded, from a source."""
    sql = "DELETE FROM source_name WHERE source_rowid = ? AND name_key = ? AND rank = 1"
    store.execute_many(sql, [(rowid, name) for name in names])


def remove_keys(store: Store, rowid: int, keys: Iterable[str]) -> None:
    """Forget what was taken to identify a source."""
    store.citekeys.taken.clear()
    sql = "DELETE FROM source_key WHERE source_rowid = ? AND key = ?"
    store.execute_many(sql, [(rowid, key) for key in keys])


def set_target(store: Store, source_id: str, target: str) -> None:
    """Note where a source can still be read."""
    store.execute("UPDATE source SET target = ? WHERE id = ?", (target, source_id))


def set_state(store: Store, rowid: int, state: SourceState, at: str) -> None:
    """Note that a source is here again, gone or removed."""
    store.execute("UPDATE source SET state = ?, updated = ? WHERE rowid = ?", (state, at, rowid))


def settle_stubs(store: Store, candidates: Iterable[str]) -> None:
    """Stubs among these are here while anything that is here refers to them, or a person is to read them; one that a
    person removed stays so."""
    for source_id in candidates:
        store.execute(
            f"""UPDATE source SET state = CASE WHEN
                EXISTS (SELECT 1 FROM reference r JOIN source s ON s.rowid = r.source_rowid
                    WHERE r.target = source.id AND {HERE.sql})
                OR EXISTS (SELECT 1 FROM source s WHERE s.parent = source.id AND {HERE.sql})
                OR EXISTS (SELECT 1 FROM link l WHERE (l.to_id = source.id OR l.from_id = source.id)
                    AND l.basis = 'authored')
                OR EXISTS (SELECT 1 FROM reading g WHERE g.source_id = source.id AND g.state IS NOT NULL)
                THEN 'here' ELSE 'gone' END
            WHERE id = ? AND kind = 'stub' AND state <> 'removed'""",
            (source_id,),
        )


def wake_stubs(store: Store, candidates: Iterable[str]) -> None:
    """Stubs among these that were gone are here: something refers to them."""
    sql = f"""UPDATE source SET state = 'here' WHERE rowid IN (SELECT g.rowid FROM source g WHERE g.state <> 'here'
        AND g.state = 'gone') AND kind = 'stub' AND id IN {MEMBERS}"""
    store.execute(sql, (listed(candidates),))


def add_tags(store: Store, rowid: int, names: Iterable[str]) -> None:
    """Give a source tags; those it has stay."""
    store.execute_many(
        "INSERT INTO tag (name, source_rowid) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(name, rowid) for name in names if name],
    )


def remove_tags(store: Store, rowid: int, names: Iterable[str]) -> None:
    """Take tags from a source."""
    store.execute_many("DELETE FROM tag WHERE source_rowid = ? AND name = ?", [(rowid, name) for name in names])


def set_authors(store: Store, rowid: int, people: Sequence[Author]) -> None:
    """Replace the authors of a source. One person with one slug, or one name without slugs, is one person."""
    store.execute("DELETE FROM authorship WHERE source_rowid = ?", (rowid,))
    sql = "INSERT INTO authorship (source_rowid, person_rowid, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    for position, author in enumerate(people):
        store.execute(sql, (rowid, _person(store, author), position))


def _person(store: Store, author: Author) -> int:
    """The person of that name and slug, added where unknown. Returns the rowid."""
    from kb.store.schema import Person

    sql = "SELECT rowid, slug FROM person WHERE name_key = ? AND (slug = ? OR slug IS NULL OR ? IS NULL)"
    found = store.execute(sql, (fold(author.name), author.slug, author.slug)).fetchone()
    if found is None:
        row = {"name": author.name, "name_key": fold(author.name), "slug": author.slug}
        return access.insert_one(store, Person, row)
    if author.slug and not found["slug"]:
        store.execute("UPDATE person SET slug = ? WHERE rowid = ?", (author.slug, found["rowid"]))
    return int(found["rowid"])


def merge(store: Store, kept: StoredSource, gone: StoredSource) -> None:
    """Make two sources one, a stub and what it turned out to be above all; the id of the other goes on naming it.

    Its text goes: what was judged in it stays, and finds its quotes when the text of `kept` is read again.
    """
    store.citekeys.taken.clear()
    store.execute("UPDATE reference SET target = ? WHERE target = ?", (kept.id, gone.id))
    store.execute("UPDATE source SET parent = ? WHERE parent = ?", (kept.id, gone.id))
    for table in ("source_key", "mention"):
        store.execute(f"UPDATE {table} SET source_rowid = ? WHERE source_rowid = ?", (kept.rowid, gone.rowid))
    # By what a stub was called the source may be called too; its own path and title come first.
    store.execute("UPDATE source_name SET rank = 1 WHERE source_rowid = ? AND rank = 0", (gone.rowid,))
    # What both have goes with the stub.
    for table, name in (("tag", "name"), ("source_name", "name_key"), ("source_fact", "name")):
        store.execute(
            f"""UPDATE {table} SET source_rowid = ? WHERE source_rowid = ?
            AND {name} NOT IN (SELECT x.{name} FROM {table} x WHERE x.source_rowid = ?)""",
            (kept.rowid, gone.rowid, kept.rowid),
        )
    for end in ("from_id", "to_id"):
        store.execute(f"UPDATE link SET {end} = ? WHERE {end} = ?", (kept.id, gone.id))
    for owner in ("owner_rowid", "evidence_rowid"):
        store.execute(f"UPDATE link SET {owner} = ? WHERE {owner} = ?", (kept.rowid, gone.rowid))
    same_as.lead_on(store, gone.id, kept.id)
    reading.join(store, kept.id, gone.id)
    store.execute("DELETE FROM source WHERE rowid = ?", (gone.rowid,))
    add_keys(store, kept.rowid, ["id:" + gone.id])


def delete(store: Store, source: StoredSource) -> None:
    """Take a source out for good, with its passages and quotes; decisions about what it said stay."""
    store.citekeys.taken.clear()
    for table in ("passage", "mention"):
        store.execute(f"DELETE FROM {table} WHERE source_rowid = ?", (source.rowid,))
    store.execute("DELETE FROM source WHERE rowid = ?", (source.rowid,))


def delete_unused_stubs(store: Store, candidates: Iterable[str]) -> None:
    """Drop stubs known by name only that nothing refers to any more, and of which no person said anything."""
    for source_id in candidates:
        store.citekeys.taken.clear()
        store.execute(
            f"""DELETE FROM source WHERE id = ? AND kind = 'stub' AND url IS NULL
            AND id NOT IN ({edits.EDITED})
            AND NOT EXISTS (SELECT 1 FROM reference WHERE target = source.id)
            AND NOT EXISTS (SELECT 1 FROM source c WHERE c.parent = source.id)
            AND NOT EXISTS (SELECT 1 FROM link WHERE to_id = source.id OR from_id = source.id)
            AND NOT EXISTS (SELECT 1 FROM mention WHERE source_rowid = source.rowid)
            AND NOT EXISTS (SELECT 1 FROM same_as WHERE kept = source.id)
            AND NOT EXISTS (SELECT 1 FROM reading WHERE source_id = source.id AND state IS NOT NULL)""",
            (source_id,),
        )
