"""Who a document is: what identifies it, what names it, and which source of the store it turns out to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.model import identity, isbn
from kb.model.document import PIPE, Document
from kb.model.source import StoredSource
from kb.sources import same_entry
from kb.sources.names import link_key, names_of
from kb.store import edits, source_writing, sources
from kb.store.open import Store
from kb.text.strings import digest, fold

_TELLS = 400
"""So many characters of a text are not at two addresses by chance."""


@dataclass(frozen=True)
class Candidate:
    """A document with the ids that its URL and its importer give. `external` holds them all.

    `same` is the id of the source that it is known to be.
    """

    document: Document
    url: str | None
    external: Mapping[str, str]
    same: str | None = None

    @classmethod
    def of(cls, document: Document, same: str | None = None) -> Candidate:
        """The identity of a document."""
        known = identity.of_url(document.url) if document.url else identity.Identity()
        ids = dict(known.external_ids) if document.url_is_own else {}
        return cls(document, known.url or document.url, {**ids, **document.external_ids}, same)

    @property
    def own_url(self) -> str | None:
        """The address at which it is what is found."""
        return self.url if self.document.url_is_own else None

    def keys(self) -> list[str]:
        return list(dict.fromkeys((*self._sure_keys(), *self._book())))

    def _book(self) -> list[str]:
        """The number of a book in its entry; that of a chapter is the number of its book."""
        facts = self.document.bibliography
        return [f"isbn:{number}" for number in isbn.numbers(facts.get("ISBN"))] if facts.type == "book" else []

    def _is_volume(self, row: StoredSource) -> bool:
        """Whether it is that book, whose number it has: all volumes of a set may bear the same one."""
        ours, theirs = fold(self.document.title), fold(row.title)
        same = ours == theirs or ours.partition(":")[0] == theirs or theirs.partition(":")[0] == ours
        return same or self.document.summary or row.kind == "stub"

    def _sure_keys(self) -> list[str]:
        keys = list(self.known().keys) if self.own_url or self.external else []
        author = self.document.authors[0] if self.document.authors else None
        if self.document.namespace and author and self.document.published and "T" in self.document.published:
            # On one site a person writes one thing at a millisecond: pasted texts lose the ids, but keep these.
            keys.append(f"by:{self.document.namespace}:{fold(author.slug or author.name)}@{self.document.published}")
        return keys

    def names(self) -> list[tuple[str, int]]:
        """Names a link may use, with their ranks."""
        return self._names

    @cached_property
    def _names(self) -> list[tuple[str, int]]:
        return names_of(self.document)

    def identifying(self) -> tuple[str, ...]:
        if keys := self.keys():
            return (keys[0],)
        if self.document.path:
            return ("path", self.document.path, self.document.title)
        return (self.document.kind, self.document.title, digest(self.document.text))

    def existing(self, store: Store, sole: bool) -> StoredSource | None:
        """The source that this is; a stub that turns out to be the same is merged into it."""
        document = self.document
        told = document.id or self.same
        by_id = sources.stored(store, told) if told else None
        by_key = [*sources.by_keys(store, self._sure_keys()), *self.same_title(store, self.known(), document.title)]
        by_key += [row for row in sources.by_keys(store, self._book()) if self._is_volume(row)]
        found = [row for row in (by_id, *by_key, self._same_text(store)) if row is not None]
        # Of several entries two may have changed their keys: then each is what its ids and its name say.
        by_place = self._same_place(store, sole) if (sole or not found) and not document.id else None
        found += [*filter(None, [by_place]), *self._same_names(store)]
        if not found:
            return None
        full = [row for row in found if row.text]
        kept = by_id or (full[0] if full else found[0])
        for other in found:
            if other.rowid != kept.rowid and not other.text:
                source_writing.merge(store, kept, other)
                found = [kept if row.rowid == other.rowid else row for row in found]
        return sources.stored_at(store, kept.rowid)

    def _same_text(self, store: Store) -> StoredSource | None:
        document = self.document
        if not document.text:
            return None
        name = _file_name(document.target)
        changed = (sources.stored(store, one) for one in edits.imported_as(store, document.text))  # by a person
        for row in (*sources.by_column(store, "text_hash", digest(document.text)), *filter(None, changed)):
            # Two notes may hold the same few words; two files of one name that do are the same file met twice.
            if row.kind != "stub" and (document.kind != "note" or name == _file_name(row.target or "")):
                if document.path and row.path and document.path != row.path:
                    continue
                short = document.summary and len(document.text) < _TELLS
                if short and row.url and self.own_url and row.url != self.own_url:
                    continue  # two entries of a feed say "Read more."
                known = row.external_ids
                if known and self.external and not known.keys() & self.external.keys():
                    continue  # a crosspost: one text, but a discussion on each site
                if contradict(known, self.external):
                    continue  # two people may comment "Agreed."
                return row
        return None

    def is_copy_of(self, row: StoredSource) -> bool:
        """Whether it is a pasted copy, without ids, of what was fetched: then the fetched text is the fuller one."""
        fetched = any(name in identity.FORUMS for name in row.external_ids)
        return bool(row.text) and fetched and bool(self.document.namespace) and not self.external

    def is_summary_of(self, row: StoredSource) -> bool:
        """Whether it has but an abstract of what is there with a text."""
        return self.document.summary and bool(row.text) and row.importer != self.document.importer

    def is_notice_of(self, row: StoredSource) -> bool:
        """Whether it only tells of a source that another importer brought: an entry of a bibliography."""
        document = self.document
        bare = (not document.text or document.summary) and not document.id and not document.title_given
        return bare and row.kind != "stub" and row.importer != document.importer

    def _same_place(self, store: Store, sole: bool) -> StoredSource | None:
        if same_entry.is_entry(self.document, self.external):
            return same_entry.find(store, self.document, self.own_url, self.external)
        target = self.document.target
        known = sources.by_column(store, "target", target) if sole and target not in ("", PIPE) else []
        here = [row for row in known if row.state == "here"] or known
        return here[0] if len(here) == 1 and not contradict(here[0].external_ids, self.external) else None

    def _same_names(self, store: Store) -> list[StoredSource]:
        """Stubs that wikilinks name, by its path or by its title, if this is what they name.

        Those that have an alias or address of it for a name may be another note that comes yet: see `settle`.
        """
        if self.document.namespace:
            return []
        # A title alone is no name of a work; what an export calls it is.
        document = self.document
        key = document.citekey or ""
        titled = [name for name, rank in self.names() if rank == 0]
        named = titled if document.kind == "note" else [*document.aliases, key, "@" + key]
        keys = [link_key(name) for name in named if name.strip("@")]
        return [row for row in sources.by_keys(store, keys) if row.kind == "stub"]

    def known(self) -> identity.Identity:
        return identity.Identity(url=self.own_url, external_ids=dict(self.external))

    def title_keys(self) -> list[str]:
        document = self.document
        if document.kind not in {"post", "stub", "web"}:
            return []
        return identity.title_keys(self.known(), document.title, document.namespace)

    def same_title(self, store: Store, known: identity.Identity, title: str) -> list[StoredSource]:
        """Posts of one site with this title, unless their ids say that they are others."""
        namespace = self.document.namespace if known == self.known() else None
        if known == self.known() and not self.title_keys():
            return []
        rows = sources.by_keys(store, identity.title_keys(known, title, namespace))
        return [row for row in rows if not contradict(row.external_ids, known.external_ids)]


def contradict(a: Mapping[str, str], b: Mapping[str, str]) -> bool:
    """Whether ids of one kind differ, so that two sources are not the same whatever else they share."""
    return any(a[name] != b[name] for name in a.keys() & b.keys())


def _file_name(target: str) -> str:
    return target.rsplit("/", 1)[-1]
