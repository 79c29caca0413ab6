"""Table `seen_file`: files read before, so that adding a folder again reads only what changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kb.store import access, same_as
from kb.store.conditions import HERE
from kb.store.engine.sql import MEMBERS, listed
from kb.store.open import Store


def unchanged(store: Store, target: str, digest: str) -> list[str] | None:
    """Ids of the sources that the file gave when it had this digest; None if it must be read: one was gone, too."""
    row = store.execute("SELECT digest, sources FROM seen_file WHERE target = ?", (target,)).fetchone()
    if row is None or row["digest"] != digest:
        return None
    names: list[str] = json.loads(row["sources"])
    sql = f"""SELECT count(*) FROM source s WHERE s.id IN {MEMBERS}
        AND s.rowid NOT IN (SELECT g.rowid FROM source g WHERE g.state <> 'here' AND g.state = 'gone')"""
    there = access.number(store, sql, (listed(names),))
    return names if there == len(set(names)) else None


def remember(store: Store, target: str, digest: str, sources: Sequence[str]) -> None:
    """Note what a file gave."""
    store.execute(
        """INSERT INTO seen_file (target, digest, sources) VALUES (?, ?, ?)
        ON CONFLICT (target) DO UPDATE SET digest = excluded.digest, sources = excluded.sources""",
        (target, digest, json.dumps(list(sources))),
    )


@dataclass(frozen=True, slots=True)
class FileOf:
    """The file that a source was read from last."""

    target: str
    source: str


def under(store: Store, folder: str, separator: str) -> list[FileOf]:
    """The files under a folder that are the last place of a source that is here, or was joined to another.

    Several sources may name one file.
    """
    sql = f"""SELECT f.target, s.id FROM seen_file f JOIN source s ON s.target = f.target
        WHERE f.target >= ? AND f.target < ? AND ({HERE.sql} OR (s.id IN ({same_as.JOINED})
            AND NOT EXISTS (SELECT 1 FROM source k WHERE k.target = s.target AND k.state = 'here')))
        ORDER BY f.target, s.rowid"""
    return [FileOf(*row) for row in store.execute(sql, _within(folder, separator))]


def gone_under(store: Store, folder: str, separator: str) -> list[FileOf]:
    """The places under a folder of sources that are gone."""
    sql = """SELECT s.target, s.id FROM source s WHERE s.state <> 'here' AND s.state = 'gone'
        AND s.target >= ? AND s.target < ? ORDER BY s.target, s.rowid"""
    return [FileOf(*row) for row in store.execute(sql, _within(folder, separator))]


def all_gone(store: Store) -> list[FileOf]:
    """The last places of all sources that are gone and had a file."""
    sql = """SELECT s.target, s.id FROM source s WHERE s.state <> 'here' AND s.state = 'gone' AND s.target > ''
        ORDER BY s.target, s.rowid"""
    return [FileOf(*row) for row in store.execute(sql)]


def _within(folder: str, separator: str) -> tuple[str, str]:
    return folder + separator, folder + chr(ord(separator) + 1)


def of_sources(store: Store, source_ids: Collection[str]) -> dict[str, list[str]]:
    """Every file that gave one of these sources, or what was joined to it, by its id."""
    found: dict[str, list[str]] = {}
    if source_ids:
        joined = {gone: name for name in source_ids for gone in same_as.joined_to(store, name)}
        for target, names in store.execute("SELECT target, sources FROM seen_file ORDER BY target"):
            for name in dict.fromkeys(joined.get(name, name) for name in json.loads(names)):
                if name in source_ids:
                    found.setdefault(name, []).append(target)
    return found


def forget(store: Store, targets: Iterable[str]) -> None:
    """Files that are no longer there, or hold another source now."""
    store.execute_many("DELETE FROM seen_file WHERE target = ?", [(target,) for target in targets])
