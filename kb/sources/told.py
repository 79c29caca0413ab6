"""What a document says in the columns of its source: of a new one all, of one that is there what is news."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

from kb.model import ids
from kb.model.bibliography import PRIMARY_CLASS, Bibliography, to_csl
from kb.model.document import Document
from kb.model.source import SourceFields, StoredSource
from kb.sources.clean import UNTITLED
from kb.sources.match import Candidate
from kb.sources.references import Targets
from kb.store import free_citekeys
from kb.store.open import Store
from kb.text.strings import digest

_OF_THE_WORK = ("abstract", "DOI", "language", PRIMARY_CLASS)
"""Facts that hold wherever a work is published."""


@dataclass(frozen=True, slots=True)
class Told:
    """A document as far as it fills columns; `version` is that of its importer and of the rules."""

    store: Store
    document: Document
    candidate: Candidate
    targets: Targets
    version: str
    now: str

    @property
    def cited_by(self) -> str | None:
        """The citekey that a reference manager has for a work; a note on one has none of its own there."""
        return self.document.citekey if self.document.kind != "note" and not self.document.id else None

    def fields(self, row: StoredSource | None, *, emptied: bool = False) -> SourceFields:
        """All that it says of a source that is `row` so far; `emptied`: that it has no text any more."""
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
        if document.title or row is None:
            fields["title"] = document.title or UNTITLED
        if document.path:
            fields["path"] = document.path
        fields |= self._told() | self._cited_as(row)
        if row is not None and not document.text and (row.published or "").startswith(document.published or "-"):
            fields.pop("published", None)  # the store knows it more exactly
        if document.title_given or row is None:
            fields["title_given"] = document.title_given
        elif row.title_given:
            fields.pop("title", None)
        fields["external_ids"] = {**(row.external_ids if row else {}), **self.candidate.external}
        if document.text and row is not None and row.state != "here":
            fields["state"] = "here"
        if document.text or emptied:
            fields |= {
                "text": document.text,
                "text_hash": digest(document.text),
                "original": zlib.compress(document.original, 6) if document.original else None,
                "original_hash": hashlib.sha256(document.original).hexdigest() if document.original else None,
                "problems": list(document.problems),
            }
        if document.target and (row is None or not document.id or not row.target):
            fields["target"] = document.target
        if row is not None and (row.citekey == row.id or (row.kind == "stub" and document.kind != "stub")):
            fields["added"] = document.added or self.now
        return fields | (self._renamed(row) if row is not None else {})

    def _renamed(self, row: StoredSource) -> SourceFields:
        """The citekey that a reference manager has for it, or an exported vault for what was a stub, unless its own is
        used: then that stays, and it answers to the other too.

        One that another source bears is left to that one.
        """
        wanted = self.document.citekey
        bare = row.citekey == row.id or row.kind == "stub"
        if not wanted or not (self.cited_by or bare) or (row.citekey_used and row.citekey != row.id):
            return {}
        if wanted == row.citekey:
            return {"citekey_used": True}
        free = free_citekeys.find(self.store, wanted)
        return {"citekey": free, "citekey_used": True} if free == wanted or bare else {}

    def gaps(self, row: StoredSource) -> SourceFields:
        """What a notice knows and the store does not, or not as exactly."""
        date = self.document.published
        fields = self._told()
        if row.url:
            fields.pop("url", None)
        if row.published and not (date and date.startswith(row.published)):
            fields.pop("published", None)
        if row.parent:
            fields.pop("parent", None)
        if self.document.text:  # an abstract, where there was no text at all
            fields |= {"text": self.document.text, "text_hash": digest(self.document.text)}
        fields |= self._cited_as(row) | self._renamed(row)
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

    def _cited_as(self, row: StoredSource | None) -> SourceFields:
        """What the document says for citing it. An entry of a reference manager is surer than what a site says."""
        new, known = self.document.bibliography, row.bibliography if row else Bibliography()
        if row is not None and self.document.id:  # a vault shows what was there
            new = known.over(new)
        elif row is not None and row.importer != self.document.importer:
            # No entry, which has no text of the work; what a catalogue says fills gaps only.
            if self.document.text or self.document.summary or self.document.kind == "stub":
                new = known.over(new)
            elif new.type == known.type or not new:
                new = new.over(known)
            else:  # published elsewhere: the facts of the other place are not those of this one
                new = new.over(known.only(_OF_THE_WORK))
        elif not new:
            new = known
        return {"bibliography": to_csl(new)} if new and new != known else {}
