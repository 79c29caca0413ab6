"""Document → store: who it is, what it replaces, its passages, references, statements and links.

One transaction a document: a failed one leaves nothing behind. Adding the same thing again is "unchanged".
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb import db, identity, ids, passages, resolve
from kb.document import Document, Reference
from kb.extract import VERSION as EXTRACT_VERSION
from kb.extract import extract
from kb.extract.model import Extraction, View
from kb.store import decisions, links, references, sources, statements
from kb.store import passages as passage_store
from kb.text import digest, fold, squash

if TYPE_CHECKING:
    from sqlmodel import Session


OWN_CLAIM = "claim"
"""Importer of a statement that a person wrote: it says what it is, nothing is inferred from it."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document."""

    source_id: str
    status: str  # added | updated | unchanged


def add(
    store: db.Store, document: Document, version: str = "", *, sole: bool = True, about: str | None = None
) -> Added:
    """Put a document into the store.

    `version` is the importer's; a newer one cuts and reads the same text again. `sole` says that its file holds
    no other document, so that a changed text at the same place is this source's new version. `about` is the id
    of the source that the document's first reference means, where the person named it.
    """
    with store.transaction() as session:
        connection = db.raw(session)
        return _Ingest(session, connection, document, f"{version}/{EXTRACT_VERSION}", about).run(sole)


