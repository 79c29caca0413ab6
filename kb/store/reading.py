"""Table `reading`: how far a person is with a source, and what each program that they read with said of it last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kb.model.reading import rank
from kb.model.words import ReadingState
from kb.store import access
from kb.store.conditions import HERE
from kb.store.engine.sqlite import Row
from kb.store.open import Store
from kb.text import when

_COLUMNS = "g.source_id, g.state, g.at, g.given, g.imported"


@dataclass(frozen=True, slots=True)
class Reading:
    """The state of a source since `at`; None where a person took it away.

    `given` by a person here, not by an import; `imported`: the last word of each importer.
    """

    source_id: str
    state: ReadingState | None
    at: str
    given: bool
    imported: Mapping[str, ReadingState] = field(default_factory=dict)


def of(store: Store, source_id: str) -> Reading | None:
    """How far the reading of a source is."""
    row = store.execute(f"SELECT {_COLUMNS} FROM reading g WHERE g.source_id = ?", (source_id,)).fetchone()
    return _reading(row) if row else None


def states(store: Store, source_ids: Iterable[str]) -> dict[str, ReadingState]:
    """The states of those of these sources that have one."""
    sql = "SELECT source_id, state FROM reading WHERE state IS NOT NULL AND source_id IN ({})"
    return {row[0]: row[1] for row in access.in_chunks(store, sql, source_ids)}


def every(store: Store) -> list[Reading]:
    """All states of sources that are here, those first that are so longest."""
    sql = f"""SELECT {_COLUMNS} FROM reading g JOIN source s ON s.id = g.source_id
        WHERE g.state IS NOT NULL AND {HERE.sql} ORDER BY g.at, g.rowid"""
    return [_reading(row) for row in store.execute(sql)]


def _reading(row: Row) -> Reading:
    return Reading(row["source_id"], row["state"], row["at"], bool(row["given"]), json.loads(row["imported"]))


def put(store: Store, new: Reading) -> None:
    """Note, inside a transaction, how far the reading of a source is."""
    store.execute(
        """INSERT INTO reading (source_id, state, at, given, imported) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (source_id) DO UPDATE SET state = excluded.state, at = excluded.at, given = excluded.given,
            imported = excluded.imported""",
        (new.source_id, new.state, new.at, new.given, json.dumps(dict(new.imported))),
    )


def drop(store: Store, source_id: str) -> None:
    """Forget, inside a transaction, that a source had a state."""
    store.execute("DELETE FROM reading WHERE source_id = ?", (source_id,))


def join(store: Store, kept: str, gone: str) -> None:
    """Let a source, inside a transaction, be read as far as one that it turned out to be, which is no more."""
    theirs = of(store, gone)
    if theirs is None:
        return
    drop(store, gone)
    put(store, of_both(of(store, kept), replace(theirs, source_id=kept)))


def of_both(own: Reading | None, theirs: Reading) -> Reading:
    """How far the reading of one thing is that went as two: the later state, of those of one time the further one.

    What a person said is not taken back by an import that says less, and no state does not stand before one.
    """
    if own is None:
        return theirs
    newer = (when.end_of(theirs.at), rank(theirs.state)) > (when.end_of(own.at), rank(own.state))
    if own.given and not theirs.given:
        newer = newer and rank(theirs.state) > rank(own.state)
    elif theirs.given and not own.given:
        newer = newer or rank(theirs.state) >= rank(own.state)
    takes = theirs.state is not None and (own.state is None or newer)
    told = {**theirs.imported, **own.imported}
    return replace(theirs if takes else own, source_id=own.source_id, imported=told)


def citing(store: Store, source_ids: Iterable[str] | None = None) -> dict[str, list[str]]:
    """Ids of what these sources that are here refer to (of all that are, for None), each with who refers to it."""
    sql = f"""SELECT DISTINCT r.target, s.id FROM reference r JOIN source s ON s.rowid = r.source_rowid
        WHERE r.target IS NOT NULL AND r.target <> s.id AND {HERE.sql}"""
    order = " ORDER BY s.rowid"
    if source_ids is None:
        rows: Iterable[Row] = store.execute(sql + order)
    else:
        rows = access.in_chunks(store, f"{sql} AND s.id IN ({{}}){order}", source_ids)
    found: dict[str, list[str]] = {}
    for target, source in rows:
        found.setdefault(target, []).append(source)
    return found


def annotated(store: Store, importer: str) -> set[str]:
    """Ids of the sources on which a person wrote notes, which this importer made of their words."""
    sql = f"""SELECT DISTINCT r.target FROM reference r JOIN source s ON s.rowid = r.source_rowid
        WHERE s.importer = ? AND r.ordinal = 0 AND r.target IS NOT NULL AND {HERE.sql}"""
    return {row[0] for row in store.execute(sql, (importer,))}
