"""Table `source`: reading it, with the authors, tags and names that belong to it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from kb.model.bibliography import Bibliography, from_csl
from kb.model.sorting import Sort
from kb.model.source import NamedSource, Source, StoredSource
from kb.store import access, orders, people, reading, same_as, source_facts
from kb.store.conditions import EVERYTHING, HERE, Condition, among
from kb.store.engine.sqlite import Row
from kb.store.open import Store
from kb.text.strings import fold

if TYPE_CHECKING:
    from kb.model.document import Author

_STATE = f"CASE WHEN {HERE.sql} THEN 'here' ELSE s.state END"  # by the index: the column stands behind the texts

_COLUMNS = f"""s.rowid, s.id, s.citekey, {_STATE} AS state, s.kind, s.title, s.url, s.published, s.added, s.parent,
    s.external_ids,
    (SELECT count(*) FROM passage p WHERE p.source_rowid = s.rowid AND p.kind <> 'heading') AS passages,
    (SELECT count(DISTINCT m.statement_rowid) FROM mention m
        WHERE m.source_rowid = s.rowid AND NOT m.lost) AS statements"""

_STORED = """s.rowid, s.id, s.citekey, s.kind, s.title, s.title_given, s.url, s.published, s.added, s.updated, s.parent,
    s.external_ids, s.text, s.original_hash, s.text_hash, s.importer, s.importer_version, s.target, s.path,
    s.problems, s.state, s.citekey_used, s.bibliography"""


def read(store: Store, source_ids: Iterable[str]) -> dict[str, Source]:
    """Sources by id; under the id of one that was joined to another, that other."""
    wanted = list(source_ids)
    joined = same_as.names(store, wanted)
    rows = access.in_chunks(store, f"SELECT {_COLUMNS} FROM source s WHERE s.id IN ({{}})", [*wanted, *joined.values()])
    found = {source.id: source for source in _sources(store, list(rows))}
    return {**found, **{gone: found[kept] for gone, kept in joined.items() if kept in found}} if joined else found


def listed(
    store: Store, condition: Condition = EVERYTHING, limit: int | None = None, sort: Sort = orders.NEWEST
) -> list[Source]:
    """Sources that meet a condition on `s`, newest first if `sort` does not say otherwise; those without last."""
    order = orders.by(sort)
    sql = f"SELECT {_COLUMNS} FROM source s WHERE {condition.sql} ORDER BY {order.sql}"
    return _sources(store, access.limited(store, sql, [*condition.values, *order.values], limit))


def added_since(store: Store, at: str) -> list[Source]:
    """Sources that came at that time or later, stubs aside, in the order of `listed`."""
    return listed(store, Condition(f"s.added >= ? AND s.kind <> 'stub' AND {HERE.sql}", [at]))


def updated_since(store: Store, at: str) -> list[Source]:
    """Sources that were there before and changed at that time or later, in the order of `listed`."""
    return listed(store, Condition(f"s.updated >= ? AND s.added < ? AND {HERE.sql}", [at, at]))


def fetched(store: Store, importers: Sequence[str]) -> list[Source]:
    """Sources with an address that these importers brought; a comment goes with its post."""
    brought = among("s.importer", importers)
    return listed(
        store, Condition(f"{brought.sql} AND s.kind <> 'comment' AND s.url IS NOT NULL AND {HERE.sql}", brought.values)
    )


def _sources(store: Store, rows: Sequence[Row]) -> list[Source]:
    rowids = [row["rowid"] for row in rows]
    authors, tags = people.author_names(store, rowids), tags_of(store, rowids)
    states = reading.states(store, [row["id"] for row in rows])
    facts = source_facts.of_rows(store, rowids)
    return [
        Source(
            id=row["id"],
            citekey=row["citekey"],
            state=row["state"],
            kind=row["kind"],
            title=row["title"],
            authors=tuple(authors.get(row["rowid"], ())),
            url=row["url"],
            published=row["published"],
            added=row["added"],
            parent=row["parent"],
            external_ids=json.loads(row["external_ids"]),
            tags=tuple(tags.get(row["rowid"], ())),
            passages=row["passages"],
            statements=row["statements"],
            reading=states.get(row["id"]),
            facts={one.name: one.value for one in facts.get(row["rowid"], ())},
        )
        for row in rows
    ]


def stored(store: Store, source_id: str) -> StoredSource | None:
    """A source with its text; by the id of one that was joined to another, that other."""
    sql = f"SELECT {_STORED} FROM source s WHERE s.id = {same_as.kept(':id')}"
    row = store.execute(sql, {"id": source_id}).fetchone()
    return _stored(row) if row else None


def stored_itself(store: Store, source_id: str) -> StoredSource | None:
    """The source of just this id, with its text, whether or not it was joined to another."""
    row = store.execute(f"SELECT {_STORED} FROM source s WHERE s.id = ?", (source_id,)).fetchone()
    return _stored(row) if row else None


def stored_at(store: Store, rowid: int) -> StoredSource:
    """The source of that rowid, which must be there, with its text."""
    return _stored(store.execute(f"SELECT {_STORED} FROM source s WHERE s.rowid = ?", (rowid,)).fetchone())


def id_at(store: Store, rowid: int) -> str:
    """The id of the source of that rowid, which must be there."""
    return str(store.execute("SELECT id FROM source WHERE rowid = ?", (rowid,)).fetchone()[0])


def by_keys(store: Store, keys: Iterable[str]) -> list[StoredSource]:
    """Sources that any of the keys identifies, in the order of the keys, each once."""
    found: dict[int, StoredSource] = {}
    sql = f"""SELECT {_STORED} FROM source_key k JOIN source o ON o.rowid = k.source_rowid
        JOIN source s ON s.id = {same_as.kept("o.id")} WHERE k.key = ?"""
    for key in keys:
        for row in store.execute(sql, (key,)):
            if row["rowid"] not in found:
                found[row["rowid"]] = _stored(row)
    return list(found.values())


def by_column(
    store: Store,
    column: Literal["text_hash", "target", "title_key", "citekey"],
    value: str,
    limit: int | None = None,
) -> list[StoredSource]:
    """Sources with this value, or to which one with it was joined, oldest first."""
    sql = f"""SELECT {_STORED} FROM source s WHERE s.id IN
        (SELECT {same_as.kept("o.id")} FROM source o WHERE o.{column} = ?) ORDER BY s.rowid"""
    return [_stored(row) for row in access.limited(store, sql, (value,), limit)]


def with_original(store: Store, original_hash: str) -> bool:
    """Whether a source was read from just these bytes."""
    return access.found(store, "SELECT 1 FROM source WHERE original_hash = ?", (original_hash,))


def _stored(row: Row) -> StoredSource:
    fields = dict(row)
    fields["title_given"] = bool(fields["title_given"])
    fields["external_ids"] = json.loads(fields["external_ids"])
    fields["problems"] = tuple(json.loads(fields["problems"]))
    fields["citekey_used"] = bool(fields["citekey_used"])
    fields["bibliography"] = _bibliography(fields["bibliography"])
    return StoredSource(**fields)


def _bibliography(stored: str | None) -> Bibliography:
    return from_csl(json.loads(stored)) if stored else Bibliography()


def bibliographies(store: Store, source_ids: Iterable[str]) -> dict[str, Bibliography]:
    """What exports and sites said of sources for citing them, by id."""
    rows = access.in_chunks(store, "SELECT id, bibliography FROM source WHERE id IN ({})", source_ids)
    return {row[0]: _bibliography(row[1]) for row in rows}


def with_given_title(store: Store, source_ids: Iterable[str]) -> set[str]:
    """Ids of those among these sources whose title a person gave."""
    rows = access.in_chunks(store, "SELECT id FROM source WHERE title_given AND id IN ({})", source_ids)
    return {row[0] for row in rows}


def read_from_web(store: Store, source_ids: Iterable[str]) -> set[str]:
    """Ids of those among these sources whose text was fetched from an address."""
    sql = "SELECT s.id FROM source s WHERE s.target LIKE 'http%://%' AND s.text <> '' AND s.id IN ({})"
    return {row[0] for row in access.in_chunks(store, sql, source_ids)}


def unused_citekeys(store: Store, source_ids: Iterable[str]) -> list[str]:
    """Ids of those among these sources whose citekey nobody has cited with yet."""
    sql = "SELECT id FROM source WHERE NOT citekey_used AND id IN ({})"
    return [row[0] for row in access.in_chunks(store, sql, source_ids)]


def by_name(store: Store, name: str) -> list[NamedSource]:
    """Sources that a wikilink with this name may mean, the best kind of name first."""
    # What was joined to another names that one, from where it lies itself.
    sql = f"""SELECT s.id, s.kind, o.path, n.rank, o.target, s.state
        FROM source_name n JOIN source o ON o.rowid = n.source_rowid JOIN source s ON s.id = {same_as.kept("o.id")}
        WHERE n.name_key = ? ORDER BY n.rank, s.kind = 'stub', s.rowid"""
    return [NamedSource(*row) for row in store.execute(sql, (fold(name),))]


def by_beginning(store: Store, beginning: str) -> list[NamedSource]:
    """Sources that have a name, folded, which begins so."""
    sql = f"""SELECT DISTINCT s.id, s.kind, o.path, n.rank, o.target, s.state
        FROM source_name n JOIN source o ON o.rowid = n.source_rowid JOIN source s ON s.id = {same_as.kept("o.id")}
        WHERE n.name_key >= ? AND n.name_key < ? ORDER BY s.rowid"""
    return [NamedSource(*row) for row in store.execute(sql, (beginning, beginning + "\U0010ffff"))]


def names(store: Store, rowid: int) -> list[str]:
    """The names, folded, by which a wikilink may mean a source."""
    return [row[0] for row in store.execute("SELECT name_key FROM source_name WHERE source_rowid = ?", (rowid,))]


def aliases(store: Store, rowid: int) -> list[str]:
    """The other names of a source, folded, in the order of the alphabet."""
    sql = "SELECT name_key FROM source_name WHERE source_rowid = ? AND rank = 1 ORDER BY name_key"
    return [row[0] for row in store.execute(sql, (rowid,))]


def contested(store: Store, rowid: int, names: Iterable[str]) -> list[str]:
    """Of these names, folded, those that another source bears which is gone, or bore them before it was renamed."""
    sql = f"""SELECT DISTINCT n.name_key FROM source_name n JOIN source s ON s.rowid = n.source_rowid
        WHERE n.source_rowid <> ? AND (n.rank = 3 OR NOT ({HERE.sql})) AND n.name_key IN ({{}})"""
    return [row[0] for row in access.in_chunks(store, sql, names, before=[rowid])]


def stubs_named(store: Store, source_ids: Iterable[str]) -> list[tuple[str, str]]:
    """Stubs that are called as any of these sources may be called, with that name's key."""
    sql = f"""SELECT DISTINCT s.id, n.name_key FROM source_name m JOIN source o ON o.rowid = m.source_rowid
        JOIN source_name n ON n.name_key = m.name_key JOIN source s ON s.rowid = n.source_rowid
        WHERE s.kind = 'stub' AND o.kind <> 'stub' AND o.id IN ({{}}) AND s.id NOT IN ({same_as.JOINED})
        ORDER BY s.id"""
    return [(row[0], row[1]) for row in access.in_chunks(store, sql, source_ids)]


