"""Where a document points: its references and its parent as sources, made as stubs where nobody knows them yet."""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import identity, ids
from kb.model.document import Document, Reference
from kb.model.source import SourceFields, StoredSource
from kb.sources import resolve
from kb.sources.match import Candidate, contradict
from kb.store import references, source_writing, sources
from kb.store.open import Store
from kb.text.strings import fold, squash


class Targets:
    """Finds or makes the sources that one document points to. `about` is what its first reference means."""

    def __init__(self, store: Store, candidate: Candidate, about: str | None, now: str) -> None:
        self.store = store
        self.candidate = candidate
        self.about = about
        self.now = now

    def parent(self) -> str | None:
        """Id of the source that the document answers."""
        pointer = self.candidate.document.parent
        if pointer is None:
            return None
        if pointer.id:
            return self._of_vault(pointer.id, pointer.title)
        known = identity.of_url(pointer.url) if pointer.url else identity.Identity()
        # A comment is known by its id alone: all comments on a post have one title.
        titles = identity.title_keys(known, pointer.title, pointer.namespace)
        if there := sources.by_keys(self.store, known.keys):
            return there[0].id
        for row in sources.by_keys(self.store, titles):
            if not contradict(row.external_ids, known.external_ids):
                return self._learn(row, known) if known.keys else row.id
        return self._stub(pointer.title, [*known.keys, *titles], pointer.url)

    def target(self, row: StoredSource, reference: Reference, number: int) -> tuple[str, str | None]:
        """The key of what a reference points to, and the source, made as a stub where it deserves one."""
        if self.about and number == 0:
            return f"id:{self.about}", self.about
        if reference.source:
            address = reference.kind == "url" or "://" in reference.target
            key = identity.of_url(reference.target).keys[0] if address else "name:" + fold(reference.target)
            title = reference.alias or reference.target
            return key, self._of_vault(reference.source, title, [key] if address else [])
        if reference.kind == "url" or "://" in reference.target:
            known = identity.of_url(reference.target)
            keys = known.keys
            there = sources.by_keys(self.store, keys)
            entry = _is_entry(self.candidate.document, reference, number)
            if there:
                return keys[0], there[0].id
            if known.external_ids or entry:
                title = reference.alias or identity.title_in(known)
                if same := self.candidate.same_title(self.store, known, title):
                    return keys[0], self._learn(same[0], known)
                return keys[0], self._stub(title, [*keys, *identity.title_keys(known, title)], known.url)
            return keys[0], None
        if reference.target.startswith("/"):
            return "path:" + reference.target, None  # inside the site that the text was copied from
        if not reference.target:
            return "name:", row.id  # a heading of the note itself
        key = "name:" + fold(reference.target)
        if named := sources.by_name(self.store, reference.target):
            return key, resolve.nearest(named, row.path).id
        if reference.kind == "embed":
            return key, None  # a picture or another attachment
        if there := sources.by_keys(self.store, [key]):
            return key, there[0].id
        return key, self._stub(reference.target, [key], None, name=reference.target)

    def _of_vault(self, source_id: str, title: str, keys: Sequence[str] = ()) -> str:
        """The source that an exported vault knows by this id; a stub with that id until its own note comes."""
        if there := sources.stored(self.store, source_id):
            return there.id
        if known := sources.by_keys(self.store, ["id:" + source_id, *keys]):
            return known[0].id
        # Its citekey is its id, which no other source can have taken when the note with the right one comes.
        source_writing.insert(
            self.store,
            {
                "id": source_id,
                "kind": "stub",
                "title": squash(title),
                "citekey": source_id,
                "added": self.now,
                "updated": self.now,
            },
        )
        return source_id

    def _learn(self, row: StoredSource, known: identity.Identity) -> str:
        """Note the address of a source that was known by its title."""
        ids_ = {**row.external_ids, **known.external_ids}
        source_writing.update(self.store, row.rowid, {"external_ids": ids_, "url": row.url or known.url})
        source_writing.add_keys(self.store, row.rowid, known.keys)
        return row.id

    def _stub(self, title: str, keys: Sequence[str], url: str | None, *, name: str | None = None) -> str:
        known = identity.of_url(url) if url else identity.Identity()
        fields: SourceFields = {
            "kind": "stub",
            "title": squash(title),
            "url": known.url,
            "external_ids": dict(known.external_ids),
            "added": self.now,
            "updated": self.now,
            "citekey": ids.citekey(None, None, title),
        }
        rowid = source_writing.insert(self.store, fields, keys[0])
        source_writing.add_keys(self.store, rowid, keys)
        if name:
            source_writing.add_names(self.store, rowid, [(name, 0)])
        source_id = sources.stored_at(self.store, rowid).id
        references.resolve(self.store, source_id, keys)
        return source_id


def _is_entry(document: Document, reference: Reference, number: int) -> bool:
    """Whether somebody comments on the reference, or it is all that its block says: an entry of a reading list."""
    return any(block.about == number for block in document.blocks) or any(
        b.start <= reference.start
        and reference.end <= b.end
        and b.end - b.start - (reference.end - reference.start) <= 3
        for b in document.blocks
        if b.kind in {"paragraph", "item"}
    )
