"""A text that a person changed after it was imported: a later import is merged with their version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kb.model.document import Block, Document, Reference
from kb.model.source import StoredSource
from kb.store import edits
from kb.store.open import Store
from kb.text.merge import Clash, merge

Cut = Callable[[str, str], tuple[tuple[Block, ...], tuple[Reference, ...]]]
"""Cuts a text as the importer of that name does."""


@dataclass(frozen=True, slots=True)
class Versions:
    """A stored source, and what a person said of it (`kb.store.edits`): of its text, the one imported last."""

    row: StoredSource
    held: Mapping[str, str]
    at: str


def _keep_imported(store: Store, versions: Versions, text: str) -> None:
    """Note from what the person's version `text` departs."""
    row = versions.row
    imported = versions.held.get(edits.TEXT, row.text)
    if text == imported:
        edits.drop(store, row.id, edits.TEXT)
    else:
        edits.put(store, row.id, edits.TEXT, imported, versions.at)


def merged(
    store: Store, versions: Versions, document: Document, cut: Cut | None, *, by_hand: bool
) -> tuple[Document, tuple[Clash, ...]]:
    """The new version with what the person changed in the one before, inside a transaction; in a clash it stands.

    `by_hand`: it is the person's own, and what was imported is kept to compare later imports with.
    """
    row = versions.row
    if by_hand:
        _keep_imported(store, versions, document.text)
    if by_hand or cut is None or edits.TEXT not in versions.held or not document.text:
        return document, ()
    both = merge(versions.held[edits.TEXT], document.text, row.text)
    edits.put(store, row.id, edits.TEXT, document.text, versions.at)
    blocks, references = cut(document.importer, both.text)
    return replace(document, text=both.text, blocks=blocks, references=references), both.clashes
