"""What is in a document, into the store: passages, references, statements; and what waited for it."""

from __future__ import annotations

from kb.model.document import Document
from kb.model.source import UNSURE, StoredSource
from kb.sources import presence
from kb.sources.ahead import Ahead
from kb.sources.extraction import infer, infer_pointing, infer_replies
from kb.sources.match import Candidate
from kb.sources.names import link_key
from kb.sources.references import Targets
from kb.sources.wanted import CITATION
from kb.store import meta, references, source_writing
from kb.store.open import Store


def put(
    store: Store, row: StoredSource, document: Document, targets: Targets, now: str, ahead: Ahead | None = None,
    *, emptied: bool,
) -> None:  # fmt: skip
    """Cut and read the text of a source, unless that was done `ahead`. `emptied`: the document says that there is none
    any more."""
    if ahead is not None and not ahead.cuts(document, row.text):
        ahead = None
    if document.text or emptied:
        presence.cut(store, row, document.blocks, ahead.passages if ahead else None)
        point(store, row, document, targets)
    infer(store, row.id, now, ahead)
    infer_replies(store, row.id, now)
    meta.bump_generation(store)


def point(store: Store, row: StoredSource, document: Document, targets: Targets) -> None:
    """The references of a source, in the place of the old ones."""
    told = [(r, *targets.target(row, r, number)) for number, r in enumerate(document.references)]
    known = {key: target for _, key, target in told if target}  # a later one may have made the stub
    told = [(r, key, target or known.get(key)) for r, key, target in told]
    before = {r.target for r in references.of_source(store, row.id) if r.target}
    references.replace(store, row.rowid, told)
    after = {target for _, _, target in told if target}
    source_writing.delete_unused_stubs(store, before - after)
    source_writing.settle_stubs(store, before - after)
    source_writing.wake_stubs(store, after)


def found(store: Store, row: StoredSource, candidate: Candidate, now: str) -> None:
    """Lead the references that waited for this source to it, and read again what they mean by it."""
    named = [link_key(name) for name, _ in candidate.names()]
    cited = [CITATION + key for key in {row.citekey, candidate.document.citekey} if key]
    cited += [UNSURE + key for key in cited]
    by_citekey = references.resolve(store, row.id, cited)
    if by_citekey:
        source_writing.use_citekeys(store, [row.id])
    keys = [*candidate.keys(), *dict.fromkeys(named)]
    infer_pointing(store, [*by_citekey, *references.resolve(store, row.id, keys)], now)
