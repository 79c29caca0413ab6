"""The issues that are listed: those of a query or of filters, among what the statements that are listed make."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kb.errors import NotFoundError, notify
from kb.graph import argument_graph
from kb.graph.questions import issues
from kb.graph.questions.issues import Issue
from kb.model import ids
from kb.model.filters import Filters
from kb.model.statement import Statement
from kb.review import statement_list
from kb.sources import resolve
from kb.store import links, statements
from kb.store.conditions import said_in
from kb.store.open import Store
from kb.suggest.judges import titles
from kb.suggest.judges.titles import Discussed
from kb.suggest.update import has_vectors

_NEAREST = 30
_SHARE = 0.75
"""The listed statements that words stand for: so many, of this share of the best score. An issue that has none of them
is about something else."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Issues, and the one that was asked for by its id."""

    issues: list[Issue]
    one: bool = False


def listing(store: Store, filters: Filters, query: str | None = None) -> Listing:
    """The issues with a statement that the filters leave; with a query, those of what it finds, the nearest first.

    A query may be the id of an issue, or name a statement or a source.

    Raises:
        NotFoundError: what looks like the id of an issue is that of none, or of several.
    """
    graph = argument_graph.load(store)
    listed = _listed(store)
    found = issues.of(store, graph, listed)
    if not has_vectors(store):
        notify("nothing is embedded: issues are only what links that you accepted put together (kb index)")
    if query and (one := _by_id(found, query.strip())):
        return Listing([one], one=True)
    kept = statements.ids_left(store, filters)
    if kept is not None:
        found = [issue for issue in found if kept.intersection(issue.statements)]
    if query:
        asked = _asked(store, query, filters, {one.id for one in listed})
        nearest = {name: at for at, name in reversed(list(enumerate(asked)))}
        ranked = [(min(nearest.get(name, len(asked)) for name in issue.statements), issue) for issue in found]
        found = [issue for at, issue in sorted(ranked, key=lambda one: one[0]) if at < len(asked)]
    return Listing(found)


def discussed(store: Store, about: str | None) -> list[Discussed]:
    """What a judge is asked to name: every issue, or those in which a statement or source has a part."""
    found = listing(store, Filters()).issues
    part = None if about is None else {about, *statements.ids_of(store, said_in(about))}
    return titles.items(
        store, [(one.id, one.statements) for one in found if part is None or part.intersection(one.statements)]
    )


def _listed(store: Store) -> list[Statement]:
    """The statements that are listed, and those that a person said to be about the same as another."""
    listed = statement_list.listing(store, Filters()).statements
    joined = links.edges(store, ["accepted"], ["related", "restates"])
    others = {end for edge in joined for end in (edge.from_id, edge.to_id)} - {one.id for one in listed}
    return [*listed, *statements.read(store, statements.standing(store, others)).values()] if others else listed


def _by_id(found: Sequence[Issue], name: str) -> Issue | None:
    """The issue of which this is the id or its beginning; None for what need not be one: a word without a digit."""
    meant = [issue for issue in found if ids.named(ids.ISSUE, name) and issue.id.startswith(name)]
    if len(meant) == 1:
        return meant[0]
    if not ids.named(ids.ISSUE, name) or not re.search(r"\d", name):
        return None
    if meant:
        candidates = [{"id": issue.id, "kind": "issue", "title": issue.title} for issue in meant]
        raise NotFoundError(f"{name!r} means {len(meant)} things", "use one of the ids", candidates)
    raise NotFoundError(f"no issue {name!r}", "`kb issues` shows what there is")


def _asked(store: Store, query: str, filters: Filters, listed: Collection[str]) -> list[str]:
    """The statements that are meant, the nearest first: of what words find, listed ones only."""
    from kb.search.search import search

    try:
        named = resolve.exactly(store, query, "statement", "source")
    except NotFoundError as error:
        if error.candidates:
            raise
        wider = replace(filters, limit=statement_list.RANKED)
        hits = search(store, query, where="statements", filters=wider, each=True).hits
        least = _SHARE * hits[0].score if hits else 0.0
        return [hit.unit.id for hit in hits if hit.unit.id in listed and hit.score >= least][:_NEAREST]
    return [named.id] if named.kind == "statement" else statements.ids_of(store, said_in(named.id))
