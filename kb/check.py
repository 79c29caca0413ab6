"""`kb check`: does everything in the store still hold? Each finding says what is wrong and how to mend it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    severity: Severity
    message: str
    fix: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def findings(connection: sqlite3.Connection, home: Path) -> list[Finding]:
    """All findings, errors first."""
    found = [finding for check in _CHECKS for finding in check(connection)]
    found += _index(connection, home)
    order = {"error": 0, "warning": 1, "note": 2}
    return sorted(found, key=lambda finding: order[finding.severity])


def _integrity(connection: sqlite3.Connection) -> Iterator[Finding]:
    for row in connection.execute("PRAGMA integrity_check(5)"):
        if row[0] != "ok":
            yield Finding("integrity", "error", f"the database is damaged: {row[0]}", "restore it from a backup")
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield Finding("integrity", "error", f"a row of {row[0]} belongs to nothing", "restore it from a backup")


def _full_text(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, content in (("passage_fts", "searchable_passage"), ("statement_fts", "statement")):
        indexed = connection.execute(f"SELECT count(*) FROM {table}_docsize").fetchone()[0]
        there = connection.execute(f"SELECT count(*) FROM {content}").fetchone()[0]
        if indexed != there:
            yield Finding("full-text", "error", f"{table} holds {indexed} texts of {there}", "kb check --fix")


def _quotes(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Every span says what its quote says. Offsets are code points, and so are SQLite's substr positions."""
    spans = {
        "passage": "SELECT x.id, s.title FROM passage x JOIN source s ON s.rowid = x.source_rowid "
        "WHERE substr(s.text, x.start + 1, x.end - x.start) <> x.text",
        "reference": "SELECT x.raw, s.title FROM reference x JOIN source s ON s.rowid = x.source_rowid "
        "WHERE substr(s.text, x.start + 1, x.end - x.start) <> x.raw",
        "mention": "SELECT st.id, s.title FROM mention x JOIN source s ON s.rowid = x.source_rowid "
        "JOIN statement st ON st.rowid = x.statement_rowid "
        "WHERE NOT x.lost AND substr(s.text, x.start + 1, x.end - x.start) <> x.quote",
        "evidence": "SELECT x.id, s.title FROM link x JOIN source s ON s.rowid = x.evidence_rowid "
        "WHERE substr(s.text, x.evidence_start + 1, x.evidence_end - x.evidence_start) <> x.evidence_quote",
    }
    for name, sql in spans.items():
        for what, title in connection.execute(sql + " LIMIT 20"):
            yield Finding(
                "quotes", "error", f"{name} {what} is not what {title!r} says there", "kb add the source again"
            )


def _lost(connection: sqlite3.Connection) -> Iterator[Finding]:
    sql = """SELECT st.id, s.title FROM mention m JOIN statement st ON st.rowid = m.statement_rowid
        JOIN source s ON s.rowid = m.source_rowid WHERE m.lost"""
    for name, title in connection.execute(sql):
        yield Finding(
            "lost-quote", "warning", f"the quote of {name} is no longer in {title!r}; your decision about it is kept",
            f"kb show {name}",
        )  # fmt: skip


def _dangling(connection: sqlite3.Connection) -> Iterator[Finding]:
    sql = """SELECT id, from_id, to_id FROM link WHERE
        NOT EXISTS (SELECT 1 FROM statement WHERE id = from_id) AND NOT EXISTS (SELECT 1 FROM source WHERE id = from_id)
        OR NOT EXISTS (SELECT 1 FROM statement WHERE id = to_id) AND NOT EXISTS (SELECT 1 FROM source WHERE id = to_id)
            AND NOT EXISTS (SELECT 1 FROM link o WHERE o.id = link.to_id)"""
    for row in connection.execute(sql):
        yield Finding(
            "dangling-link", "warning", f"link {row[0]} has lost an end ({row[1]} → {row[2]})", "kb check --fix"
        )


def _credences(connection: sqlite3.Connection) -> Iterator[Finding]:
    from kb.store import credences

    for name, count in credences.of_gone(connection).items():
        yield Finding(
            "credence", "note", f"the statement {name} is gone; what was believed of it ({count}) is kept, and counts "
            "again when it is found again", "kb add its source again",
        )  # fmt: skip


