"""Document → store: who it is, what it replaces, its passages, references, statements and links.

One transaction a document: a failed one leaves nothing behind. Adding the same thing again is "unchanged".
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb import extract
from kb.model import ids, passages
from kb.model.document import Document
from kb.model.source import SourceFields, StoredSource
from kb.sources import resolve
from kb.sources.extraction import infer, infer_replies
from kb.sources.match import Candidate
from kb.sources.references import Targets
from kb.store import passages as passage_store
from kb.store import references, source_writing, sources
from kb.store.open import Store, now
from kb.text.strings import digest, fold


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document."""

    source_id: str
    status: Literal["added", "updated", "unchanged"]


def add(
    store: Store,
    document: Document,
    version: str = "",
    *,
    sole: bool = True,
    about: str | None = None,
    contents: bool = True,
) -> Added:
    """Put a document into the store.

    `version` is the importer's; a newer one cuts and reads the same text again. `sole` says that its file holds
    no other document, so that a changed text at the same place is this source's new version. `about` is the id
    of the source that the document's first reference means, where the person named it. Without `contents` nothing
    that is in the text is stored, which is quicker where only what becomes of the source is asked.
    """
    with store.transaction():
        return _Ingest(store, document, f"{version}/{extract.version()}", about, contents).run(sole)


