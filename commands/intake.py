"""From targets on the command line to sources in the store: read, store, embed, relate. Progress by callbacks."""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from importers import importers, read
from importers.base import Input
from importers.files import Failure, Skipped, from_stdin, read_files
from kb import config, db, identity, ingest, records
from kb.document import Author, Document, Records
from kb.errors import KbError, UsageError
from kb.extract import VERSION as EXTRACT_VERSION
from kb.store import files, runs, sources

Item = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Given:
    """What the person says of a target, above what its text says."""

    importer: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    date: str | None = None
    tags: tuple[str, ...] = ()
    encoding: str | None = None

    def apply(self, document: Document) -> Document:
        """The document with the person's words in place of the importer's."""
        changes: dict[str, Any] = {}
        if self.title:
            changes |= {"title": self.title, "title_given": True}
        if self.authors:
            changes["authors"] = tuple(Author(name) for name in self.authors)
        if self.url:
            changes["url"] = self.url
        if self.date:
            changes["published"] = self.date
        if self.tags:
            changes["tags"] = tuple(dict.fromkeys((*document.tags, *self.tags)))
        return dataclasses.replace(document, **changes) if changes else document

    @property
    def of_one(self) -> bool:
        """Whether it holds for a single source only."""
        return bool(self.title or self.url)


@dataclasses.dataclass
class Report:
    """What an import did: an item for each source, counts, and what a folder held beside texts."""

    items: list[Item] = dataclasses.field(default_factory=list)
    skipped: list[str] = dataclasses.field(default_factory=list)
    problems: list[str] = dataclasses.field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        counts = {"added": 0, "updated": 0, "unchanged": 0, "failed": 0}
        for item in self.items:
            counts[item["status"]] += 1
        return counts

    def fail(self, target: str, error: KbError) -> None:
        problem = {"message": error.message, "hint": error.hint}
        self.items.append({"target": target, "status": "failed", "source": None, "error": problem})


def run(
    store: db.Store, targets: Sequence[str], given: Given, stdin: Callable[[], bytes], tell: Callable[[Item], None]
) -> Report:
    """Add every target; a broken one fails alone. `tell` hears of each item as it is done."""
    report = Report()
    settings = config.load(store.home)
    with store.transaction() as session:
        number = runs.begin(db.raw(session), db.now(), targets)
    done: list[str] = []
    memory = _Memory(store, given)
    kept = _OfVault()
    for found in _inputs(targets, given, stdin, settings["max_file_mb"]):
        before = len(report.items)
        if isinstance(found, Failure):
            report.fail(found.target, found.error)
        elif isinstance(found, Skipped):
            report.skipped.append(_skipped(found))
        elif (before_now := memory.unchanged(found)) is not None:
            report.items += [_item(found.target, "unchanged", name) for name in before_now]
        else:
            added = _add(store, found, given, report, kept)
            memory.remember(found, added, report.items[before:])
            done += [name for name in added if name not in kept.sources]
        for item in report.items[before:]:
            tell(item)
    ingest.settle(store, done)
    for target, problem in records.apply(store, kept.records):
        report.problems.append(f"{Path(target).name}: {problem}")
        memory.new.pop(target, None)  # what it links to may come later: then it is to be read again
    with store.transaction() as session:
        memory.keep(db.raw(session))
        failures = [{"target": i["target"], **i["error"]} for i in report.items if i["error"]]
        runs.end(db.raw(session), number, db.now(), report.counts, failures)
    _describe(store, report)
    return report


def preview(targets: Sequence[str], given: Given, stdin: Callable[[], bytes], max_file_mb: float) -> Report:
    """What `run` would read, without a store: one item a document, none of them stored."""
    report = Report()
    for found in _inputs(targets, given, stdin, max_file_mb):
        if isinstance(found, Failure):
            report.fail(found.target, found.error)
        elif isinstance(found, Skipped):
            report.skipped.append(_skipped(found))
        else:
            try:
                for document in read(found, given.importer):
                    if not document.is_source:
                        continue
                    document = given.apply(document)
                    known = identity.of_url(document.url) if document.url else identity.Identity()
                    shown = {
                        "kind": document.kind,
                        "title": document.title,
                        "authors": [a.name for a in document.authors],
                        "published": document.published,
                        "url": known.url,
                        "importer": document.importer,
                    }
                    report.items.append({"target": found.target, "status": "added", "source": shown, "error": None})
            except KbError as error:
                report.fail(found.target, error)
    return report