class _Ingest:
    def __init__(
        self, session: Session, connection: sqlite3.Connection, document: Document, version: str, about: str | None
    ) -> None:
        self.about = about
        self.session = session
        self.connection = connection
        self.document = document
        self.version = version
        self.identity = identity.of_url(document.url) if document.url else identity.Identity()
        self.external = {**self.identity.external_ids, **document.external_ids}
        self.now = db.now()

    def run(self, sole: bool) -> Added:
        document = self.document
        row, twin = self._existing(sole), None
        if row is not None and document.id and row["id"] != document.id:
            if row["text"]:
                sources.add_keys(self.connection, row["rowid"], ["id:" + document.id])
            else:
                row, twin = None, row  # a stub: the id under which the vault knows the source is the better one
        fields = self._fields(row)
        if row is None:
            rowid = sources.insert(self.session, self.connection, fields, *self._identifying())
            new = sources.row(self.connection, document.id) if twin is not None and document.id else None
            if new is not None and twin is not None:
                sources.merge(self.connection, new, twin)
        else:
            rowid = row["rowid"]
            changed = {name: value for name, value in fields.items() if row[name] != value and name not in _NOT_NEWS}
            unnamed = row["citekey"] == row["id"] and document.citekey  # a stub of an exported vault, see _of_vault
            if not changed and not unnamed and not self._new_facts(rowid):
                self._move(row, fields)
                return Added(row["id"], "unchanged")
            sources.update(self.session, rowid, {**fields, "updated": self.now})
        self._facts(rowid)
        row = self.connection.execute("SELECT * FROM source WHERE rowid = ?", (rowid,)).fetchone()
        if document.text or row["text"]:
            self._contents(row)
        references.resolve(self.connection, row["id"], [*self._keys(), *("name:" + fold(n) for n, _ in self._names())])
        return Added(row["id"], "added" if "added" in fields else "updated")

    def _move(self, row: sqlite3.Row, fields: dict[str, Any]) -> None:
        """Where an unchanged text is now: another folder is no news."""
        moved = {n: fields[n] for n in ("target", "path") if fields.get(n) and row[n] != fields[n]}
        if moved and not self.document.id:
            sources.update(self.session, row["rowid"], moved)
            sources.add_names(self.connection, row["rowid"], self._names())

    # Who it is

    def _keys(self) -> list[str]:
        keys = list(self._known().keys) if self.document.url or self.external else []
        author = self.document.authors[0] if self.document.authors else None
        if self.document.namespace and author and self.document.published and "T" in self.document.published:
            # On one site a person writes one thing at a millisecond: pasted texts lose the ids, but keep these.
            keys.append(f"by:{self.document.namespace}:{fold(author.slug or author.name)}@{self.document.published}")
        return keys

    def _names(self) -> list[tuple[str, int]]:
        """Names a wikilink may use: paths and titles first, aliases after them."""
        document = self.document
        if not document.path and (document.namespace or document.kind not in {"note", "stub"}):
            titles = [(document.title, 0)] if document.namespace is None else []
            return [*titles, *((alias, 1) for alias in document.aliases)]
        parts = document.path.split("/") if document.path else []
        paths = [("/".join(parts[i:]), 0) for i in range(len(parts))]
        return [*paths, (document.title, 0), *((alias, 1) for alias in document.aliases)]

    def _identifying(self) -> tuple[str, ...]:
        if keys := self._keys():
            return (keys[0],)
        if self.document.path:
            return ("path", self.document.path, self.document.title)
        return (self.document.kind, self.document.title, digest(self.document.text))

    def _existing(self, sole: bool) -> sqlite3.Row | None:
        """The source that this is; a stub that turns out to be the same is merged into it."""
        document = self.document
        by_id = sources.row(self.connection, document.id) if document.id else None
        by_key = [*sources.by_keys(self.connection, self._keys()), *self._same_title(self._known(), document.title)]
        by_text = self._same_text()
        by_place = self._same_place() if sole and not document.id else None
        found = [row for row in (by_id, *by_key, by_text, by_place, *self._same_names()) if row is not None]
        if not found:
            return None
        full = [row for row in found if row["text"]]
        kept = by_id or (full[0] if full else found[0])
        for other in found:
            if other["rowid"] != kept["rowid"] and not other["text"]:
                sources.merge(self.connection, kept, other)
                found = [kept if row["rowid"] == other["rowid"] else row for row in found]
        row: sqlite3.Row = self.connection.execute("SELECT * FROM source WHERE rowid = ?", (kept["rowid"],)).fetchone()
        return row

    def _same_text(self) -> sqlite3.Row | None:
        document = self.document
        if not document.text:
            return None
        name = _file_name(document.target)
        for row in sources.by_column(self.connection, "text_hash", digest(document.text)):
            # Two notes may hold the same few words; two files of one name that do are the same file met twice.
            if row["kind"] != "stub" and (document.kind != "note" or name == _file_name(row["target"] or "")):
                if document.path and row["path"] and document.path != row["path"]:
                    continue
                return row
        return None

    def _same_place(self) -> sqlite3.Row | None:
        here = sources.by_column(self.connection, "target", self.document.target) if self.document.target else []
        return here[0] if len(here) == 1 else None

    def _same_names(self) -> list[sqlite3.Row]:
        """Stubs that wikilinks name, by its path or by its title, if this is what they name."""
        if self.document.kind != "note" or self.document.namespace:
            return []
        keys = ["name:" + fold(name) for name, _ in self._names()]
        return [row for row in sources.by_keys(self.connection, keys) if row["kind"] == "stub"]

    def _known(self) -> identity.Identity:
        return identity.Identity(url=self.identity.url or self.document.url, external_ids=dict(self.external))

    def _title_keys(self) -> list[str]:
        document = self.document
        if document.kind not in {"post", "stub", "web"}:
            return []
        return identity.title_keys(self._known(), document.title, document.namespace)

    def _same_title(self, known: identity.Identity, title: str) -> list[sqlite3.Row]:
        """Posts of one site with this title, unless their ids say that they are others."""
        namespace = self.document.namespace if known == self._known() else None
        if known == self._known() and not self._title_keys():
            return []
        rows = sources.by_keys(self.connection, identity.title_keys(known, title, namespace))
        return [row for row in rows if not _contradict(_json(row["external_ids"]), known.external_ids)]

    # What is stored

    def _fields(self, row: sqlite3.Row | None) -> dict[str, Any]:
        document = self.document
        author = document.authors[0].name if document.authors else None
        fields: dict[str, Any] = {}
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
        if row is None or (
            document.kind != "stub" and (row["kind"] == "stub" or not row["text"] or document.kind != "note")
        ):
            fields["kind"] = document.kind
        given = {
            "title": document.title,
            "url": self.identity.url or document.url,
            "published": document.published,
            "parent": self._parent(),
            "path": document.path,
        }
        fields |= {name: value for name, value in given.items() if value}
        if document.title_given or row is None:
            fields["title_given"] = document.title_given
        elif row["title_given"]:
            fields.pop("title", None)
        fields["external_ids"] = {**(_json(row["external_ids"]) if row else {}), **self.external}
        if document.text:
            fields |= {
                "text": document.text,
                "text_hash": digest(document.text),
                "original": zlib.compress(document.original, 6) if document.original else None,
                "original_hash": hashlib.sha256(document.original).hexdigest() if document.original else None,
                "problems": list(document.problems),
            }
        if document.target and (row is None or not document.id or not row["target"]):
            fields["target"] = document.target
        placeholder = row is not None and row["citekey"] == row["id"]
        if row is not None and (placeholder or (row["kind"] == "stub" and document.kind != "stub")):
            fields["added"] = document.added or self.now
        if placeholder and document.citekey:
            fields["citekey"] = sources.free_citekey(self.connection, document.citekey)
        return fields

    def _parent(self) -> str | None:
        pointer = self.document.parent
        if pointer is None:
            return None
        if pointer.id:
            return self._of_vault(pointer.id, pointer.title)
        keys = [f"title:{pointer.namespace}:{fold(pointer.title)}"]
        if pointer.url:
            keys = [*identity.of_url(pointer.url).keys, *keys]
        if there := sources.by_keys(self.connection, keys):
            return str(there[0]["id"])
        return self._stub(pointer.title, keys, pointer.url)

    def _facts(self, rowid: int) -> None:
        document = self.document
        keys = [*self._keys(), *self._title_keys()]
        if document.kind == "stub" and document.id and not keys:
            keys.append("name:" + fold(document.title))
        sources.add_keys(self.connection, rowid, keys)
        sources.add_names(self.connection, rowid, self._names())
        sources.set_tags(self.connection, rowid, document.tags)
        if document.authors:
            sources.set_authors(self.connection, rowid, document.authors)

    def _new_facts(self, rowid: int) -> bool:
        """Whether the document knows keys, authors or tags that the store does not."""
        document = self.document
        new_key = set(self._keys()) - set(sources.keys(self.connection, rowid))
        new_tag = set(document.tags) - set(sources.tags(self.connection, rowid))
        names = [fold(a.name) for a in sources.authors(self.connection, rowid)]
        new_author = bool(document.authors) and [fold(a.name) for a in document.authors] != names
        return bool(new_key or new_tag or new_author)

    # What is in it

    def _contents(self, row: sqlite3.Row) -> None:
        from kb.embedding.content import embedded_text
        from kb.store import meta

        document = self.document
        text = row["text"]
        if document.text:
            cut = passages.cut(text, document.blocks)
            passage_store.replace(
                self.session, self.connection, row["rowid"], row["id"], row["title"], text, cut,
                lambda title, heading, quote: digest(embedded_text(title, heading, quote)),
            )  # fmt: skip
            targets = [(r, *self._target(row, r, number)) for number, r in enumerate(document.references)]
            known = {key: target for _, key, target in targets if target}  # a later one may have made the stub
            targets = [(r, key, target or known.get(key)) for r, key, target in targets]
            before = {r["target"] for r in references.of_source(self.connection, row["rowid"]) if r["target"]}
            references.replace(self.session, self.connection, row["rowid"], targets)
            sources.delete_unused_stubs(self.connection, before - {t for _, _, t in targets})
        infer(self.session, self.connection, row["id"], self.now)
        meta.bump_generation(self.connection)

    def _target(self, row: sqlite3.Row, reference: Reference, number: int) -> tuple[str, str | None]:
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
            there = sources.by_keys(self.connection, keys)
            entry = any(block.about == number for block in self.document.blocks) or _is_entry(self.document, reference)
            if there:
                return keys[0], str(there[0]["id"])
            if known.external_ids or entry:
                title = reference.alias or identity.title_in(known)
                if same := self._same_title(known, title):
                    return keys[0], self._learn(same[0], known)
                return keys[0], self._stub(title, [*keys, *identity.title_keys(known, title)], known.url)
            return keys[0], None
        if reference.target.startswith("/"):
            return "path:" + reference.target, None  # inside the site that the text was copied from
        if not reference.target:
            return "name:", row["id"]  # a heading of the note itself
        key = "name:" + fold(reference.target)
        if there := sources.by_name(self.connection, reference.target):
            return key, resolve.nearest(there, row["path"])["id"]
        if reference.kind == "embed":
            return key, None  # a picture or another attachment
        if there := sources.by_keys(self.connection, [key]):
            return key, str(there[0]["id"])
        return key, self._stub(reference.target, [key], None, name=reference.target)

    def _of_vault(self, source_id: str, title: str, keys: Sequence[str] = ()) -> str:
        """The source that an exported vault knows by this id; a stub with that id until its own note comes."""
        if there := sources.row(self.connection, source_id):
            return str(there["id"])
        if known := sources.by_keys(self.connection, ["id:" + source_id, *keys]):
            return str(known[0]["id"])
        # Its citekey is its id, which no other source can have taken when the note with the right one comes.
        fields = {"id": source_id, "kind": "stub", "title": squash(title), "citekey": source_id}
        sources.insert(self.session, self.connection, {**fields, "added": self.now, "updated": self.now})
        return source_id

    def _learn(self, row: sqlite3.Row, known: identity.Identity) -> str:
        """Note the address of a source that was known by its title."""
        ids_ = {**_json(row["external_ids"]), **known.external_ids}
        sources.update(self.session, row["rowid"], {"external_ids": ids_, "url": row["url"] or known.url})
        sources.add_keys(self.connection, row["rowid"], known.keys)
        return str(row["id"])

    def _stub(self, title: str, keys: Sequence[str], url: str | None, *, name: str | None = None) -> str:
        known = identity.of_url(url) if url else identity.Identity()
        fields = {
            "kind": "stub",
            "title": squash(title),
            "url": known.url,
            "external_ids": dict(known.external_ids),
            "added": self.now,
            "updated": self.now,
            "citekey": ids.citekey(None, None, title),
        }
        rowid = sources.insert(self.session, self.connection, fields, keys[0])
        sources.add_keys(self.connection, rowid, keys)
        if name:
            sources.add_names(self.connection, rowid, [(name, 0)])
        row = self.connection.execute("SELECT id FROM source WHERE rowid = ?", (rowid,)).fetchone()
        references.resolve(self.connection, row["id"], keys)
        return str(row["id"])


