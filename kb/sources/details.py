"""A source with all that belongs to it: text, references both ways, statements, outline."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.facts import Fact
from kb.model.outline import Outline
from kb.model.source import Backlink, Source, StoredReference
from kb.model.statement import Statement
from kb.store import passages, references, source_facts, sources, statements
from kb.store.open import Store


@dataclass(frozen=True, slots=True)
class Details:
    """A source, its text, what it points to and what points to it, the statements in it, and how it was read.

    `problems` is what was odd about it, or left out, in lines.
    """

    source: Source
    text: str
    references: list[StoredReference]
    backlinks: list[Backlink]
    statements: list[Statement]
    outline: Outline
    importer: str
    target: str | None
    facts: tuple[Fact, ...] = ()
    problems: tuple[str, ...] = ()


def details(store: Store, source_id: str) -> Details:
    """All of a source that is there."""
    stored = sources.stored(store, source_id)
    assert stored is not None
    return Details(
        source=sources.read(store, [source_id])[source_id],
        text=stored.text,
        references=[one for one in references.of_source(store, source_id) if not one.is_none],
        backlinks=references.backlinks(store, source_id),
        statements=statements.of_source(store, source_id),
        outline=passages.outline(store, stored.rowid),
        importer=stored.importer,
        target=stored.target,
        facts=source_facts.of(store, stored.id),
        problems=stored.problems,
    )
