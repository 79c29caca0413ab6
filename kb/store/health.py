"""What `kb check` asks of the tables: does everything in them still hold?"""

from __future__ import annotations

import json

from kb.store.conditions import HERE
from kb.store.engine import sqlite
from kb.store.engine.sql import SEPARATOR, joined
from kb.store.open import Store

_MOST = 20
_TWINS = 50

_SPANS = {
    "passage": """SELECT x.id, s.title FROM passage x JOIN source s ON s.rowid = x.source_rowid
        WHERE substr(s.text, x.start + 1, x.end - x.start) <> x.text""",
    "reference": """SELECT x.raw, s.title FROM reference x JOIN source s ON s.rowid = x.source_rowid
        WHERE substr(s.text, x.start + 1, x.end - x.start) <> x.raw""",
    "mention": """SELECT st.id, s.title FROM mention x JOIN source s ON s.rowid = x.source_rowid
        JOIN statement st ON st.rowid = x.statement_rowid
        WHERE NOT x.lost AND substr(s.text, x.start + 1, x.end - x.start) <> x.quote""",
    "evidence": """SELECT x.id, s.title FROM link x JOIN source s ON s.rowid = x.evidence_rowid
        WHERE substr(s.text, x.evidence_start + 1, x.evidence_end - x.evidence_start) <> x.evidence_quote""",
}
"""Of each kind of span those that do not say what their quote says. Positions of substr are code points from 1."""


def damage(store: Store) -> list[str]:
    """What is wrong with the database itself, a line each."""
    return sqlite.damage(store.connection)


def wrong_spans(store: Store) -> list[tuple[str, str, str]]:
    """(kind of span, what it is of, title of its source), some of each kind at most."""
    return [
        (kind, what, title) for kind, sql in _SPANS.items() for what, title in store.execute(f"{sql} LIMIT {_MOST}")
    ]


def lost_quotes(store: Store) -> list[tuple[str, str]]:
    """(statement, title) of quotes that a decision keeps though their source no longer has them."""
    sql = f"""SELECT st.id, s.title FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        JOIN source s ON s.rowid = m.source_rowid WHERE m.lost AND {HERE.sql}"""
    return [(row[0], row[1]) for row in store.execute(sql)]


def missing_targets(store: Store) -> list[tuple[str, str]]:
    """(reference as written, title of its source) of what points to a source that is gone."""
    sql = """SELECT r.raw, s.title FROM reference r JOIN source s ON s.rowid = r.source_rowid
        WHERE r.target IS NOT NULL AND NOT EXISTS (SELECT 1 FROM source t WHERE t.id = r.target)"""
    return [(row[0], row[1]) for row in store.execute(sql)]


def same_titles(store: Store) -> list[tuple[str, list[str]]]:
    """(title, ids) of sources that share one, comments and notes aside."""
    sql = f"""SELECT min(s.title), {joined("s.id")} FROM source s
        WHERE s.kind NOT IN ('comment', 'shortform', 'note') AND {HERE.sql}
        GROUP BY s.title_key HAVING count(*) > 1 LIMIT {_TWINS}"""
    return [(title, ids.split(SEPARATOR)) for title, ids in store.execute(sql)]


def oddities(store: Store) -> list[tuple[str, str]]:
    """(title, what was odd about what was read)."""
    rows = store.execute(
        f"SELECT s.title, s.problems FROM source s WHERE s.problems <> '[]' AND {HERE.sql} ORDER BY s.rowid"
    )
    return [(title, problem) for title, problems in rows for problem in json.loads(problems)]


def gone(store: Store) -> list[tuple[str, str, str]]:
    """(id, title, target) of the sources whose file is no longer there; stubs that only these refer to aside."""
    sql = """SELECT s.id, s.title, coalesce(s.target, '') FROM source s
        WHERE s.state <> 'here' AND s.state = 'gone' AND s.kind <> 'stub' ORDER BY s.target, s.rowid"""
    return [tuple(row) for row in store.execute(sql)]
