"""What comes from the place of a source that was joined to another: that one's row follows, the other does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kb.errors import notify
from kb.model.document import Document
from kb.model.source import SourceFields, StoredSource
from kb.sources import contents, gaps, held
from kb.sources.match import Candidate
from kb.sources.references import Targets
from kb.store import edits, link_writing, references, same_as, source_writing, sources
from kb.store.open import Store

_ITS_OWN: tuple[Literal["state", "kind", "added"], ...] = ("state", "kind", "added")
"""What a document does not change of a source that is out of sight."""


def met(store: Store, kept: StoredSource, candidate: Candidate) -> StoredSource | None:
    """Which source that was joined to `kept` a document is rather than that one; None where it is for `kept` itself.

    The text of a source that is gone, or has none, is taken from wherever it comes; and what only tells of a text that
    another importer brought tells of the source that stays.
    """
    gone = same_as.joined_to(store, kept.id)
    document = candidate.document
    if not gone or kept.state == "gone" or (document.text and not kept.text):
        return None
    if not document.text and kept.importer != document.importer:
        return None
    rows = [kept, *filter(None, (sources.stored_itself(store, name) for name in gone))]
    told, keys = document.id or candidate.same, set(candidate.keys())
    ways: Sequence[list[StoredSource]] = (
        [row for row in rows if told == row.id],
        [row for row in rows if document.target and row.target == document.target],
        [row for row in rows if not keys.isdisjoint(sources.keys(store, row.rowid))],
        [row for row in rows if document.text and row.text == document.text],
    )
    found = next((way[0] for way in ways if way), kept)
    return None if found is kept else found


def put(
    store: Store, kept: StoredSource, other: StoredSource, document: Document, fields: SourceFields, targets: Targets
) -> Literal["updated", "unchanged"]:
    """Let the row of the other say what its document says, so that splitting gives back what is there now.

    The source that stays gets only what it lacks: then it is "updated".
    """
    said = edits.of(store, other.id)
    for name in held.FACTS:
        if name in said:
            fields.pop(name, None)
    for fact in _ITS_OWN:
        fields.pop(fact, None)
    changed = {name: value for name, value in fields.items() if getattr(other, name, None) != value}
    if changed:
        source_writing.update(store, other.rowid, fields)
    now = sources.stored_itself(store, other.id)
    assert now is not None
    if "text" in changed:
        notify(f"{document.target} has another text now, which is not read: it was joined to “{kept.title}” (kb split)")
        contents.point(store, now, document, targets)
        source_writing.settle_stubs(store, {one.target for one in references.of_source(store, now.id) if one.target})
        link_writing.clear_evidence(store, now.rowid, now.text)
    return "updated" if gaps.fill(store, kept, now) else "unchanged"
