"""A run of an import on its way: what becomes of each thing that its targets hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import TYPE_CHECKING

from importers import ahead, attached, fetching, folder_news, importers, of_feed, other_files
from importers.ahead import Found, How, Met, Read
from importers.base import Failure, Input
from importers.cutting import cut
from importers.fetching import Address
from importers.files import Skipped
from importers.folder_news import Ask
from importers.given import Given
from importers.known_files import KnownFiles
from importers.memory import Memory
from importers.report import Preview, Renamed, Report
from importers.vaults import Vaults
from importers.web.base import Options
from kb import config
from kb.errors import KbError, UsageError, notify
from kb.model import identity
from kb.model.document import Document, Records
from kb.sources import add
from kb.sources.ahead import Ahead
from kb.store import sources
from kb.store.open import Store

if TYPE_CHECKING:
    from importers.web.client import Client
    from kb.store.transactions import Batch

LONGEST_S = 0.5
"""So long others wait to write, and so much is lost where a run is killed."""


@dataclass
class Run:
    """What a run works with, and what is left for its end."""

    store: Store
    batch: Batch
    how: How
    options: Options
    report: Report
    memory: Memory
    vaults: Vaults
    client: Callable[[], Client] | None  # one for all: it keeps the gaps between requests to a site; None: a rehearsal
    may_join: Callable[[str], bool]  # whether to ask if the note in an unchanged file is one that is gone
    known: KnownFiles
    unchanged: dict[str, Sequence[str]] = field(default_factory=dict)
    """What a file gave that is known to be unchanged, from when its bytes were seen until it is its turn."""
    read: dict[str, Read] = field(default_factory=dict)
    """What was read ahead, by target, until it is stored."""
    done: list[str] = field(default_factory=list)
    """Sources whose wikilinks may mean several notes. Not those of an exported vault: there every link is told."""
    records: dict[str, Records] = field(default_factory=dict)
    """What notes of an exported vault record, by target: it goes in once all sources are there."""
    addresses: int = 0
    """In a rehearsal: addresses whose texts are there already."""

    @classmethod
    def of(
        cls, store: Store, batch: Batch, targets: Sequence[str], given: Given, options: Options, report: Report,
        client: Callable[[], Client] | None, only: Collection[str] | None = None,
        may_join: Callable[[str], bool] = lambda _: False,
    ) -> Run:  # fmt: skip
        """A run for these targets; of folders, for `only` these files."""
        folders = [os.path.realpath(target) for target in targets if os.path.isdir(target)]
        memory, me = Memory(store, plain=given == Given()), config.load(store.home).me
        how, known = How(given, me, config.relations(store.home)), KnownFiles.under(store, folders, only)
        return cls(store, batch, how, options, report, memory, Vaults(store, me), client, may_join, known)

    def met(self, stream: Iterable[Found]) -> Iterator[Met]:
        """What the targets hold, with what is known of its files."""
        for found in stream:
            if not isinstance(found, Input):
                yield Met(found)
            elif found.known:
                yield Met(found, self.unchanged.pop(found.target))
            else:
                yield Met(found, self.memory.unchanged(found.target, found.original))

    def is_known(self, target: str, data: bytes) -> bool:
        """Whether a file is unchanged; of one that may be a note that is gone its text is wanted all the same."""
        before = None if self.may_join(target) else self.memory.unchanged(target, data)
        if before is not None:
            self.unchanged[target] = before
        return before is not None

    def take(self, one: Met, read: Read | None = None) -> None:
        """Do what there is to do about one thing that a target holds, and was `read` ahead."""
        self._take(one, read)
        if self.batch.age > LONGEST_S:
            self.put_in()
            self.batch.give_way()

    def put_in(self) -> None:
        """Have what was stored so far stay: others see it, and a run after this one need not read those files."""
        if self.batch.age:
            with self.store.transaction():
                self.memory.keep()
            self.batch.commit()

    def _take(self, one: Met, read: Read | None) -> None:
        found = one.found
        if isinstance(found, Failure):
            self.report.fail(found.target, found.error)
        elif isinstance(found, Skipped):
            self.report.skipped.append(found.line)
        elif isinstance(found, Address):
            if self.client is None:
                self._would_fetch(found)
            else:
                self.put_in()
                self._fetch(found, self.client())
        else:
            self.known.met(found.target)
            if read is not None:
                self.read[found.target] = read
            self._take_file(found, one.before)

    def _take_file(self, found: Input, before: Sequence[str] | None) -> None:
        if before and len(before) == 1 and self.may_join(found.target) and self.known.left_apart(found, before[0]):
            return
        if before is not None:
            for source_id in before:
                self.report.took(found.target, "unchanged", source_id)
        elif self._taken(found):
            self.read.pop(found.target, None)
        elif not self.known.holds(found):
            self._put(found, self._documents(found))

    def finish(self, ask: Ask | None) -> None:
        """Store the files that may be notes known under other names, now that all files have been seen."""
        asked = self._asked(ask) if ask else None
        for found, documents, same in folder_news.told_apart(self.known, self.report, self._documents, asked):
            self._put(found, documents, same)

    def _asked(self, ask: Ask) -> Ask:
        def asked(question: str) -> bool:
            self.put_in()  # a person may take their time
            return ask(question)

        return asked

    def _documents(self, found: Input) -> Sequence[Document]:
        """What a file holds, with what the person says of it; nothing where it fails."""
        read = self.read.get(found.target) or ahead.in_place(found, self.how)
        for line in read.notices:
            notify(line)
        if read.error is not None:
            self.report.fail(found.target, read.error)
        return read.documents

    def _put(self, found: Input, documents: Sequence[Document], same: str | None = None) -> None:
        """Store what a file holds. `same` is the source that it is, whose file had another name."""
        before = same and sources.stored(self.store, same)
        ids: list[str] = []
        whole = True
        read = self.read.pop(found.target, None)
        for document, cut_and_read in zip(documents, read.ahead if read else repeat(None), strict=False):
            if document.records:
                self.records[found.target] = document.records
            if not document.is_source:
                continue
            placed = other_files.placed(self.store, document, found.target)
            if isinstance(placed, str):
                self.report.took(found.target, "unchanged", placed)
                ids.append(placed)
                continue
            document = placed
            sole, on = document.attached or all(other.attached for other in documents[1:]), None
            if document.attached:
                if not ids:
                    continue  # what it is on failed
                on = ids[0]
                same = attached.known(self.store, document, on)
            source_id = self._store(
                document, found.target, found.name, sole=sole, same=same, about=on, ahead=cut_and_read
            )
            if source_id is None:
                whole = False
                continue
            ids.append(source_id)
            if not document.id:
                self.done.append(source_id)
        if whole:
            told = any(document.id or document.records for document in documents)
            self.memory.remember(found, ids, settled=not told)
            self.vaults.added(found, ids[0] if ids else None)
        if before and before.target and before.target != found.target:
            self.memory.moved(before.target)
            self.report.renamed.append(Renamed(before.id, before.target, found.target))

    def _taken(self, found: Input) -> bool:
        """Whether it is a note of an exported vault that the store knows: of that only what changed is taken up."""
        try:
            taken = self.vaults.take(found)
        except KbError as error:
            self.report.fail(found.target, error)
            return True
        if taken is None:
            return False
        if taken.source and not taken.statement:
            self.report.took(found.target, "updated" if taken.changed else "unchanged", taken.source)
            if not taken.again:
                self.memory.remember(found, [taken.source])
        return True

    def _would_fetch(self, address: Address) -> None:
        for target in address.targets:
            known, by = identity.of_target(target), address.fetcher.name
            found = [row for row in sources.by_keys(self.store, known.keys) if row.kind != "stub"] if known else []
            if there := next((row for row in found if row.text or row.importer == by), None):
                self.addresses += 1
                self.report.took(target, "unchanged", there.id)
            elif found:
                self.report.took(target, "updated", found[0].id)  # an entry of a bibliography
            else:
                url = known.url if known else None
                self.report.took(target, "added", Preview("web", target, url=url, importer=by))

    def _fetch(self, address: Address, client: Client) -> None:
        """Each document is stored as it comes. What a person says is of the first, or of all that are asked for."""
        target = address.targets[0]
        if address.several and self.how.given.of_one:
            self.report.fail(target, UsageError("--title and --url are for one source", "leave them out"))
            return
        first = True
        options = replace(self.options, stored=lambda document: of_feed.stored(self.store, document))
        for found in fetching.documents(address, client, options):
            if isinstance(found, Failure):
                self.report.fail(found.target, found.error)
                continue
            document = self.how.given.apply(found) if first or address.several else found
            first = False
            told = document.target if address.several else target
            blamed = document.url or target
            same = of_feed.moved(self.store, document)
            if source_id := self._store(document, told, document.title, sole=False, blamed=blamed, same=same):
                self.done.append(source_id)

    def _store(
        self, document: Document, target: str, called: str, *, sole: bool, blamed: str = "", same: str | None = None,
        about: str | None = None, ahead: Ahead | None = None,
    ) -> str | None:  # fmt: skip
        """Store a document and note in the report what became of it. Its source's id; None where it failed."""
        known = importers().get(document.importer)  # a person's own note in a vault has none
        try:
            added = add.add(
                self.store, document, known.version if known else "1", sole=sole, same=same, about=about,
                contents=self.client is not None, ahead=ahead,
                cut=lambda importer, text: cut(importer, text, document.authors),
            )  # fmt: skip
        except KbError as error:
            self.report.fail(blamed or target, error)
            return None
        new = self.client is None and added.status == "added"
        self.report.took(target, added.status, Preview.of(document) if new else added.source_id)
        for clash in added.clashes:
            self.vaults.clashed(added.source_id, clash)
        if added.status != "unchanged":
            self.report.problems += [f"{called}: {problem}" for problem in document.problems]
        return added.source_id
