"""Table `reference`: pointers from a text to other sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.model.document import Reference, ReferenceKind
from kb.model.source import Backlink, StoredReference
from kb.store import access
from kb.store.conditions import HERE
from kb.store.engine.sql import MEMBERS, listed
from kb.store.open import Store


def replace(
    store: Store,
    source_rowid: int,
    references: Sequence[tuple[Reference, str, str | None]],
) -> None:
    """Put these references (with key and target id) in the place of the source's old ones."""
    from kb.store.schema import Reference as Row

    store.execute("DELETE FROM reference WHERE source_rowid = ?", (source_rowid,))
    rows = [
        {
            "source_rowid": source_rowid,
            "ordinal": ordinal,
            "kind": reference.kind,
            "raw": reference.raw,
            "start": reference.start,
            "end": reference.end,
            "name": reference.target,
            "key": key,
            "alias": reference.alias,
            "fragment": reference.fragment,
            "target": target,
        }
        for ordinal, (reference, key, target) in enumerate(references)
    ]
    access.insert(store, Row, rows)


_COLUMNS = "s.id, r.ordinal, r.kind, r.raw, r.start, r.end, r.name, r.key, r.alias, r.fragment, r.target"


def of_source(store: Store, source_id: str) -> list[StoredReference]:
    """References of a source in text order."""
    return of_sources(store, [source_id]).get(source_id, [])


def of_sources(store: Store, source_ids: Iterable[str]) -> dict[str, list[StoredReference]]:
    """References in text order, by the id of their source."""
    sql = f"""SELECT {_COLUMNS} FROM reference r JOIN source s ON s.rowid = r.source_rowid
        WHERE s.id IN ({{}}) ORDER BY s.rowid, r.ordinal"""
    found: dict[str, list[StoredReference]] = {}
    for row in access.in_chunks(store, sql, source_ids):
        found.setdefault(row[0], []).append(StoredReference(*row))
    return found


def backlinks(store: Store, source_id: str) -> list[Backlink]:
    """The places in sources that are here that refer to a source, by source and place."""
    sql = f"""SELECT s.id, s.title, r.raw, r.start, r.end FROM reference r
        JOIN source s ON s.rowid = r.source_rowid WHERE r.target = ? AND {HERE.sql} ORDER BY s.rowid, r.start"""
    return [Backlink(*row) for row in store.execute(sql, (source_id,))]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference that leads elsewhere now: its source, its number there, and where it stands."""

    source: str
    ordinal: int
    start: int


def resolve(store: Store, source_id: str, keys: Sequence[str]) -> list[Resolved]:
    """Point references that waited for a source with one of these keys to it."""
    # Which of them wait is told here: asked for that too, an engine may look through all that wait for anything.
    sql = f"""SELECT r.target, r.rowid, s.id, r.ordinal, r.start FROM reference r
        JOIN source s ON s.rowid = r.source_rowid WHERE r.key IN {MEMBERS} ORDER BY r.rowid"""
    waiting = [row[1:] for row in store.execute(sql, (listed(keys),)) if row[0] is None]
    for rowid, *_ in waiting:
        retarget(store, rowid, source_id)
    return [Resolved(*rest) for _, *rest in waiting]


def places_into(store: Store, source_id: str) -> list[Resolved]:
    """The references to a place in a source, its heading or block."""
    sql = """SELECT s.id, r.ordinal, r.start FROM reference r JOIN source s ON s.rowid = r.source_rowid
        WHERE r.target = ? AND r.fragment IS NOT NULL ORDER BY r.rowid"""
    return [Resolved(*row) for row in store.execute(sql, (source_id,))]


@dataclass(frozen=True, slots=True)
class OpenReference:
    """A reference that may mean another source than the present one, with the path and file of its own source."""

    rowid: int
    source: str
    ordinal: int
    start: int
    kind: ReferenceKind
    raw: str
    name: str
    alias: str | None
    target: str | None
    path: str | None
    file: str | None


_OPEN = """SELECT r.rowid, s.id, r.ordinal, r.start, r.kind, r.raw, r.name, r.alias, r.target, s.path, s.target
    FROM reference r JOIN source s ON s.rowid = r.source_rowid WHERE s.id IN ({}) AND """


def with_choice(store: Store, source_ids: Iterable[str]) -> list[OpenReference]:
    """References of these sources whose name may mean several sources, or another than the present one."""
    sql = f"""{_OPEN} r.kind IN ('wikilink', 'embed') AND r.key LIKE 'name:%'
        AND (SELECT count(*) FROM source_name n WHERE n.name_key = substr(r.key, 6)) > 1"""
    return [OpenReference(*row) for row in access.in_chunks(store, sql, source_ids)]


def without_file(store: Store, source_ids: Iterable[str]) -> list[OpenReference]:
    """References of these sources to files that are not there."""
    sql = f"{_OPEN} r.key LIKE 'file:%' AND r.target IS NULL"
    return [OpenReference(*row) for row in access.in_chunks(store, sql, source_ids)]


def nowhere(store: Store) -> list[OpenReference]:
    """References by name, of notes in vaults, that lead to no source that is there, or to a stub known by its name."""
    sql = (
        _OPEN.replace("s.id IN ({}) AND ", "").replace("WHERE ", "LEFT JOIN source t ON t.id = r.target WHERE ")
        + f"""r.kind IN ('wikilink', 'embed') AND s.path IS NOT NULL AND {HERE.sql}
        AND (r.target IS NULL OR (t.kind = 'stub' AND t.url IS NULL)) ORDER BY r.rowid"""
    )
    return [OpenReference(*row) for row in store.execute(sql)]


def with_titles(store: Store) -> list[tuple[str, str | None, str, str]]:
    """Path and file of the note, key and name of every wikilink with a title that leads to a note that is there."""
    sql = """SELECT s.path, s.target, r.key, r.name FROM reference r JOIN source s ON s.rowid = r.source_rowid
        JOIN source t ON t.id = r.target WHERE r.kind IN ('wikilink', 'embed') AND r.alias IS NOT NULL
        AND r.raw LIKE '%[[%|%' AND s.path IS NOT NULL AND t.kind <> 'stub'"""
    return [tuple(row) for row in store.execute(sql)]


def named(store: Store, name_keys: Iterable[str]) -> list[OpenReference]:
    """Wikilinks that use one of these names (`kb.text.strings.fold`), wherever they point."""
    sql = _OPEN.replace("s.id IN ({}) AND ", "r.kind IN ('wikilink', 'embed') AND r.key IN ({})")
    return [OpenReference(*row) for row in access.in_chunks(store, sql, (f"name:{key}" for key in name_keys))]


def retarget(store: Store, rowid: int, target: str, key: str | None = None) -> None:
    """Point a reference to another source, and have it wait under `key` from now on where that is another."""
    store.execute("UPDATE reference SET target = ?, key = coalesce(?, key) WHERE rowid = ?", (target, key, rowid))
