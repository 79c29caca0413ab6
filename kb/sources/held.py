"""What a person holds a source to be, and an import says again: the person's word stands, the import's is noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from kb.model.document import Author, Document
from kb.model.source import SourceFields, StoredSource
from kb.store import edits
from kb.store.open import Store, now
from kb.text.strings import fold

FACTS: tuple[Literal["title", "kind", "published", "url", "citekey"], ...] = (
    "title", "kind", "published", "url", "citekey",
)  # fmt: skip
"""Columns that imports leave as the person said, where they said so."""


def respect(
    store: Store, row: StoredSource, document: Document, fields: SourceFields, said: Mapping[str, str], *, notice: bool
) -> None:
    """Take out of `fields`, which an import is to write, what the person said of it, inside a transaction.

    `said` is what they said (`kb.store.edits.of`). What the import says instead is noted, so that it can be given back;
    a `notice` only tells of a source that another importer brought, and says nothing of its title, authors and tags.
    """
    if "title" in said and document.title_given and document.title:  # their newer word
        edits.put(store, row.id, "title", document.title, now())
    for name in FACTS:
        if name not in said or (name == "title" and document.title_given):
            continue
        if name in fields:
            edits.note_imported(store, row.id, name, str(fields.pop(name) or ""))
        elif name == "title" and document.title and not notice:
            edits.note_imported(store, row.id, name, document.title)
    if notice:
        return
    if edits.AUTHORS in said and document.authors:
        edits.note_imported(store, row.id, edits.AUTHORS, as_text(document.authors))
    known = edits.held(store, row.id)
    for field, names in (
        (edits.UNTAGGED, tags(store, document.tags, {})),
        (edits.UNALIASED, {fold(name) for name in document.aliases}),
    ):
        if field in said and names:
            imported = names_of(known[field].imported or "") | names
            edits.note_imported(store, row.id, field, listed(imported))


def tags(store: Store, imported: Iterable[str], said: Mapping[str, str]) -> set[str]:
    """The tags that an import gives, by the names that they have now, without those that a person took away."""
    renamed = edits.renamed_tags(store)
    refused = {_now(name, renamed) for name in names_of(said.get(edits.UNTAGGED, ""))}
    return {_now(name, renamed) for name in imported} - refused


def _now(tag: str, renamed: Mapping[str, str]) -> str:
    """What a tag is called now; one within a renamed one (`a/b`) goes with it."""
    head, tail = tag, ""
    while head:
        if head in renamed:
            return renamed[head] + tail
        head, slash, last = head.rpartition("/")
        tail = slash + last + tail
    return tag


def aliases(names: Iterable[tuple[str, int]], said: Mapping[str, str]) -> list[tuple[str, int]]:
    """The names that an import gives, with their ranks, without the aliases that a person took away."""
    refused = names_of(said.get(edits.UNALIASED, ""))
    return [(name, rank) for name, rank in names if rank != 1 or fold(name) not in refused]


def listed(names: Iterable[str]) -> str:
    """Tags or aliases as one value of the table `edit`."""
    return "\n".join(sorted(names))


def names_of(value: str) -> set[str]:
    """The same back."""
    return {name for name in value.split("\n") if name}


def as_text(authors: Sequence[Author]) -> str:
    """Authors as one value of the table `edit`: a line each, the account after a tab."""
    return "\n".join(f"{author.name}\t{author.slug}" if author.slug else author.name for author in authors)


def authors_of(value: str) -> list[Author]:
    """The same back."""
    parts = (line.partition("\t") for line in value.split("\n") if line)
    return [Author(name, slug or None) for name, _, slug in parts]
