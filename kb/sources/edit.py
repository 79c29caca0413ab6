"""What a person says of a source, over what importers find: it holds for later imports too (`kb.sources.held`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.errors import notify
from kb.model import identity
from kb.model.document import Author
from kb.model.field_change import FieldChange
from kb.model.source import SourceFields, StoredSource
from kb.model.words import SourceKind
from kb.sources import citekeys, derived, held
from kb.store import edits, free_citekeys, meta, people, source_writing, sources
from kb.store.open import Store, now
from kb.text.strings import fold


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """The facts of a source that a person changes; None leaves one as it is, "" takes a date or an address away."""

    title: str | None = None
    kind: SourceKind | None = None
    published: str | None = None
    url: str | None = None
    citekey: str | None = None
    authors: tuple[Author, ...] | None = None
    tagged: tuple[str, ...] = ()
    untagged: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # names to add
    unaliased: tuple[str, ...] = ()  # names to take away


def differences(store: Store, source_id: str, change: SourceEdit) -> list[FieldChange]:
    """What the edit would change, field by field."""
    row = sources.stored(store, source_id)
    assert row is not None
    there = sources.authors(store, row.rowid)
    known = tuple(author.name for author in there)
    given = there if change.authors is None else _as_written(store, change.authors, there)
    authors = tuple(author.name for author in given)
    tags, aliases = sources.tags(store, row.rowid), sources.aliases(store, row.rowid)
    own = set(sources.names(store, row.rowid)) - set(aliases)  # its title and the like name it already
    title = change.title or row.title
    published = row.published if change.published is None else change.published or None
    citekey = row.citekey
    if change.citekey and change.citekey != citekey:
        citekey = free_citekeys.find(store, change.citekey, own=row.rowid)
    elif (title, authors, published) != (row.title, known, row.published):
        citekey = citekeys.would_be(store, row, authors[0] if authors else None, published, title)
    found = [
        FieldChange("title", row.title, title),
        FieldChange("authors", known, authors),
        FieldChange("date", row.published, published),
        FieldChange("kind", row.kind, change.kind or row.kind),
        FieldChange("url", row.url, row.url if change.url is None else change.url or None),
        FieldChange("citekey", row.citekey, citekey),
        FieldChange("tags", tuple(tags), _after(tags, change.untagged, change.tagged)),
        FieldChange(
            "aliases",
            tuple(aliases),
            _after(aliases, map(fold, change.unaliased), set(map(fold, change.aliases)) - own),
        ),
    ]
    return [one for one in found if one.old != one.new]


def _after(there: Iterable[str], gone: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(there) - set(gone) | {name for name in new if name}))


def _as_written(store: Store, given: Sequence[Author], there: Sequence[Author]) -> list[Author]:
    """The authors that are given; who is given as they are shown keeps the name that the text has."""
    known = people.known_as(store)
    shown: dict[str, list[Author]] = {}
    for author in there:
        shown.setdefault(known(author.name), []).append(author)
    return list(dict.fromkeys(kept for author in given for kept in shown.get(author.name, [author])))


def edit(store: Store, source_id: str, change: SourceEdit) -> list[FieldChange]:
    """Put the person's words in place of the importer's, inside a transaction. Returns what that changes."""
    row = sources.stored(store, source_id)
    assert row is not None
    changes = differences(store, source_id, change)
    if changes:
        _Editing(store, row, now()).run(change, changes)
        meta.bump_generation(store)
    return changes


class _Editing:
    """One source in the hands of a person; `row` is how it was."""

    def __init__(self, store: Store, row: StoredSource, at: str) -> None:
        self.store = store
        self.row = row
        self.at = at
        self.held = edits.held(store, row.id)

    def run(self, change: SourceEdit, changes: Sequence[FieldChange]) -> None:
        store, row = self.store, self.row
        new = {one.field: one.new for one in changes}
        fields: SourceFields = {"updated": self.at}
        if "title" in new and change.title:
            before = None if row.title_given and edits.TITLE not in self.held else row.title
            fields |= {"title": change.title, "title_given": not self._hold(edits.TITLE, change.title, before)}
        if "kind" in new and change.kind:
            fields["kind"] = change.kind
            self._hold("kind", change.kind, row.kind)
        if "date" in new:
            fields["published"] = change.published or None
            self._hold("published", change.published or "", row.published or "")
        if "url" in new:
            fields["url"] = change.url or None
            self._address(change.url or "")
        if change.citekey and isinstance(citekey := new.get("citekey"), str):
            fields["citekey"] = citekey
            fields["citekey_used"] = True
            citekeys.remember(store, row.rowid, row.citekey)
            self._hold("citekey", citekey, row.citekey)
        source_writing.update(store, row.rowid, fields)
        if change.authors is not None and "authors" in new:
            self._authors(change.authors)
        if "tags" in new:
            self._tags(change)
        if "aliases" in new:
            self._aliases(change)
        citekeys.follow(store, row.rowid)
        moved = {"citekey"} if sources.stored_at(store, row.rowid).citekey != row.citekey else set()
        derived.follow(store, row, {*new, *moved}, self.at)

    def _hold(self, field: str, value: str, before: str | None) -> bool:
        """Note what the person says; whether that is what is imported anyway."""
        edits.put(self.store, self.row.id, field, value, self.at, before)
        return edits.settle(self.store, self.row.id, field)

    def _address(self, url: str) -> None:
        """A source is known by the address that a person gives it, no longer by one that they gave it before."""
        old = self.held.get("url")
        if old is not None and old.value:
            imported = identity.of_url(old.imported).keys if old.imported else ()
            source_writing.remove_keys(self.store, self.row.rowid, set(identity.of_url(old.value).keys) - set(imported))
        keys = identity.of_url(url).keys if url else ()
        for other in sources.by_keys(self.store, keys):
            if other.id != self.row.id:
                notify(f"{url} is the address of {other.id} too: {other.title}")
        source_writing.add_keys(self.store, self.row.rowid, keys)
        self._hold("url", url, self.row.url or "")

    def _authors(self, given: Sequence[Author]) -> None:
        """The authors, each with the account that they are known by here."""
        known = sources.authors(self.store, self.row.rowid)
        imported = self.held.get(edits.AUTHORS)
        was = held.authors_of(imported.imported) if imported and imported.imported else known
        slugs = {fold(author.name): author.slug for author in (*was, *known)}
        written = _as_written(self.store, given, known)
        authors = [Author(author.name, author.slug or slugs.get(fold(author.name))) for author in written]
        source_writing.set_authors(self.store, self.row.rowid, authors)
        self._hold(edits.AUTHORS, held.as_text(authors), held.as_text(known))

    def _tags(self, change: SourceEdit) -> None:
        """Tags come and go; one that a person took away does not come back with the next import."""
        before = sources.tags(self.store, self.row.rowid)
        source_writing.remove_tags(self.store, self.row.rowid, change.untagged)
        source_writing.add_tags(self.store, self.row.rowid, change.tagged)
        self._hold_list(edits.UNTAGGED, before, sources.tags(self.store, self.row.rowid))

    def _aliases(self, change: SourceEdit) -> None:
        """The same with the other names that wikilinks may use."""
        before = sources.aliases(self.store, self.row.rowid)
        source_writing.remove_aliases(self.store, self.row.rowid, map(fold, change.unaliased))
        source_writing.add_names(self.store, self.row.rowid, [(name, 1) for name in change.aliases])
        self._hold_list(edits.UNALIASED, before, sources.aliases(self.store, self.row.rowid))

    def _hold_list(self, field: str, before: Sequence[str], after: Sequence[str]) -> None:
        """Note what the person took away, and what there was before they changed anything."""
        old = self.held.get(field)
        refused = held.names_of(old.value if old else "") - set(after) | set(before) - set(after)
        edits.put(self.store, self.row.id, field, held.listed(refused), self.at, held.listed(before))
        imported = old.imported if old else held.listed(before)
        if imported is not None and held.names_of(imported) == set(after):
            edits.drop(self.store, self.row.id, field)
