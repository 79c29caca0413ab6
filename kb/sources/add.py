"""Document → store: who it is, what it replaces, its passages, references, statements and links.

One transaction a document: a failed one leaves nothing behind. Adding the same thing again is "unchanged".
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kb.model import ids
from kb.model.bibliography import PRIMARY_CLASS, Bibliography, to_csl
from kb.model.document import Document
from kb.model.source import CITEKEY, SourceFields, StoredSource
from kb.sources import citekeys, contents, extraction, held, naming, other_text, own_version, presence, reading
from kb.sources.match import Candidate
from kb.sources.own_version import Cut
from kb.sources.references import Targets
from kb.store import edits, people, source_writing, sources
from kb.store.open import Store, now
from kb.text.merge import Clash
from kb.text.strings import digest, fold


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document; `clashes` has words of the person's where the new version has others."""

    source_id: str
    status: Literal["added", "updated", "unchanged"]
    clashes: tuple[Clash, ...] = ()


def add(
    store: Store, document: Document, version: str = "", *, sole: bool = True, about: str | None = None,
    same: str | None = None, by_hand: bool = False, contents: bool = True, cut: Cut | None = None,
) -> Added:  # fmt: skip
    """Put a document into the store.

    `version` is the importer's; a newer one cuts and reads the same text again. `sole` says that its file holds
    no other document, so that a changed text at the same place is this source's new version. `about` is the id
    of the source that the document's first reference means, where the person named it. `same` is the id of the source
    that it is whatever it looks like: its file has another name now. `by_hand`: the text is the person's version of
    what is there; a later import is merged with it, and `cut` cuts what comes of that. Without `contents` nothing that
    is in the text is stored, which is quicker where only what becomes of the source is asked.

    A source that was gone is here again; one that a person removed stays so, and is "unchanged".
    """
    how = _How(f"{version}/{extraction.version(store)}", about, same, by_hand, contents, cut)
    with store.transaction():
        added = _Ingest(store, document, how).run(sole)
        news = reading.imported(store, added.source_id, document) and added.status == "unchanged"
        return replace(added, status="updated") if news else added


@dataclass(frozen=True, slots=True)
class _How:
    """How a document is to be taken, as `add` has it; `version` is that of its importer and of the rules."""

    version: str
    about: str | None
    same: str | None
    by_hand: bool
    contents: bool
    cut: Cut | None