def infer(session: Session, connection: sqlite3.Connection, source_id: str, now: str) -> None:
    """Extract statements and links of a source again; what a person wrote or judged stays."""
    row = sources.row(connection, source_id)
    assert row is not None
    rowid, text = row["rowid"], row["text"]
    refs = references.of_source(connection, rowid)
    view = View(
        source_id=source_id,
        kind=row["kind"],
        title=row["title"],
        authors=tuple(a.name for a in sources.authors(connection, rowid)),
        text=text,
        passages=passage_store.of_source(connection, rowid),
        reference_ids=[r["target"] for r in refs],
        reference_names=[r["alias"] or r["name"] for r in refs],
        parent_id=row["parent"],
    )
    found = Extraction() if row["importer"] == OWN_CLAIM else extract(view)
    links.clear(connection, rowid)
    statements.clear(connection, rowid, text)
    links.clear_evidence(connection, rowid, text)
    places: dict[int, int] = {}
    for passage in view.passages:
        places.setdefault(passage.block, passage.ordinal)
    new: dict[str, statements.NewStatement] = {}
    names: list[str] = []
    for draft in found.statements:
        quote = text[draft.start : draft.end]
        name = ids.make(ids.STATEMENT, source_id, fold(squash(quote)))
        names.append(name)
        mentions = tuple(
            statements.NewMention(rowid, text[a:b], a, b, draft.speaker, places.get(draft.block))
            for a, b in ((draft.start, draft.end), *draft.also)
        )
        if name in new:
            mentions = (*new[name].mentions, *mentions)
        new[name] = statements.NewStatement(
            name, draft.kind, squash(quote), draft.basis, draft.rule, "suggested", draft.confidence, now,
            digest(squash(quote)), mentions,
        )  # fmt: skip
    statements.insert(session, connection, list(new.values()))
    links.insert(
        session,
        connection,
        [
            links.NewLink(
                names[link.source],
                link.target if isinstance(link.target, str) else names[link.target],
                link.relation,
                link.basis,
                link.rule,
                "suggested",
                link.score,
                now,
                rowid,
                rowid if link.evidence else None,
                text[slice(*link.evidence)] if link.evidence else None,
                *(link.evidence or (None, None)),
            )
            for link in found.links
        ],
    )
    links.clear_dangling(connection)
    decisions.apply(connection)


