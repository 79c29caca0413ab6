"""Triggers of SQLite that note in `index_change` what the index files have to look at again."""

from __future__ import annotations

from collections.abc import Iterator

_ABOUT_HASH = """
    SELECT 'passage', rowid FROM passage WHERE content_hash = {row}.content_hash AND kind <> 'heading' UNION ALL
    SELECT 'statement', rowid FROM statement WHERE content_hash = {row}.content_hash"""

_FOLLOWED = (
    ("passage_insert", "INSERT ON passage", "SELECT 'passage', new.rowid WHERE new.kind <> 'heading'"),
    ("passage_delete", "DELETE ON passage", "SELECT 'passage', old.rowid WHERE old.kind <> 'heading'"),
    ("passage_update", "UPDATE OF kind, content_hash ON passage", "SELECT 'passage', new.rowid"),
    ("statement_insert", "INSERT ON statement", "SELECT 'statement', new.rowid"),
    ("statement_delete", "DELETE ON statement", "SELECT 'statement', old.rowid"),
    ("statement_update", "UPDATE OF status, content_hash ON statement", "SELECT 'statement', new.rowid"),
    ("mention_insert", "INSERT ON mention", "SELECT 'statement', new.statement_rowid"),
    ("mention_delete", "DELETE ON mention", "SELECT 'statement', old.statement_rowid"),
    ("mention_update", "UPDATE OF lost ON mention", "SELECT 'statement', new.statement_rowid"),
    ("embedding_insert", "INSERT ON embedding", _ABOUT_HASH.format(row="new")),
    ("embedding_delete", "DELETE ON embedding", _ABOUT_HASH.format(row="old")),
)
"""(name, event, what is noted: a SELECT of table and rowid)."""
_HAS_MODEL = "EXISTS (SELECT 1 FROM meta WHERE name = 'model')"  # nothing is noted before a model is chosen


def _statements() -> Iterator[str]:
    for name, event, noted in _FOLLOWED:
        yield f"""CREATE TRIGGER index_{name} AFTER {event} WHEN {_HAS_MODEL} BEGIN
            INSERT INTO index_change (searched, changed_rowid) {noted}; END"""
    for event in ("INSERT", "UPDATE"):
        yield f"""CREATE TRIGGER index_model_{event.lower()} AFTER {event} ON meta WHEN new.name = 'model' BEGIN
            INSERT INTO index_change (searched, changed_rowid) VALUES ('model', 0); END"""


CREATE = tuple(_statements())
