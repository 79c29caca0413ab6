"""An entry of an export that was corrected since it was read: the same place, and nothing says that it is another work.

Of a work without an address the title and the author are its name in the store, so that a slip put right there would
make it another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.model.document import Document
from kb.model.isbn import numbers
from kb.model.source import StoredSource
from kb.store import people, same_as, sources
from kb.store.open import Store
from kb.text import spelling

_NOTES = {"abstract", "highlights"}
_MADE = {"named", *_NOTES}
"""External ids that importers make of title and authors: they differ where these were corrected."""


_HALF = 0.5


def is_entry(document: Document, external: Mapping[str, str]) -> bool:
    """Whether a document is a work of an export, or a note on one, and its entry has a key there."""
    file, sharp, key = document.target.partition("#")
    return bool(sharp and key) and file != "-" and (not document.text or not _NOTES.isdisjoint(external))


def find(store: Store, document: Document, url: str | None, external: Mapping[str, str]) -> StoredSource | None:
    """The source that was read from the same entry; None where there is none, or it is another work.

    `url` and `external` are what identifies the document. What has another DOI, arXiv id, ISBN or address is another
    work, and so is what has neither title nor authors in common.
    """
    role = external.keys() & _NOTES
    rows = [
        (row, kept)
        for kept in sources.by_column(store, "target", document.target)
        for row in (
            kept,
            *filter(None, (sources.stored_itself(store, name) for name in same_as.joined_to(store, kept.id))),
        )
        if row.target == document.target
        and row.importer == document.importer
        and row.external_ids.keys() & _NOTES == role
    ]
    if len(rows) != 1:  # the notes of several readers have one place
        return None
    (row, kept), given = rows[0], [author.name for author in document.authors]
    authors = [author.name for author in sources.authors(store, row.rowid)]
    if role:
        return kept if people.same_people(store, authors, given) else None
    if _contradict(row, document, url, external):
        return None
    by_others = bool(authors and given) and not _shared(authors, given)
    return None if by_others and _shared([row.title], [document.title]) <= _HALF else kept


def _contradict(row: StoredSource, document: Document, url: str | None, external: Mapping[str, str]) -> bool:
    ids = (row.external_ids.keys() & external.keys()) - _MADE
    if any(row.external_ids[name] != external[name] for name in ids) or (row.url and url and row.url != url):
        return True
    ours, theirs = (numbers(one.get("ISBN")) for one in (document.bibliography, row.bibliography))
    return bool(ours and theirs) and set(ours).isdisjoint(theirs)


def _shared(some: Sequence[str], others: Sequence[str]) -> float:
    """The share of the words of the shorter that the longer has, or nearly; the smallest words aside."""
    first, second = sorted((_words(some), _words(others)), key=len)
    return sum(bool(spelling.nearest(word, second)) for word in first) / (len(first) or 1)


def _words(names: Sequence[str]) -> set[str]:
    return {spelling.plain(word) for name in names for word in spelling.words(name) if len(word) > 2}
