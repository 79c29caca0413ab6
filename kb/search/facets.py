"""What hits have in common: how many are of each kind, author, tag and year, to narrow the search by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.model.source import Source
from kb.search.hits import Hit
from kb.store import sources
from kb.store.open import Store

_SHOWN = 8
"""Values of a facet that are shown, the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value, and how many hits have it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter by its name, with the values that hits have."""

    name: str
    values: tuple[Value, ...]


def of(store: Store, hits: Sequence[Hit]) -> list[Facet]:
    """The facets of hits: kind, author, tag, year. Those without a value are left out."""
    found = sources.read(store, {hit.unit.source.id for hit in hits})
    about = [found[hit.unit.source.id] for hit in hits if hit.unit.source.id in found]
    return of_sources(about)


def of_sources(about: Sequence[Source]) -> list[Facet]:
    """The same of sources, each of them as often as it is there."""
    every = {
        "kind": _counted(one.kind for one in about),
        "author": _counted(name for one in about for name in one.authors),
        "tag": _counted(tag for one in about for tag in one.tags),
        "year": _counted(one.published[:4] for one in about if one.published),
    }
    return [Facet(name, values) for name, values in every.items() if values]


def _counted(names: Iterable[str]) -> tuple[Value, ...]:
    most = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Value(name, count) for name, count in most[:_SHOWN])
