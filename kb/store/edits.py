"""Table `edit`: what a person said a source or statement is, over what importers and rules say."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kb.store import access
from kb.store.open import Store

TEXT, SPEAKER, UNTAGGED, REMARKS = "text", "speaker", "untagged", "remarks"
"""Fields that are not columns. Remarks: the id of the note that a person wrote on a statement, in a vault."""

APART = "apart:"
"""Begins the field that says with which other source it is not the same."""

EDITED = "SELECT target FROM edit"
"""Ids of what a person said something about."""

REMARKED = f"""SELECT e.target FROM edit e JOIN source r ON r.id = trim(e.value, '"')
    WHERE e.field = '{REMARKS}' AND r.state = 'here'"""
"""Ids of statements that a person wrote a note on which is here."""


def put(store: Store, target: str, field: str, value: str, at: str) -> None:
    """Note, inside a transaction, what a person says a field is."""
    store.execute(
        """INSERT INTO edit (target, field, value, at) VALUES (?, ?, ?, ?)
        ON CONFLICT (target, field) DO UPDATE SET value = excluded.value, at = excluded.at""",
        (target, field, json.dumps(value, ensure_ascii=False), at),
    )


def of(store: Store, target: str) -> dict[str, str]:
    """What a person said about a source or statement, by field."""
    rows = store.execute("SELECT field, value FROM edit WHERE target = ?", (target,))
    return {field: json.loads(value) for field, value in rows}


def imported_as(store: Store, text: str) -> list[str]:
    """Ids of the sources whose text was imported so, and changed by a person since."""
    sql = "SELECT target FROM edit WHERE field = ? AND value = ?"
    return [row[0] for row in store.execute(sql, (TEXT, json.dumps(text, ensure_ascii=False)))]


def drop(store: Store, target: str, field: str) -> None:
    """Take back what a person said a field is."""
    store.execute("DELETE FROM edit WHERE target = ? AND field = ?", (target, field))


def apply_speakers(store: Store, statements: Iterable[str]) -> None:
    """Let those be the speakers of these statements whom a person named; nobody, where the name is empty."""
    sql = "SELECT target, value FROM edit WHERE field = 'speaker' AND target IN ({})"
    for target, value in list(access.in_chunks(store, sql, statements)):
        store.execute(
            "UPDATE mention SET speaker = ? WHERE statement_rowid = (SELECT rowid FROM statement WHERE id = ?)",
            (json.loads(value) or None, target),
        )