def settle(store: db.Store, source_ids: Sequence[str]) -> None:
    """After a folder: wikilinks whose name several notes bear go to the nearest, now that all of them are in."""
    with store.transaction() as session:
        connection = db.raw(session)
        rowids = [row["rowid"] for row in (sources.row(connection, i) for i in source_ids) if row]
        for reference in references.wikilinks_with_choice(connection, rowids):
            best = resolve.nearest(sources.by_name(connection, reference["name"]), reference["path"])
            if best["id"] != reference["target"]:
                references.retarget(connection, reference["rowid"], best["id"])


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


def _contradict(a: dict[str, str], b: Mapping[str, str]) -> bool:
    return any(a[name] != b[name] for name in a.keys() & b.keys())


def _file_name(target: str) -> str:
    return target.rsplit("/", 1)[-1]


def _json(text: Any) -> dict[str, str]:
    import json

    return dict(json.loads(text)) if isinstance(text, str) else dict(text or {})


def _is_entry(document: Document, reference: Reference) -> bool:
    """Whether the reference is all that its block says: an entry of a reading list."""
    return any(
        b.start <= reference.start
        and reference.end <= b.end
        and b.end - b.start - (reference.end - reference.start) <= 3
        for b in document.blocks
        if b.kind in {"paragraph", "item"}
    )
