"""The run of an import: every target read or fetched, each document stored, then what needs all of them settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from importers import fetching, importers, read
from importers.base import Failure, Input
from importers.fetching import Address
from importers.files import Skipped
from importers.given import Given
from importers.memory import Memory
from importers.report import Item, Preview, Report
from importers.targets import inputs
from importers.web.base import Options
from kb import config
from kb.errors import KbError, UsageError
from kb.model import identity
from kb.model.document import Document, Records
from kb.sources import add
from kb.sources import read_back as records
from kb.store import runs, sources, statements
from kb.store.open import Store, now, open_copy

if TYPE_CHECKING:
    from importers.web.client import Client


def run(
    store: Store,
    targets: Sequence[str],
    given: Given,
    stdin: Callable[[], bytes],
    tell: Callable[[Item], None],
    options: Options | None = None,
    *,
    allow_private: bool = False,
) -> Report:
    """Add every target; a broken one fails alone. `tell` hears of each item as it is done."""
    settings = config.load(store.home)
    report, options = Report(tell=tell), options or Options()
    with store.transaction():
        number = runs.begin(store, now(), targets)
        lost = statements.lost(store)
    with ExitStack() as web:

        @cache
        def client() -> Client:
            return web.enter_context(fetching.client_for(store.home, options, allow_private=allow_private))

        work = _Run(store, given, options, report, Memory(store, plain=given == Given()), client)
        for found in inputs(targets, stdin, given.encoding, settings.max_file_mb):
            work.take(found)
    add.settle(store, work.done)
    for target, problem in records.apply(store, work.records):
        report.problems.append(f"{Path(target).name}: {problem}")
        work.memory.forget(target)  # what it links to may come later
    with store.transaction():
        work.memory.keep()
        if (more := statements.lost(store) - lost) > 0:
            report.problems.append(f"quotes you judged that new versions no longer have: {more} (kb check)")
        runs.end(store, number, now(), report.counts, report.failures)
    describe(store, report)
    return report


def preview(
    home: Path, targets: Sequence[str], given: Given, stdin: Callable[[], bytes], tell: Callable[[Item], None]
) -> Report:
    """What `run` would do, with nothing written in the home, which need not be there: an item a source.

    It is done on a copy of the store, so that it is what would be done, by the same code; only what stands inside the
    texts is left out. Nothing is asked of the web.
    """
    report = Report(tell=tell)
    with open_copy(home) as store:
        work = _Run(store, given, Options(), report, Memory(store, plain=given == Given()), None)
        for found in inputs(targets, stdin, given.encoding, config.load(home).max_file_mb):
            work.take(found)
        describe(store, report)
    if work.known:
        counted = "1 address is" if work.known == 1 else f"{work.known:,} addresses are"
        report.skipped.append(f"{counted} in already; whether anything changed there is seen only when it is asked for")
    return report


def describe(store: Store, report: Report) -> None:
    """Read the sources that the report's items name by id."""
    report.sources = sources.read(store, [item.source for item in report.items if isinstance(item.source, str)])


@dataclass
class _Run:
    """A run on its way: what it works with, and what is left for its end."""

    store: Store
    given: Given
    options: Options
    report: Report
    memory: Memory
    client: Callable[[], Client] | None  # one for all: it keeps the gaps between requests to a site; None: a rehearsal
    done: list[str] = field(default_factory=list)
    """Sources whose wikilinks may mean several notes. Not those of an exported vault: there every link is told."""
    records: dict[str, Records] = field(default_factory=dict)
    """What notes of an exported vault record, by target: it goes in once all sources are there."""
    known: int = 0
    """In a rehearsal: addresses whose texts are there already."""

    def take(self, found: Input | Failure | Skipped | Address) -> None:
        """Do what there is to do about one thing that a target holds."""
        if isinstance(found, Failure):
            self.report.fail(found.target, found.error)
        elif isinstance(found, Skipped):
            self.report.skipped.append(found.line)
        elif isinstance(found, Address):
            if self.client is None:
                self._would_fetch(found)
            else:
                self._fetch(found, self.client())
        elif (before := self.memory.unchanged(found)) is not None:
            for source_id in before:
                self.report.took(found.target, "unchanged", source_id)
        else:
            self._read(found)

    def _read(self, found: Input) -> None:
        try:
            documents = read(found, self.given.importer)
            if self.given.of_one and len(documents) > 1:
                what = f"{found.name} holds {len(documents)} sources; --title and --url are for one"
                raise UsageError(what, "leave them out")
        except KbError as error:
            self.report.fail(found.target, error)
            return
        ids: list[str] = []
        whole = True
        for document in documents:
            if document.records:
                self.records[found.target] = document.records
            if not document.is_source:
                continue
            source_id = self._store(self.given.apply(document), found.target, found.name, sole=len(documents) == 1)
            if source_id is None:
                whole = False
                continue
            ids.append(source_id)
            if not document.id:
                self.done.append(source_id)
        if whole:
            self.memory.remember(found, ids)

    def _would_fetch(self, address: Address) -> None:
        for target in address.targets:
            known = identity.of_target(target)
            there = next((row for row in sources.by_keys(self.store, known.keys) if row.text), None) if known else None
            if there:
                self.known += 1
                self.report.took(target, "unchanged", there.id)
            else:
                url = known.url if known else None
                self.report.took(target, "added", Preview("web", target, url=url, importer=address.fetcher.name))

    def _fetch(self, address: Address, client: Client) -> None:
        """Each document is stored as it comes. What a person says is of the first, or of all that are asked for."""
        target = address.targets[0]
        if address.several and self.given.of_one:
            self.report.fail(target, UsageError("--title and --url are for one source", "leave them out"))
            return
        first = True
        for found in fetching.documents(address, client, self.options):
            if isinstance(found, Failure):
                self.report.fail(found.target, found.error)
                continue
            document = self.given.apply(found) if first or address.several else found
            first = False
            told = document.target if address.several else target
            blamed = document.url or target
            if source_id := self._store(document, told, document.title, sole=False, blamed=blamed):
                self.done.append(source_id)

    def _store(self, document: Document, target: str, called: str, *, sole: bool, blamed: str = "") -> str | None:
        """Store a document and note in the report what became of it. Its source's id; None where it failed."""
        known = importers().get(document.importer)  # a person's own note in a vault has none
        try:
            version = known.version if known else "1"
            added = add.add(self.store, document, version, sole=sole, contents=self.client is not None)
        except KbError as error:
            self.report.fail(blamed or target, error)
            return None
        new = self.client is None and added.status == "added"
        self.report.took(target, added.status, _preview(document) if new else added.source_id)
        if added.status != "unchanged":
            self.report.problems += [f"{called}: {problem}" for problem in document.problems]
        return added.source_id


def _preview(document: Document) -> Preview:
    return Preview(
        kind=document.kind,
        title=document.title,
        importer=document.importer,
        authors=tuple(author.name for author in document.authors),
        published=document.published,
        url=identity.of_url(document.url).url if document.url else None,
    )
