"""Where a document points: its references and its parent as sources, made as stubs where nobody knows them yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kb.model import identity, ids
from kb.model.document import Document, Reference
from kb.model.identity import CITEKEY
from kb.model.media import is_picture
from kb.model.source import UNSURE, SourceFields, StoredSource
from kb.sources import spellings
from kb.sources.match import Candidate, contradict
from kb.sources.names import link_key, vault_of, without_ending
from kb.sources.wanted import CITATION, Place, Wanted, nearest, wanted
from kb.store import references, source_writing, sources
from kb.store.open import Store
from kb.text.strings import squash


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
        address = reference.kind == "url" or "://" in reference.target
        place = Place(row.path, row.target)
        if reference.source:
            key = _of_url(reference.target).keys[0] if address else _asked(reference, place).key
            title = reference.alias or reference.target
            return key, self._of_vault(reference.source, title, [key] if address else [])
        if address:
            known = _of_url(reference.target)
            keys = known.keys
            there = sources.by_keys(self.store, keys)
            entry = reference.kind != "embed" and _is_entry(self.candidate.document, reference, number)
            if there:
                return keys[0], there[0].id
            if (known.external_ids or entry) and not _is_picture(reference):
                title = reference.alias or identity.title_in(known)
                if same := self.candidate.same_title(self.store, known, title):
                    return keys[0], self._learn(same[0], known)
                return keys[0], self._stub(title, [*keys, *identity.title_keys(known, title)], known.url)
            return keys[0], None
        if not reference.target:
            return "name:", row.id  # a heading of the note itself
        if reference.target.startswith("/") and not row.path and row.kind != "note":
            return "path:" + reference.target, None  # inside the site that the text was copied from
        asked = _asked(reference, place)
        if found := find(self.store, asked, place):
            source_writing.use_citekey_as(self.store, found, reference.target.removeprefix("@"))
            return asked.key, found
        if other := spellings.find(self.store, reference.kind, reference.raw, reference.target, reference.alias, place):
            return other[0], other[1].id
        if not asked.stub:
            return asked.key, None
        return asked.key, self._stub(reference.target, [asked.key], None, name=asked.name)

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
        known = _of_url(url) if url else identity.Identity()
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
        source_id = sources.id_at(self.store, rowid)
        references.resolve(self.store, source_id, keys)
        return source_id


@lru_cache(maxsize=1000)  # asked again for what becomes a stub, and for what many notes link to
def _of_url(url: str) -> identity.Identity:
    """Who an address in a text means; what only looks like one (`http://a:99999/`) means itself."""
    try:
        return identity.of_url(url)
    except ValueError:
        return identity.Identity(url=url.strip())


def _is_picture(reference: Reference) -> bool:
    """Whether it shows or names a picture: that is no source, wherever it lies."""
    shown = reference.kind == "embed" and reference.raw.startswith(("![", "http"))
    return shown or is_picture(reference.target)


def _asked(reference: Reference, place: Place) -> Wanted:
    return wanted(reference.kind, reference.raw, reference.target, place, sure=reference.sure)


def find(store: Store, asked: Wanted, place: Place) -> str | None:
    """The id of the source that a reference in `place` means, None where none is there."""
    sure = not asked.key.startswith(UNSURE)
    key = asked.key.removeprefix(UNSURE)
    if key.startswith(CITATION):
        return _cited(store, key.removeprefix(CITATION), sure=sure)
    name = key.removeprefix("name:")
    if found := nearest(sources.by_name(store, name), place, asked):
        return found.id
    if name.startswith("@") and (work := _cited(store, name[1:], sure=True)):
        return work
    if there := sources.by_keys(store, [key]):
        return there[0].id
    return _cited(store, name, sure=False) if asked.stub else None


def _cited(store: Store, citekey: str, *, sure: bool) -> str | None:
    """The work of a citekey: of one that a reference manager gave first. Less than `sure` is a word without a year."""
    if given := sources.by_keys(store, [CITEKEY + citekey]):
        return given[0].id
    if not sure and not any(sign.isdigit() for sign in citekey):
        return None
    made = sources.by_column(store, "citekey", citekey, 1)
    return made[0].id if made and made[0].kind != "stub" else None


def lead(store: Store, link: references.OpenReference) -> bool:
    """Point a reference to the nearest source that bears its name now; whether that is another than before."""
    place = Place(link.path, link.file)
    asked = wanted(link.kind, link.raw, link.name, place)
    best, key = nearest(sources.by_name(store, asked.name), place, asked), None
    if best is None and (other := spellings.find(store, link.kind, link.raw, link.name, link.alias, place)):
        key, best = other
    if best is None or best.id == link.target:
        return False
    references.retarget(store, link.rowid, best.id, key)
    return True


def settle(store: Store, source_ids: Sequence[str]) -> list[references.Resolved]:
    """Lead the references of these sources to what they mean now that all sources are in.

    A name that several notes bear means the nearest; a path to a file that is not there, who has its last part for an
    alias or address. Returns those that lead elsewhere now.
    """
    moved: list[references.Resolved] = []
    for stub_id, name in sources.stubs_named(store, source_ids):
        stub, nowhere = sources.stored(store, stub_id), Place(None, None)
        named = [one for one in sources.by_name(store, name) if one.kind != "stub"]
        best = nearest(named, nowhere, Wanted(link_key(name)))
        kept = sources.stored(store, best.id) if best else None
        if (
            stub is not None
            and kept is not None
            and not stub.url
            and not contradict(stub.external_ids, kept.external_ids)
        ):
            moved += references.places_into(store, stub.id)
            source_writing.merge(store, kept, stub)
    moved += [
        references.Resolved(link.source, link.ordinal, link.start)
        for link in references.with_choice(store, source_ids)
        if lead(store, link)
    ]
    left: set[str] = set()
    for link, key, found in list(spellings.settle(store)):
        left |= {link.target} if link.target else set()
        references.retarget(store, link.rowid, found, key)
        moved.append(references.Resolved(link.source, link.ordinal, link.start))
    source_writing.delete_unused_stubs(store, left)
    for link in references.without_file(store, source_ids):
        place, last = Place(link.path, link.file), without_ending(link.name.rstrip("/")).rpartition("/")[2]
        named = [one for one in sources.by_name(store, last) if one.rank and one.kind != "stub"]
        vault = vault_of(link.path, link.file)
        named = [one for one in named if vault is not None and vault_of(one.path, one.target) == vault]
        if best := nearest(named, place, Wanted(link_key(last))):
            references.retarget(store, link.rowid, best.id)
            moved.append(references.Resolved(link.source, link.ordinal, link.start))
    return moved


def _is_entry(document: Document, reference: Reference, number: int) -> bool:
    """Whether somebody comments on the reference, or it is all that its block says: an entry of a reading list."""
    return any(block.about == number for block in document.blocks) or any(
        b.start <= reference.start
        and reference.end <= b.end
        and b.end - b.start - (reference.end - reference.start) <= 3
        for b in document.blocks
        if b.kind in {"paragraph", "item"}
    )
