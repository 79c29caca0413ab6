"""Texts of a small folder, and what tests of folders that are read again ask of a store."""

from __future__ import annotations

from pathlib import Path

from importers import intake
from importers.folder_news import Ask
from importers.given import Given
from importers.report import Report
from kb.model.filters import Filters
from kb.store import references, sources, statements
from kb.store.conditions import on_sources
from kb.store.open import Store

MILLS = """# Tide mills

I think that tide mills should be built in every small harbour, because the tide never fails anybody.

I doubt that wooden gates will last for sixty years in the brackish water of an estuary. See [[herons]].
"""
HERONS = """# Herons at the river

I believe that herons return because the river is cleaner since the works at the weir were finished.

Nobody has counted the nests along the lower reach for ten years, so the trend is unknown.
"""
INDEX = "# Index\n\nSee [[mills]] and [[herons]].\n"


def add(store: Store, *targets: Path, ask: Ask | None = None) -> Report:
    return intake.run(store, [str(target) for target in targets], Given(), lambda: b"", lambda _: None, ask=ask)


def listed(store: Store, state: str = "here") -> dict[str, str]:
    """Ids by the path inside the vault, stubs aside."""
    found = sources.listed(store, on_sources(store, Filters(state=state)))
    rows = [sources.stored(store, source.id) for source in found if source.kind != "stub"]
    return {row.path or row.title: row.id for row in rows if row}


def renamed(report: Report) -> list[tuple[str, str]]:
    return [(Path(one.before).name, Path(one.now).name) for one in report.renamed]


def pointed(store: Store, source_id: str) -> dict[str, str | None]:
    return {one.raw: one.target for one in references.of_source(store, source_id)}


def made_in(store: Store, source_id: str, words: str) -> str:
    return next(one.id for one in statements.of_source(store, source_id) if words in one.text)