def original(store: Store, source_id: str) -> bytes:
    """What was read, before any repair; empty for a stub."""
    found = store.execute("SELECT original FROM source WHERE id = ?", (source_id,)).fetchone()
    return zlib.decompress(found[0]) if found and found[0] else b""


def authors(store: Store, rowid: int) -> list[Author]:
    """Authors in order, by the names that the text has."""
    return authors_of(store, [rowid]).get(rowid, [])


def authors_of(store: Store, rowids: Iterable[int]) -> dict[int, list[Author]]:
    """Authors in order, by the names that the texts have, by the rowid of the source."""
    from kb.model.document import Author

    sql = """SELECT a.source_rowid, p.name, p.slug FROM authorship a JOIN person p ON p.rowid = a.person_rowid
        WHERE a.source_rowid IN ({}) ORDER BY a.source_rowid, a.position"""
    found: dict[int, list[Author]] = {}
    for rowid, name, slug in access.in_chunks(store, sql, rowids):
        found.setdefault(rowid, []).append(Author(name, slug))
    return found


def tags_of(store: Store, rowids: Iterable[int]) -> dict[int, list[str]]:
    """Tags in the order of the alphabet, by the rowid of the source."""
    sql = "SELECT t.source_rowid, t.name FROM tag t WHERE t.source_rowid IN ({}) ORDER BY t.source_rowid, t.name"
    found: dict[int, list[str]] = {}
    for rowid, name in access.in_chunks(store, sql, rowids):
        found.setdefault(rowid, []).append(name)
    return found


