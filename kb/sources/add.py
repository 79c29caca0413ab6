"""Document → store: who it is, what it replaces, its passages, references, statements and links.

One transaction a document: a failed one leaves nothing behind. Adding the same thing again is "unchanged".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kb.model.document import Document
from kb.model.identity import CITEKEY
from kb.model.source import SourceFields, StoredSource
from kb.sources import citekeys, contents, extraction, held, naming, other_text, own_version, presence, reading
from kb.sources.ahead import Ahead
from kb.sources.clean import cleaned
from kb.sources.match import Candidate
from kb.sources.own_version import Cut
from kb.sources.references import Targets
from kb.sources.told import Told
from kb.store import edits, people, source_facts, source_writing, sources
from kb.store.open import Store, now
from kb.text.merge import Clash
from kb.text.strings import fold


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document; `clashes` has words of the person's where the new version has others."""

    source_id: str
    status: Literal["added", "updated", "unchanged"]
    clashes: tuple[Clash, ...] = ()


def add(
    store: Store, document: Document, version: str = "", *, sole: bool = True, about: str | None = None,
    same: str | None = None, by_hand: bool = False, contents: bool = True, cut: Cut | None = None,
    ahead: Ahead | None = None,
) -> Added:  # fmt: skip
    """Put a document into the store.

    `version` is the importer's; a newer one cuts and reads the same text again. `sole` says that its file holds
    no other document, so that a changed text at the same place is this source's new version. `about` is the id
    of the source that the document's first reference means, where the person named it. `same` is the id of the source
    that it is whatever it looks like: its file has another name now. `by_hand`: the text is the person's version of
    what is there; a later import is merged with it, and `cut` cuts what comes of that. Without `contents` nothing that
    is in the text is stored, which is quicker where only what becomes of the source is asked. `ahead` is what was found
    in this very document before.

    A source that was gone is here again; one that a person removed stays so, and is "unchanged".
    """
    how = _How(f"{version}/{extraction.version(store)}", about, same, by_hand, contents, cut, ahead)
    with store.transaction():
        document = cleaned(document)
        added = _Ingest(store, document, how).run(sole)
        source_facts.put(store, added.source_id, document.facts)
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
    ahead: Ahead | None


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

    @property
    def told(self) -> Told:
        """The document in columns."""
        return Told(self.store, self.document, self.candidate, self.targets, self.how.version, self.now)

    def run(self, sole: bool) -> Added:
        document = self.document
        row, twin = self.candidate.existing(self.store, sole), None
        if row is not None and not self._comes_back(row):
            return Added(row.id, "unchanged")
        if row is not None and (other := other_text.met(self.store, row, self.candidate)):
            self._facts(other.rowid)
            return Added(
                row.id, other_text.put(self.store, row, other, document, self.told.fields(other), self.targets)
            )
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
        fields = self.told.gaps(row) if row is not None and self.notice else self.told.fields(row, emptied=self.emptied)
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
            contents.put(self.store, row, document, self.targets, self.now, self.how.ahead, emptied=self.emptied)
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

    def _is_emptied(self, row: StoredSource) -> bool:
        """Whether its file held a note, and now holds nothing. What else has no text may only leave it out."""
        new = self.document
        same = new.kind == row.kind == "note" and new.target == row.target
        return same and bool(row.text) and not new.text and not new.id

    def _facts(self, rowid: int) -> None:
        document = self.document
        keys = [*self.candidate.keys(), *self.candidate.title_keys()]
        if document.kind == "stub" and document.id and not keys:
            keys.append("name:" + fold(document.title))
        source_writing.add_keys(self.store, rowid, keys)
        if self.told.cited_by:
            source_writing.take_citekey(self.store, rowid, self.told.cited_by)
        source_writing.add_names(self.store, rowid, held.aliases(self.candidate.names(), self.held))
        source_writing.add_tags(self.store, rowid, sorted(self._tags))
        if self._authors_are_news(rowid):
            source_writing.set_authors(self.store, rowid, document.authors)

    def _new_facts(self, rowid: int) -> bool:
        """Whether the document knows keys, authors or tags that the store does not."""
        keys = set(self.candidate.keys()) - set(sources.keys(self.store, rowid))
        new = {key for key in keys if not sources.by_keys(self.store, [key])}  # another's stay with that one
        new |= self._tags - set(sources.tags(self.store, rowid))
        new_citekey = self.told.cited_by and not sources.by_keys(self.store, [CITEKEY + self.told.cited_by])
        return bool(new or new_citekey or self._authors_are_news(rowid))

    @property
    def _tags(self) -> set[str]:
        """The tags of the document, without those that a person took away."""
        return held.tags(self.store, self.document.tags, self.held)

    def _authors_are_news(self, rowid: int) -> bool:
        known, given = people.author_names(self.store, [rowid]).get(rowid, []), self.document.authors
        news = not people.same_people(self.store, known, (author.name for author in given))
        return bool(given) and news and not (self.notice and known) and "authors" not in self.held


_NOT_NEWS = {
    "added", "path", "updated", "original", "original_hash", "target", "external_ids", "problems", "id",
    "citekey_used", "bibliography",
}  # fmt: skip
