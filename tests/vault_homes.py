"""Homes, exports and comparisons for the tests of vaults."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from importers import intake
from kb.store import links, open, references, sources, statements
from notes.vault import export as vault

POST = """---
title: in the text
---
# Auditing

I think that auditing works, because it finds flaws early. See [[Reading: notes||my notes]].

## Against

I disagree with auditing, since nobody can say what it would find. ![[Reading: notes]]
"""
NOTES = """### 20240101
[[Auditing: a theory]]
- I disagree with this post, because its central claim is not clear at all.

[A page](https://example.org/page)
- I think that this is right, therefore we should do more of it.

See [[No Such: Note|alias]], [[No Such: Note]] and [[Auditing: a theory#Against]].
"""


def add(home: Path, *targets: Path, **given: Any) -> intake.Report:
    """`kb add` without vectors."""
    with closing(open.Store(home)) as store:
        return intake.run(
            store, [str(target) for target in targets], intake.Given(**given), lambda: b"", lambda _: None
        )


def export(home: Path, folder: Path, *, dry_run: bool = False, threshold: float = 0.5) -> vault.Report:
    """`kb export`."""
    with closing(open.open_reader(home)) as connection:
        report = vault.export(connection, folder, threshold, dry_run=dry_run)
    if not dry_run:
        with closing(open.Store(home)) as store:
            vault.remember(store, folder, report)
    return report


def sql(home: Path, statement: str, *values: Any) -> list[sqlite3.Row]:
    """One statement on the store's file."""
    with closing(sqlite3.connect(home / open.DB_NAME)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = 1")
        return connection.execute(statement, values).fetchall()


def everything(home: Path) -> dict[str, dict[str, Any]]:
    """Sources with texts and references, statements and links, by id."""
    with closing(open.open_reader(home)) as connection:
        found: dict[str, dict[str, Any]] = {}
        for source in sources.listed(connection):
            row = sources.row(connection, source["id"])
            assert row is not None
            refs = [references.as_dict(r) for r in references.of_source(connection, row["rowid"])]
            authors = sources.authors(connection, row["rowid"])
            extra = {name: row[name] for name in ("text", "path", "importer", "title_given")}
            found[source["id"]] = source | extra | {"references": refs, "people": authors}
        for thing in (*statements.listed(connection), *links.listed(connection)):
            found[thing["id"]] = thing
        return found


def notes_in(folder: Path) -> dict[str, bytes]:
    """The notes of a vault, by path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.md"))}


def note_of(folder: Path, name: str) -> Path:
    """The note of a source or statement, by id."""
    return next(path for path in folder.rglob("*.md") if f"\nkb: {name}\n" in path.read_text()[:40])
