"""From targets on the command line to sources in the store: read or fetch, store, settle. Progress by callbacks."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from importers import importers, read
from importers.base import Input
from importers.files import Failure, Skipped, from_stdin, read_files
from importers.report import Given, Item, Report
from importers.web.base import Fetcher, Missed, Options
from importers.web.registry import fetcher
from kb import config
from kb.errors import KbError, UsageError
from kb.extract import VERSION as EXTRACT_VERSION
from kb.model import identity
from kb.model.document import Document, Records
from kb.sources import add
from kb.sources import read_back as records
from kb.store import files, open, runs, sources, statements

if TYPE_CHECKING:
    from importers.web.client import Client


@dataclasses.dataclass(frozen=True, slots=True)
class _Address:
    """A target on the web, or several that are asked for together, with who fetches them."""

    targets: tuple[str, ...]
    fetcher: Fetcher


def run(
    store: open.Store,
    targets: Sequence[str],
    given: Given,
    stdin: Callable[[], bytes],
    tell: Callable[[Item], None],
    options: Options | None = None,
    *,
    allow_private: bool = False,
) -> Report:
    """Add every target; a broken one fails alone. `tell` hears of each item as it is done."""
    report, options = Report(), options or Options()
    settings = config.load(store.home)
    with store.transaction() as session:
        number = runs.begin(open.raw(session), open.now(), targets)
        lost = statements.lost(open.raw(session))
    done: list[str] = []
    memory = _Memory(store, given)
    kept = _OfVault()
    client: Client | None = None
    with contextlib.ExitStack() as web:
        for found in _inputs(targets, given, stdin, settings["max_file_mb"]):
            before = len(report.items)
            if isinstance(found, Failure):
                report.fail(found.target, found.error)
            elif isinstance(found, Skipped):
                report.skipped.append(_skipped(found))
            elif isinstance(found, _Address):
                # One client for the whole run: it keeps the gaps between requests to a site.
                client = client or web.enter_context(client_for(store, options, allow_private=allow_private))
                for name in _fetch(store, found, client, given, options, report):
                    done.append(name)
                    tell(report.items[-1])
                continue
            elif (before_now := memory.unchanged(found)) is not None:
                for name in before_now:
                    report.took(found.target, "unchanged", name)
            else:
                added = _add(store, found, given, report, kept)
                memory.remember(found, added, report.items[before:])
                done += [name for name in added if name not in kept.sources]
            for item in report.items[before:]:
                tell(item)
    add.settle(store, done)
    for target, problem in records.apply(store, kept.records):
        report.problems.append(f"{Path(target).name}: {problem}")
        memory.new.pop(target, None)  # what it links to may come later: then it is to be read again
    with store.transaction() as session:
        memory.keep(open.raw(session))
        if (more := statements.lost(open.raw(session)) - lost) > 0:
            report.problems.append(f"quotes you judged that new versions no longer have: {more} (kb check)")
        failures = [{"target": i["target"], **i["error"]} for i in report.items if i["error"]]
        runs.end(open.raw(session), number, open.now(), report.counts, failures)
    describe(store, report)
    return report


def preview(targets: Sequence[str], given: Given, stdin: Callable[[], bytes], max_file_mb: float) -> Report:
    """What `run` would read, without a store: one item a document, none of them stored."""
    report = Report()
    for found in _inputs(targets, given, stdin, max_file_mb):
        if isinstance(found, Failure):
            report.fail(found.target, found.error)
        elif isinstance(found, Skipped):
            report.skipped.append(_skipped(found))
        elif isinstance(found, _Address):
            for target in found.targets:
                shown: dict[str, Any] = {"kind": "web", "title": target, "importer": found.fetcher.name}
                report.items.append({"target": target, "status": "added", "source": shown, "error": None})
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
) -> Iterator[Input | Failure | Skipped | _Address]:
    together: dict[str, _Address] = {}
    for target in targets:
        if target.startswith("www.") and not Path(target).exists():
            target = "https://" + target
        if target == "-":
            yield from_stdin(stdin(), given.encoding, max_file_mb)
        elif not Path(target).exists() and identity.is_address(target) and (by := fetcher(target)):
            if by.together is None or by.alone(target):
                yield _Address((target,), by)
            else:
                before = together.get(by.name)
                together[by.name] = _Address((*(before.targets if before else ()), target), by)
        else:
            yield from read_files(target, given.encoding, max_file_mb)
    yield from together.values()


def _add(store: open.Store, found: Input, given: Given, report: Report, kept: _OfVault) -> list[str]:
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
        name = _store(store, document, report, found.target, found.name, sole=len(documents) == 1)
        if name is None:
            continue
        ids.append(name)
        if document.id:
            kept.sources.add(name)
    return ids


def _store(
    store: open.Store, document: Document, report: Report, target: str, called: str, *, sole: bool, blamed: str = ""
) -> str | None:
    """Store a document and note in the report what became of it. Its source's id; None where it failed."""
    known = importers().get(document.importer)  # a person's own note in a vault has none
    try:
        added = add.add(store, document, known.version if known else "1", sole=sole)
    except KbError as error:
        report.fail(blamed or target, error)
        return None
    report.took(target, added.status, added.source_id)
    if added.status != "unchanged":
        report.problems += [f"{called}: {problem}" for problem in document.problems]
    return added.source_id


@dataclasses.dataclass
class _OfVault:
    """What came from an exported vault: records for the end, and sources whose links need no guessing."""

    records: dict[str, Records] = dataclasses.field(default_factory=dict)
    sources: set[str] = dataclasses.field(default_factory=set)


def client_for(store: open.Store, options: Options, *, allow_private: bool) -> Client:
    """The HTTP client that the settings of a home ask for."""
    from importers.web.client import Client

    settings = config.load(store.home)
    return Client(
        store.home,
        contact=str(settings["contact"]),
        max_mb=float(settings["max_download_mb"]),
        allow_private=allow_private,
        refresh=options.refresh,
    )


def _fetch(
    store: open.Store, address: _Address, client: Client, given: Given, options: Options, report: Report
) -> Iterator[str]:
    """Ids of the sources that an address gives, each stored as it comes. What a person says is of the first."""
    first = True
    by, target = address.fetcher, address.targets[0]
    several = len(address.targets) > 1 and by.together is not None
    if several and given.of_one:
        report.fail(target, UsageError("--title and --url are for one source", "leave them out"))
        return
    found = (
        by.together(address.targets, client, options) if by.together and several else by.fetch(target, client, options)
    )
    while True:
        try:
            document = next(found, None)
        except KbError as error:
            report.fail(target, error)
            return
        if document is None:
            return
        if isinstance(document, Missed):
            report.fail(document.target, document.error)
            continue
        document = given.apply(document) if first or several else document
        first = False
        told = document.target if several else target
        if name := _store(store, document, report, told, document.title, sole=False, blamed=document.url or target):
            yield name


class _Memory:
    """Files whose bytes were read before by the same importers are not read again."""

    def __init__(self, store: open.Store, given: Given) -> None:
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


def describe(store: open.Store, report: Report) -> None:
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