class _Ingest:
    def __init__(self, store: Store, document: Document, version: str, about: str | None, contents: bool) -> None:
        self.store = store
        self.document = document
        self.version = version
        self.contents = contents
        self.now = now()
        self.candidate = Candidate.of(document)
        self.notice = False  # the document only tells of a source that is there
        self.emptied = False  # a note that had a text has none any more
        self.targets = Targets(store, self.candidate, about, self.now)

    def run(self, sole: bool) -> Added:
        document = self.document
        row, twin = self.candidate.existing(self.store, sole), None
        if row is not None and document.id and row.id != document.id:
            if row.text:
                source_writing.add_keys(self.store, row.rowid, ["id:" + document.id])
            else:
                row, twin = None, row  # a stub: the id under which the vault knows the source is the better one
        if row is not None and self.candidate.is_copy_of(row):
            return Added(row.id, "unchanged")
        self.notice = row is not None and self._is_notice(row)
        self.emptied = sole and row is not None and not self.notice and self._is_emptied(row)
        fields = self._gaps(row) if row is not None and self.notice else self._fields(row)
        if row is None:
            rowid = source_writing.insert(self.store, fields, *self.candidate.identifying())
            new = sources.stored(self.store, document.id) if twin is not None and document.id else None
            if new is not None and twin is not None:
                source_writing.merge(self.store, new, twin)
        else:
            rowid = row.rowid
            changed = any(getattr(row, name) != value for name, value in fields.items() if name not in _NOT_NEWS)
            unnamed = row.citekey == row.id and document.citekey  # a stub of an exported vault, see _of_vault
            if not changed and not unnamed and not self._new_facts(rowid):
                self._move(row, fields)
                return Added(row.id, "unchanged")
            source_writing.update(self.store, rowid, {**fields, "updated": self.now})
        self._facts(rowid)
        row = sources.stored_at(self.store, rowid)
        if self.contents and (document.text or row.text or self.emptied):
            self._contents(row)
        references.resolve(
            self.store, row.id, [*self.candidate.keys(), *("name:" + fold(n) for n, _ in self.candidate.names())]
        )
        return Added(row.id, "added" if "added" in fields else "updated")

    def _move(self, row: StoredSource, fields: SourceFields) -> None:
        """Where an unchanged text is now, and what else is no news about it."""
        moved: SourceFields = {}
        if (target := fields.get("target")) and target != row.target:
            moved["target"] = target
        if (path := fields.get("path")) and path != row.path:
            moved["path"] = path
        if (name := fields.get("original_hash")) and name != row.original_hash:  # votes, counts of comments
            moved |= {"original": fields["original"], "original_hash": name}
        if moved and not self.document.id:
            source_writing.update(self.store, row.rowid, moved)
            source_writing.add_names(self.store, row.rowid, self.candidate.names())

    # What is stored

    def _fields(self, row: StoredSource | None) -> SourceFields:
        document = self.document
        author = document.authors[0].name if document.authors else None
        fields: SourceFields = {}
        if document.importer:
            fields = {"importer": document.importer, "importer_version": self.version}
        if row is None:
            fields |= {
                "added": document.added or self.now,
                "updated": self.now,
                "citekey": document.citekey or ids.citekey(author, document.published, document.title),
            }
            if document.id:
                fields["id"] = document.id
        if row is None or (document.kind != "stub" and (row.kind == "stub" or not row.text or document.kind != "note")):
            fields["kind"] = document.kind
        if document.title:
            fields["title"] = document.title
        if document.path:
            fields["path"] = document.path
        fields |= self._told()
        if document.title_given or row is None:
            fields["title_given"] = document.title_given
        elif row.title_given:
            fields.pop("title", None)
        fields["external_ids"] = {**(row.external_ids if row else {}), **self.candidate.external}
        if document.text or self.emptied:
            fields |= {
                "text": document.text,
                "text_hash": digest(document.text),
                "original": zlib.compress(document.original, 6) if document.original else None,
                "original_hash": hashlib.sha256(document.original).hexdigest() if document.original else None,
                "problems": list(document.problems),
            }
        if document.target and (row is None or not document.id or not row.target):
            fields["target"] = document.target
        placeholder = row is not None and row.citekey == row.id
        if row is not None and (placeholder or (row.kind == "stub" and document.kind != "stub")):
            fields["added"] = document.added or self.now
        if document.citekey and row is not None and (placeholder or row.kind == "stub"):
            fields["citekey"] = source_writing.free_citekey(self.store, document.citekey)
        return fields

    def _is_notice(self, row: StoredSource) -> bool:
        """Whether the document only tells of a source that another importer brought: an entry of a bibliography."""
        document = self.document
        bare = not document.text and not document.id and not document.title_given
        return bare and row.kind != "stub" and row.importer != document.importer

    def _is_emptied(self, row: StoredSource) -> bool:
        """Whether its file held a note, and now holds nothing. What else has no text may only leave it out."""
        document = self.document
        same = document.kind == row.kind == "note" and document.target == row.target
        return same and bool(row.text) and not document.text and not document.id

    def _gaps(self, row: StoredSource) -> SourceFields:
        """What a notice knows and the store does not, or not as exactly."""
        date = self.document.published
        fields = self._told()
        if row.url:
            fields.pop("url", None)
        if row.published and not (date and date.startswith(row.published)):
            fields.pop("published", None)
        if row.parent:
            fields.pop("parent", None)
        return fields | {"external_ids": {**row.external_ids, **self.candidate.external}}

    def _told(self) -> SourceFields:
        """Where it is, when it was published and what it answers, as far as the document says so."""
        told: SourceFields = {}
        if self.candidate.url:
            told["url"] = self.candidate.url
        if self.document.published:
            told["published"] = self.document.published
        if parent := self.targets.parent():
            told["parent"] = parent
        return told

    def _facts(self, rowid: int) -> None:
        document = self.document
        keys = [*self.candidate.keys(), *self.candidate.title_keys()]
        if document.kind == "stub" and document.id and not keys:
            keys.append("name:" + fold(document.title))
        source_writing.add_keys(self.store, rowid, keys)
        source_writing.add_names(self.store, rowid, self.candidate.names())
        source_writing.add_tags(self.store, rowid, document.tags)
        if self._authors_are_news(rowid):
            source_writing.set_authors(self.store, rowid, document.authors)

    def _new_facts(self, rowid: int) -> bool:
        """Whether the document knows keys, authors or tags that the store does not."""
        document = self.document
        new_key = set(self.candidate.keys()) - set(sources.keys(self.store, rowid))
        new_tag = set(document.tags) - set(sources.tags(self.store, rowid))
        return bool(new_key or new_tag or self._authors_are_news(rowid))

    def _authors_are_news(self, rowid: int) -> bool:
        known = [fold(a.name) for a in sources.authors(self.store, rowid)]
        given = [fold(a.name) for a in self.document.authors]
        return bool(given) and given != known and not (self.notice and known)

    # What is in it

    def _contents(self, row: StoredSource) -> None:
        from kb.model.embedded_text import embedded_text
        from kb.store import meta

        document = self.document
        text = row.text
        if document.text or self.emptied:
            cut = passages.cut(text, document.blocks)
            passage_store.replace(
                self.store, row.rowid, row.id, row.title, text, cut,
                lambda title, heading, quote: digest(embedded_text(title, heading, quote)),
            )  # fmt: skip
            targets = [(r, *self.targets.target(row, r, number)) for number, r in enumerate(document.references)]
            known = {key: target for _, key, target in targets if target}  # a later one may have made the stub
            targets = [(r, key, target or known.get(key)) for r, key, target in targets]
            before = {r.target for r in references.of_source(self.store, row.id) if r.target}
            references.replace(self.store, row.rowid, targets)
            source_writing.delete_unused_stubs(self.store, before - {t for _, _, t in targets})
        infer(self.store, row.id, self.now)
        infer_replies(self.store, row.id, self.now)
        meta.bump_generation(self.store)


def settle(store: Store, source_ids: Sequence[str]) -> None:
    """After a folder: wikilinks whose name several notes bear go to the nearest, now that all of them are in."""
    with store.transaction():
        for link in references.with_choice(store, source_ids):
            best = resolve.nearest(sources.by_name(store, link.name), link.path)
            if best.id != link.target:
                references.retarget(store, link.rowid, best.id)


_NOT_NEWS = {
    "added",
    "path",
    "updated",
    "original",
    "original_hash",
    "target",
    "external_ids",
    "problems",
    "id",
    "citekey",
}
