"""What a reader wrote into the file of a paper: whose it is, and which note of the store."""

from __future__ import annotations

from dataclasses import replace

from importers.known_files import is_there
from kb.model.document import Author, Document
from kb.store import files, sources
from kb.store.open import Store
from kb.text.strings import digest

_MARK = "#annotations"


def by_reader(document: Document, me: str) -> Document:
    """The document with its author: what names nobody was written by the person. What they say of the paper is not
    said of it."""
    return document if document.authors else replace(document, authors=(Author(me),))


def known(store: Store, document: Document, paper: str) -> str | None:
    """The id of the note that `document`, on the source `paper`, is: one of a file that has another name now.

    None where the store knows it by its place, or does not know it.
    """
    if _MARK not in document.target or sources.by_column(store, "target", document.target):
        return None
    reader = document.target.rpartition(_MARK)[2]
    before = [name for name in files.of_sources(store, [paper]).get(paper, ()) if not is_there(name)]
    rows = [row for name in before for row in sources.by_column(store, "target", f"{name}{_MARK}{reader}")]
    for row in sources.by_column(store, "text_hash", digest(document.text)):
        file, mark, of = (row.target or "").rpartition(_MARK)
        if mark and of == reader and not is_there(file):
            rows.append(row)
    return rows[0].id if rows else None