def tags(store: Store, rowid: int) -> list[str]:
    """Tags in the order of the alphabet."""
    return tags_of(store, [rowid]).get(rowid, [])


def keys(store: Store, rowid: int) -> list[str]:
    """What identifies a source."""
    return [k for (k,) in store.execute("SELECT key FROM source_key WHERE source_rowid = ?", (rowid,))]


def titles(store: Store, source_ids: Iterable[str]) -> dict[str, str]:
    """Titles by id."""
    rows = access.in_chunks(store, "SELECT id, title FROM source WHERE id IN ({})", source_ids)
    return {row["id"]: row["title"] for row in rows}


def above(store: Store, source_id: str) -> list[StoredSource]:
    """What a source answers, and what that answers, up to the root; nearest first."""
    sql = f"""WITH RECURSIVE chain(id, depth) AS (
            SELECT parent, 1 FROM source WHERE id = ? AND parent IS NOT NULL
            UNION SELECT s.parent, c.depth + 1 FROM chain c JOIN source s ON s.id = c.id
                WHERE s.parent IS NOT NULL AND c.depth < 500)
        SELECT {_STORED} FROM chain c JOIN source s ON s.id = c.id ORDER BY c.depth"""
    return [_stored(row) for row in store.execute(sql, (source_id,))]


def texts(store: Store, source_ids: Iterable[str]) -> dict[str, str]:
    """The texts of these sources."""
    return dict(access.in_chunks(store, "SELECT s.id, s.text FROM source s WHERE s.id IN ({})", source_ids))
