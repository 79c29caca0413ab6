"""Table `reference`: pointers from a text to other sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.model.document import Reference
from kb.model.source import Backlink, StoredReference
from kb.store import access
from kb.store.conditions import HERE
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


def resolve(store: Store, source_id: str, keys: Iterable[str]) -> None:
    """Point references that waited for a source with one of these keys to it."""
    for key in keys:
        store.execute("UPDATE reference SET target = ? WHERE key = ? AND target IS NULL", (source_id, key))


@dataclass(frozen=True, slots=True)
class OpenChoice:
    """A wikilink whose name may mean several sources: its rowid, name and target, and the path of its source."""

    rowid: int
    name: str
    target: str | None
    path: str | None


def with_choice(store: Store, source_ids: Iterable[str]) -> list[OpenChoice]:
    """Wikilinks of these sources whose name may mean several sources, or another than the present one."""
    sql = """SELECT r.rowid, r.name, r.target, s.path FROM reference r
        JOIN source s ON s.rowid = r.source_rowid
        WHERE r.kind IN ('wikilink', 'embed') AND r.key LIKE 'name:%' AND s.id IN ({})
        AND (SELECT count(*) FROM source_name n WHERE n.name_key = substr(r.key, 6)) > 1"""
    return [OpenChoice(*row) for row in access.in_chunks(store, sql, source_ids)]


def named(store: Store, name_keys: Iterable[str]) -> list[OpenChoice]:
    """Wikilinks that use one of these names (`kb.text.strings.fold`), wherever they point."""
    sql = """SELECT r.rowid, r.name, r.target, s.path FROM reference r JOIN source s ON s.rowid = r.source_rowid
        WHERE r.kind IN ('wikilink', 'embed') AND r.key IN ({})"""
    return [OpenChoice(*row) for row in access.in_chunks(store, sql, (f"name:{key}" for key in name_keys))]


def retarget(store: Store, rowid: int, target: str) -> None:
    """Point a reference to another source."""
    store.execute("UPDATE reference SET target = ? WHERE rowid = ?", (target, rowid))
