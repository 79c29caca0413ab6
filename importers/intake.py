"""The run of an import: every target read or fetched, each document stored, then what needs all of them settled."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from importers import ahead, fetching, folder_news
from importers.folder_news import Ask
from importers.given import Given
from importers.report import Item, Report
from importers.storing import Run
from importers.targets import inputs
from importers.web.base import Options
from kb import config
from kb.sources import naming
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
    ask: Ask | None = None,
    only: Collection[str] | None = None,
) -> Report:
    """Add every target; a broken one fails alone. `tell` hears of each item as it is done.

    Of folders `only` these files are looked at, given by their real paths, as they would be if the whole were added.
    What is not there any more is gone, unless a new file is it: `ask` is asked where that is not sure, once all is
    read; without it such a file is a source of its own.
    """
    settings = config.load(store.home)
    report, options = Report(tell=tell), options or Options()
    with store.transaction():
        left = runs.left_unsettled(store)
        number = runs.begin(store, now(), targets)
        lost = statements.lost(store)
    with ExitStack() as web, store.batch() as batch:

        @cache
        def client() -> Client:
            return web.enter_context(fetching.client_for(store.home, options, allow_private=allow_private))

        named = {os.path.realpath(target) for target in targets} if ask else set()
        work = Run.of(store, batch, targets, given, options, report, client, only, named.__contains__)
        stream = work.met(inputs(targets, stdin, given.encoding, settings.max_file_mb, only, work.is_known))
        with closing(ahead.read_ahead(stream, work.how)) as reading:
            for met, read in reading:
                work.take(met, read)
        work.finish(ask)
        work.put_in()
    naming.settle(store, [*dict.fromkeys((*left, *work.done))])
    for target, problem in records.apply(store, work.records | work.vaults.records):
        report.problems.append(f"{Path(target).name}: {problem}")
        work.memory.forget(target)  # what it links to may come later
        work.vaults.forget(target)
    work.vaults.decide()
    report.vaults = work.vaults.outcome
    with store.transaction():
        work.memory.keep(all_in=True)
        work.vaults.keep()
        folder_news.conclude(store, work.known, report)
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
    with open_copy(home) as store, store.batch() as batch:
        work = Run.of(store, batch, targets, given, Options(), report, None)
        largest = config.load(home).max_file_mb
        for met in work.met(inputs(targets, stdin, given.encoding, largest, known=work.is_known)):
            work.take(met)
        work.finish(None)
        report.vaults = work.vaults.outcome
        with store.transaction():
            folder_news.conclude(store, work.known, report)
        describe(store, report)
    if work.addresses:
        many = "1 address is" if work.addresses == 1 else f"{work.addresses:,} addresses are"
        report.skipped.append(f"{many} in already; whether anything changed there is seen only when it is asked for")
    return report


def describe(store: Store, report: Report) -> None:
    """Read the sources that the report's items name by id."""
    names = [item.source for item in report.items if isinstance(item.source, str)]
    report.sources = found = sources.read(store, [*names, *report.gone])
    for name in set(names) - found.keys():  # a stub, known as another source meanwhile
        found[name] = next(iter(sources.read(store, [sources.by_keys(store, ["id:" + name])[0].id]).values()))
    for name in dict.fromkeys(names):
        if (state := found[name].state) != "here" and found[name].kind != "stub":
            report.notes.append(f"{found[name].title} is {state}: kb restore {name} brings it back")
