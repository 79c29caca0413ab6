"""Document → store: who it is, what it replaces, its passages, references, statements and links.

One transaction a document: a failed one leaves nothing behind. Adding the same thing again is "unchanged".
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.extract import VERSION as EXTRACT_VERSION
from kb.model import ids, passages
from kb.model.document import Document
from kb.sources import resolve
from kb.sources.extraction import infer, infer_replies
from kb.sources.match import Who
from kb.sources.references import Pointing
from kb.store import open, references, sources
from kb.store import passages as passage_store
from kb.text.strings import digest, fold

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document."""

    source_id: str
    status: str  # added | updated | unchanged


def add(
    store: open.Store, document: Document, version: str = "", *, sole: bool = True, about: str | None = None
) -> Added:
    """Put a document into the store.

    `version` is the importer's; a newer one cuts and reads the same text again. `sole` says that its file holds
    no other document, so that a changed text at the same place is this source's new version. `about` is the id
    of the source that the document's first reference means, where the person named it.
    """
    with store.transaction() as session:
        connection = open.raw(session)
        return _Ingest(session, connection, document, f"{version}/{EXTRACT_VERSION}", about).run(sole)


class _Ingest:
    def __init__(
        self, session: Session, connection: sqlite3.Connection, document: Document, version: str, about: str | None
    ) -> None:
        self.session = session
        self.connection = connection
        self.document = document
        self.version = version
        self.now = open.now()
        self.who = Who.of(document)
        self.notice = False  # the document only tells of a source that is there
        self.pointing = Pointing(session, connection, self.who, about, self.now)

    def run(self, sole: bool) -> Added:
        document = self.document
        row, twin = self.who.existing(self.connection, sole), None
        if row is not None and document.id and row["id"] != document.id:
            if row["text"]:
                sources.add_keys(self.connection, row["rowid"], ["id:" + document.id])
            else:
                row, twin = None, row  # a stub: the id under which the vault knows the source is the better one
        if row is not None and self.who.is_copy_of(row):
            return Added(row["id"], "unchanged")
        self.notice = row is not None and self._is_notice(row)
        fields = self._gaps(row) if row is not None and self.notice else self._fields(row)
        if row is None:
            rowid = sources.insert(self.session, self.connection, fields, *self.who.identifying())
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
        references.resolve(
            self.connection, row["id"], [*self.who.keys(), *("name:" + fold(n) for n, _ in self.who.names())]
        )
        return Added(row["id"], "added" if "added" in fields else "updated")

    def _move(self, row: sqlite3.Row, fields: dict[str, Any]) -> None:
        """Where an unchanged text is now, and what else is no news about it."""
        moved = {n: fields[n] for n in ("target", "path") if fields.get(n) and row[n] != fields[n]}
        if fields.get("original_hash") and fields["original_hash"] != row["original_hash"]:
            moved |= {n: fields[n] for n in ("original", "original_hash")}  # votes, counts of comments
        if moved and not self.document.id:
            sources.update(self.session, row["rowid"], moved)
            sources.add_names(self.connection, row["rowid"], self.who.names())

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
            "url": self.who.url,
            "published": document.published,
            "parent": self.pointing.parent(),
            "path": document.path,
        }
        fields |= {name: value for name, value in given.items() if value}
        if document.title_given or row is None:
            fields["title_given"] = document.title_given
        elif row["title_given"]:
            fields.pop("title", None)
        fields["external_ids"] = {**(sources.ids_in(row["external_ids"]) if row else {}), **self.who.external}
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
        if document.citekey and row is not None and (placeholder or row["kind"] == "stub"):
            fields["citekey"] = sources.free_citekey(self.connection, document.citekey)
        return fields

    def _is_notice(self, row: sqlite3.Row) -> bool:
        """Whether the document only tells of a source that another importer brought: an entry of a bibliography."""
        document = self.document
        bare = not document.text and not document.id and not document.title_given
        return bare and row["kind"] != "stub" and row["importer"] != document.importer

    def _gaps(self, row: sqlite3.Row) -> dict[str, Any]:
        """What a notice knows and the store does not, or not as exactly."""
        date = self.document.published
        given = {"url": self.who.url, "published": date, "parent": self.pointing.parent()}
        fields: dict[str, Any] = {name: value for name, value in given.items() if value and not row[name]}
        if date and row["published"] and date.startswith(row["published"]):
            fields["published"] = date
        return fields | {"external_ids": {**sources.ids_in(row["external_ids"]), **self.who.external}}

    def _facts(self, rowid: int) -> None:
        document = self.document
        keys = [*self.who.keys(), *self.who.title_keys()]
        if document.kind == "stub" and document.id and not keys:
            keys.append("name:" + fold(document.title))
        sources.add_keys(self.connection, rowid, keys)
        sources.add_names(self.connection, rowid, self.who.names())
        sources.set_tags(self.connection, rowid, document.tags)
        if self._authors_are_news(rowid):
            sources.set_authors(self.connection, rowid, document.authors)

    def _new_facts(self, rowid: int) -> bool:
        """Whether the document knows keys, authors or tags that the store does not."""
        document = self.document
        new_key = set(self.who.keys()) - set(sources.keys(self.connection, rowid))
        new_tag = set(document.tags) - set(sources.tags(self.connection, rowid))
        return bool(new_key or new_tag or self._authors_are_news(rowid))

    def _authors_are_news(self, rowid: int) -> bool:
        known = [fold(a.name) for a in sources.authors(self.connection, rowid)]
        given = [fold(a.name) for a in self.document.authors]
        return bool(given) and given != known and not (self.notice and known)

    # What is in it

    def _contents(self, row: sqlite3.Row) -> None:
        from kb.model.embedded_text import embedded_text
        from kb.store import meta

        document = self.document
        text = row["text"]
        if document.text:
            cut = passages.cut(text, document.blocks)
            passage_store.replace(
                self.session, self.connection, row["rowid"], row["id"], row["title"], text, cut,
                lambda title, heading, quote: digest(embedded_text(title, heading, quote)),
            )  # fmt: skip
            targets = [(r, *self.pointing.target(row, r, number)) for number, r in enumerate(document.references)]
            known = {key: target for _, key, target in targets if target}  # a later one may have made the stub
            targets = [(r, key, target or known.get(key)) for r, key, target in targets]
            before = {r["target"] for r in references.of_source(self.connection, row["rowid"]) if r["target"]}
            references.replace(self.session, self.connection, row["rowid"], targets)
            sources.delete_unused_stubs(self.connection, before - {t for _, _, t in targets})
        infer(self.session, self.connection, row["id"], self.now)
        infer_replies(self.session, self.connection, row["id"], self.now)
        meta.bump_generation(self.connection)


def settle(store: open.Store, source_ids: Sequence[str]) -> None:
    """After a folder: wikilinks whose name several notes bear go to the nearest, now that all of them are in."""
    with store.transaction() as session:
        connection = open.raw(session)
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
