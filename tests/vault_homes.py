"""Homes, exports and comparisons for the tests of vaults."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from importers import intake
from importers.given import Given
from importers.report import Report
from kb.store import links, references, sources, statements
from kb.store.engine import sqlite
from kb.store.open import DB_NAME, open_reader, open_store
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


def add(home: Path, *targets: Path, **given: Any) -> Report:
    """`kb add` without vectors."""
    with open_store(home) as store:
        return intake.run(store, [str(target) for target in targets], Given(**given), lambda: b"", lambda _: None)


def export(home: Path, folder: Path, *, dry_run: bool = False, threshold: float = 0.5) -> vault.Report:
    """`kb export`."""
    with open_reader(home) if dry_run else open_store(home) as store:
        return vault.export(store, folder, threshold, dry_run=dry_run)


def sql(home: Path, statement: str, *values: Any) -> list[Any]:
    """One statement on the store's file."""
    with closing(sqlite.connect(home / DB_NAME)) as connection:
        return [tuple(row) for row in connection.execute(statement, values)]


def everything(home: Path) -> dict[str, object]:
    """Sources with texts and references, statements and links, by id."""
    with open_reader(home) as store:
        found: dict[str, object] = {}
        for source in sources.listed(store):
            stored = sources.stored(store, source.id)
            assert stored is not None
            refs = [replace(r, key="") for r in references.of_source(store, source.id)]
            people = sources.authors(store, stored.rowid)
            found[source.id] = source, stored.text, stored.path, stored.importer, stored.title_given, refs, people
        for statement in statements.chosen(store):
            found[statement.id] = statement
        for link in links.chosen(store):
            found[link.id] = replace(link, created="", owner=None)
        return found


def notes_in(folder: Path) -> dict[str, bytes]:
    """The notes of a vault, by path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.md"))}


def note_of(folder: Path, name: str) -> Path:
    """The note of a source or statement, by id."""
    return next(path for path in folder.rglob("*.md") if f"\nkb: {name}\n" in path.read_text()[:40])