class _Ingest:
    def __init__(self, store: Store, document: Document, how: _How) -> None:
        self.store = store
        self.clashes: tuple[Clash, ...] = ()
        self.held: dict[str, str] = {}  # what a person said of the source
        self.document = document
        self.how = how
        self.now = now()
        self.candidate = Candidate.of(document, how.same)
        self.renamed = how.same is not None
        self.notice = False  # the document only tells of a source that is there
        self.emptied = False  # a note that had a text has none any more
        self.targets = Targets(store, self.candidate, how.about, self.now)

    def run(self, sole: bool) -> Added:
        document = self.document
        row, twin = self.candidate.existing(self.store, sole), None
        if row is not None and not self._comes_back(row):
            return Added(row.id, "unchanged")
        if row is not None and (other := other_text.met(self.store, row, self.candidate)):
            self._facts(other.rowid)
            return Added(row.id, other_text.put(self.store, row, other, document, self._fields(other), self.targets))
        if row is not None and document.id and row.id != document.id:
            if row.text:
                source_writing.add_keys(self.store, row.rowid, ["id:" + document.id])
            else:
                row, twin = None, row  # a stub: the id under which the vault knows the source is the better one
        if row is not None and self.candidate.is_copy_of(row):
            return Added(row.id, "unchanged")
        if row is not None and self.candidate.is_summary_of(row):
            document = self.document = replace(document, text="", blocks=(), references=())
        if row is not None:
            self.held = edits.of(self.store, row.id)
            versions = own_version.Versions(row, self.held, self.now)
            document, self.clashes = own_version.merged(
                self.store, versions, document, self.how.cut, by_hand=self.how.by_hand
            )
            self.document = document
        self.notice = row is not None and self.candidate.is_notice_of(row)
        self.emptied = sole and row is not None and not self.notice and self._is_emptied(row)
        fields = self._gaps(row) if row is not None and self.notice else self._fields(row)
        if row is not None:
            held.respect(self.store, row, document, fields, self.held, notice=self.notice)
        if row is None:
            made = not document.citekey
            rowid = source_writing.insert(self.store, fields, *self.candidate.identifying(), made=made)
            new = sources.stored(self.store, document.id) if twin is not None and document.id else None
            if new is not None and twin is not None:
                source_writing.merge(self.store, new, twin)
        else:
            rowid = row.rowid
            changed = any(getattr(row, name) != value for name, value in fields.items() if name not in _NOT_NEWS)
            changed |= "bibliography" in fields
            if not changed and not self._new_facts(rowid):
                self._move(row, fields)
                return Added(row.id, "unchanged")
            if "citekey" in fields and row.citekey != row.id:
                citekeys.remember(self.store, rowid, row.citekey)
            source_writing.update(self.store, rowid, {**fields, "updated": self.now})
        before = source_writing.demote_names(self.store, rowid) if self.renamed else []
        self._facts(rowid)
        was_gone = row is not None and row.state == "gone"
        citekeys.follow(self.store, rowid)
        row = sources.stored_at(self.store, rowid)
        if self.how.contents and row.state == "here" and (document.text or row.text or self.emptied):
            contents.put(self.store, row, document, self.targets, self.now, emptied=self.emptied)
        contents.found(self.store, row, self.candidate, self.now)
        if was_gone and row.state == "here":
            presence.found_again(self.store, row)
        self._choose_again(rowid, before)
        return Added(row.id, "added" if "added" in fields else "updated", self.clashes)

    def _comes_back(self, row: StoredSource) -> bool:
        """Whether a document may change a source that is not here; that of a stub it may, where it brings the text.

        A note of an exported vault only shows what was there; it does not bring back what is gone since.
        """
        if row.state == "here" or (not row.text and bool(self.document.text)):
            return True
        return row.state == "gone" and not self.document.id

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
            before = source_writing.demote_names(self.store, row.rowid) if self.renamed else []
            source_writing.add_names(self.store, row.rowid, held.aliases(self.candidate.names(), self.held))
            if self.renamed:
                self._choose_again(row.rowid, before)
            if self.document.text and ("target" in moved or "path" in moved):  # a relative path means another file now
                contents.point(self.store, sources.stored_at(self.store, row.rowid), self.document, self.targets)

    def _choose_again(self, rowid: int, before: Sequence[str]) -> None:
        """Links by the names `before`, and by those of its names that others had, go to what bears them now."""
        names = (fold(name) for name, _ in self.candidate.names())
        naming.choose_again(self.store, {*before, *sources.contested(self.store, rowid, names)})

    def _fields(self, row: StoredSource | None) -> SourceFields:
        document = self.document
        author = document.authors[0].name if document.authors else None
        fields: SourceFields = {}
        if document.importer:
            fields = {"importer": document.importer, "importer_version": self.how.version}
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
        if row is not None and (row.citekey == row.id or (row.kind == "stub" and document.kind != "stub")):
            fields["added"] = document.added or self.now
        return fields | (self._renamed(row) if row is not None else {})

    def _renamed(self, row: StoredSource) -> SourceFields:
        """The citekey that a reference manager has for it now, or an exported vault for what was a stub.

        One that another source bears is left to that one.
        """
        wanted = self.document.citekey
        bare = row.citekey == row.id or row.kind == "stub"
        if not wanted or wanted == row.citekey or not (self._cited_by or bare):
            return {}
        parted = re.fullmatch(re.escape(wanted) + "[a-z]+", row.citekey)  # it met another of that citekey before
        if parted and CITEKEY + row.citekey not in sources.keys(self.store, row.rowid):
            return {}
        free = source_writing.free_citekey(self.store, wanted)
        return {"citekey": free, "citekey_used": True} if free == wanted or bare else {}

    def _is_emptied(self, row: StoredSource) -> bool:
        """Whether its file held a note, and now holds nothing. What else has no text may only leave it out."""
        new = self.document
        same = new.kind == row.kind == "note" and new.target == row.target
        return same and bool(row.text) and not new.text and not new.id

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
        if row is not None and row.importer != self.document.importer:
            if not self._is_entry:
                new = known.over(new)
            elif new.type == known.type or not new:
                new = new.over(known)
            else:  # published elsewhere: the facts of the other place are not those of this one
                new = new.over(known.only(_OF_THE_WORK))
        elif not new:
            new = known
        return {"bibliography": to_csl(new)} if new and new != known else {}

    def _facts(self, rowid: int) -> None:
        document = self.document
        keys = [*self.candidate.keys(), *self.candidate.title_keys()]
        if document.kind == "stub" and document.id and not keys:
            keys.append("name:" + fold(document.title))
        source_writing.add_keys(self.store, rowid, keys)
        if self._cited_by:
            source_writing.take_citekey(self.store, rowid, self._cited_by)
        source_writing.add_names(self.store, rowid, held.aliases(self.candidate.names(), self.held))
        source_writing.add_tags(self.store, rowid, sorted(self._tags))
        if self._authors_are_news(rowid):
            source_writing.set_authors(self.store, rowid, document.authors)

    def _new_facts(self, rowid: int) -> bool:
        """Whether the document knows keys, authors or tags that the store does not."""
        new = set(self.candidate.keys()) - set(sources.keys(self.store, rowid))
        new |= self._tags - set(sources.tags(self.store, rowid))
        new_citekey = self._cited_by and not sources.by_keys(self.store, [CITEKEY + self._cited_by])
        return bool(new or new_citekey or self._authors_are_news(rowid))

    @property
    def _is_entry(self) -> bool:
        """Whether the document is a work's entry in an export, without the text of the work."""
        return not self.document.text and self.document.kind != "stub"

    @property
    def _tags(self) -> set[str]:
        """The tags of the document, without those that a person took away."""
        return held.tags(self.store, self.document.tags, self.held)

    @property
    def _cited_by(self) -> str | None:
        """The citekey that a reference manager has for a work; a note on one has none of its own there."""
        return self.document.citekey if self.document.kind != "note" and not self.document.id else None

    def _authors_are_news(self, rowid: int) -> bool:
        known, given = people.author_names(self.store, [rowid]).get(rowid, []), self.document.authors
        news = not people.same_people(self.store, known, (author.name for author in given))
        return bool(given) and news and not (self.notice and known) and "authors" not in self.held


_OF_THE_WORK = ("abstract", "DOI", "language", PRIMARY_CLASS)
"""Facts that hold wherever a work is published."""

_NOT_NEWS = {
    "added", "path", "updated", "original", "original_hash", "target", "external_ids", "problems", "id",
    "citekey_used", "bibliography",
}  # fmt: skip