def _inputs(
    targets: Sequence[str], given: Given, stdin: Callable[[], bytes], max_file_mb: float
) -> Iterator[Input | Failure | Skipped]:
    for target in targets:
        if target == "-":
            yield from_stdin(stdin(), given.encoding, max_file_mb)
        elif not Path(target).exists() and identity.of_target(target) is not None:
            yield Failure(
                target,
                KbError(
                    f"cannot fetch {target}: this version reads texts that you have",
                    "save the page's text to a file, then: kb add FILE --url URL",
                ),
            )
        else:
            yield from read_files(target, given.encoding, max_file_mb)


def _add(store: db.Store, found: Input, given: Given, report: Report, kept: _OfVault) -> list[str]:
    try:
        documents = read(found, given.importer)
        if given.of_one and len(documents) > 1:
            raise UsageError(
                f"{found.name} holds {len(documents)} sources; --title and --url are for one", "leave them out"
            )
    except KbError as error:
        report.fail(found.target, error)
        return []
    ids = []
    for document in documents:
        if document.records:
            kept.records[found.target] = document.records
        if not document.is_source:
            continue
        document = given.apply(document)
        known = importers().get(document.importer)  # a person's own note in a vault has none
        try:
            added = ingest.add(store, document, known.version if known else "1", sole=len(documents) == 1)
        except KbError as error:
            report.fail(found.target, error)
            continue
        ids.append(added.source_id)
        if document.id:
            kept.sources.add(added.source_id)
        report.items.append(_item(found.target, added.status, added.source_id))
        report.problems += [f"{found.name}: {problem}" for problem in document.problems]
    return ids


@dataclasses.dataclass
class _OfVault:
    """What came from an exported vault: records for the end, and sources whose links need no guessing."""

    records: dict[str, Records] = dataclasses.field(default_factory=dict)
    sources: set[str] = dataclasses.field(default_factory=set)


def _item(target: str, status: str, source_id: str) -> Item:
    return {"target": target, "status": status, "source": {"id": source_id}, "error": None}


class _Memory:
    """Files whose bytes were read before by the same importers are not read again."""

    def __init__(self, store: db.Store, given: Given) -> None:
        self.connection = store.reader()
        self.plain = given == Given()
        versions = [f"{name}={known.version}" for name, known in importers().items()]
        self.versions = " ".join((*versions, EXTRACT_VERSION)).encode()
        self.new: dict[str, tuple[str, list[str]]] = {}

    def unchanged(self, found: Input) -> list[str] | None:
        """Ids of the sources that the file gave before, where nothing is to be done."""
        if not self.plain or not found.original:
            return None
        return files.unchanged(self.connection, found.target, self._digest(found))

    def remember(self, found: Input, added: list[str], items: list[Item]) -> None:
        if found.original and added and all(item["error"] is None for item in items):
            self.new[found.target] = (self._digest(found), added)

    def keep(self, connection: sqlite3.Connection) -> None:
        for target, (digest, names) in self.new.items():
            files.remember(connection, target, digest, names)
        self.connection.close()

    def _digest(self, found: Input) -> str:
        return hashlib.sha256(self.versions + b"\0" + found.original).hexdigest()


def _describe(store: db.Store, report: Report) -> None:
    """Put the stored sources in the place of their ids."""
    connection = store.reader()
    stored = sources.read(connection, [item["source"]["id"] for item in report.items if item["source"]])
    for item in report.items:
        if item["source"]:
            item["source"] = stored.get(item["source"]["id"])
    connection.close()


def _skipped(found: Skipped) -> str:
    kinds = ", ".join(f"{count} .{name}" if name else f"{count} without extension" for name, count in sorted(
        found.extensions.items(), key=lambda pair: -pair[1])[:8])  # fmt: skip
    parts = [f"skipped {found.files} files that are not text ({kinds})"] if found.files else []
    if found.hidden:
        parts.append(f"{found.hidden} hidden files and folders")
    if found.repeated:
        parts.append(f"{found.repeated} links to what is read anyway")
    return ", ".join(parts)