def _targets(connection: sqlite3.Connection) -> Iterator[Finding]:
    sql = """SELECT r.raw, s.title FROM reference r JOIN source s ON s.rowid = r.source_rowid
        WHERE r.target IS NOT NULL AND NOT EXISTS (SELECT 1 FROM source t WHERE t.id = r.target)"""
    for raw, title in connection.execute(sql):
        yield Finding("references", "error", f"{raw} in {title!r} points to a source that is gone", "kb add it again")


def _twins(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Equal titles raise a question, never a merge."""
    sql = """SELECT title_key, group_concat(id, ' '), min(title) FROM source
        WHERE kind NOT IN ('comment', 'shortform', 'note') GROUP BY title_key HAVING count(*) > 1 LIMIT 50"""
    for _, names, title in connection.execute(sql):
        yield Finding(
            "same-title", "note", f"{title!r} is the title of several sources ({names}): one work?",
            "if it is one, kb add its text again with --url",
        )  # fmt: skip


def _oddities(connection: sqlite3.Connection) -> Iterator[Finding]:
    import json

    for title, problems in connection.execute("SELECT title, problems FROM source WHERE problems <> '[]'"):
        for problem in json.loads(problems):
            yield Finding("import", "note", f"{title!r}: {problem}")


def _index(connection: sqlite3.Connection, home: Path) -> Iterator[Finding]:
    from kb.store import embeddings, meta

    model = meta.get(connection, meta.MODEL)
    missing = len(embeddings.missing(connection, model)) if model else 0
    if missing:
        yield Finding("vectors", "warning", f"{missing} texts have no vector yet", "kb index")
    if model and not missing:
        from kb.vectors import index

        for problem in index.problems(connection, home):
            yield Finding("index", "warning", problem, "kb index --rebuild")


_CHECKS: tuple[Callable[[sqlite3.Connection], Iterator[Finding]], ...] = (
    _integrity, _full_text, _quotes, _targets, _dangling, _lost, _credences, _twins, _oddities,
)  # fmt: skip


def fix(connection: sqlite3.Connection) -> None:
    """Mend what can be mended without a person: full-text search anew, inferred links without ends away."""
    from kb.store import links

    for table in ("passage_fts", "statement_fts"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    links.clear_dangling(connection)


def stats(connection: sqlite3.Connection, home: Path) -> dict[str, Any]:
    """How much there is, by kind, and how the person judged what was proposed."""
    from kb.review import calibration
    from kb.store import credences, decisions, meta, runs
    from kb.store.open import DB_NAME, INDEX_NAME
    from kb.suggest.confidence import adapt

    def counted(sql: str) -> dict[str, int]:
        return {row[0]: row[1] for row in connection.execute(sql)}

    def one(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    files = [f for f in (home / INDEX_NAME).rglob("*") if f.is_file()] if (home / INDEX_NAME).exists() else []
    return {
        "home": str(home),
        "sources": counted("SELECT kind, count(*) FROM source GROUP BY kind ORDER BY 2 DESC"),
        "passages": one("SELECT count(*) FROM passage WHERE kind <> 'heading'"),
        "words": one("SELECT coalesce(sum(length(text) - length(replace(text, ' ', '')) + 1), 0) FROM passage"),
        "people": one("SELECT count(*) FROM person"),
        "references": {
            "all": one("SELECT count(*) FROM reference"),
            "resolved": one("SELECT count(*) FROM reference WHERE target IS NOT NULL"),
        },
        "statements": counted("SELECT kind, count(*) FROM statement GROUP BY kind ORDER BY 2 DESC"),
        "links": counted("SELECT relation, count(*) FROM link GROUP BY relation ORDER BY 2 DESC"),
        "links_by_basis": counted("SELECT basis, count(*) FROM link GROUP BY basis ORDER BY 2 DESC"),
        "links_by_status": counted("SELECT status, count(*) FROM link GROUP BY status ORDER BY 2 DESC"),
        "statements_by_status": counted("SELECT status, count(*) FROM statement GROUP BY status ORDER BY 2 DESC"),
        "decisions": decisions.count(connection),
        "credences": credences.count(connection),
        "calibration": calibration.figures(connection, home),
        "adaptation": adapt.known(connection),
        "vectors": one("SELECT count(*) FROM embedding"),
        "model": meta.get(connection, meta.MODEL),
        "generation": meta.generation(connection),
        "last_import": runs.last(connection),
        "bytes": {
            "store": (home / DB_NAME).stat().st_size if (home / DB_NAME).exists() else 0,
            "index": sum(f.stat().st_size for f in files),
        },
    }
