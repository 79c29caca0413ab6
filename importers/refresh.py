"""Asking the sites again: which of what was fetched has changed, and what came of taking it up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from importers import fetching, intake
from importers.given import Given
from importers.report import Item, Report
from importers.web.base import Known, Options
from importers.web.registry import fetcher
from kb.errors import KbError, UsageError
from kb.sources import resolve
from kb.store import sources

if TYPE_CHECKING:
    from importers.web.client import Client
    from kb.store.open import Store


FETCHED = ("forum", "arxiv", "web", "feed")
"""Importers of what fetchers bring."""


def refresh(store: Store, refs: Sequence[str], tell: Callable[[Item], None], *, allow_private: bool = False) -> Report:
    """Ask for the sources named, or for all that were fetched, and take up what changed. `tell` hears of what is added.

    Raises:
        NotFoundError: a REF names nothing. UsageError: a source has no address.
    """
    options = Options(refresh=True)
    known = _fetched(store, refs)
    with fetching.client_for(store.home, options, allow_private=allow_private) as client:
        changed, report = _changed(known, client, options)
    run = intake.run(store, changed, Given(), lambda: b"", tell, options, allow_private=allow_private)
    whole = Report([*report.items, *run.items], run.skipped, run.problems)
    intake.describe(store, whole)
    return whole


def _changed(known: Mapping[str, Known], client: Client, options: Options) -> tuple[list[str], Report]:
    """The addresses to fetch again, and a report of those that need not be."""
    report = Report()
    by_fetcher: dict[str, dict[str, Known]] = {}
    for name, one in known.items():
        by = fetcher(one.url)
        by_fetcher.setdefault(by.name if by else "", {})[name] = one
    changed: list[str] = []
    for group in by_fetcher.values():
        by = fetcher(next(iter(group.values())).url)
        try:
            stale = (
                by.stale(list(group.values()), client, options) if by and by.stale else [k.url for k in group.values()]
            )
        except KbError as error:
            for one in group.values():
                report.fail(one.url, error)
            continue
        changed += stale
        for name, one in group.items():
            if one.url not in stale:
                report.took(one.url, "unchanged", name)
    return changed, report


def _fetched(store: Store, refs: Sequence[str]) -> dict[str, Known]:
    """What is asked about, by id: the sources named, else all that were fetched; a comment goes with its post.

    Raises:
        UsageError: a source has no address.
    """
    named = [resolve.source(store, ref) for ref in refs]
    asked = sources.read(store, named).values() if named else sources.fetched(store, FETCHED)
    found = {}
    for source in asked:
        if not source.url:
            raise UsageError(f"{source.title!r} has no address", "add its text again from the file")
        found[source.id] = Known(source.url, dict(source.external_ids), sources.original(store, source.id))
    return found
