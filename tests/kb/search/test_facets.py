"""What hits have in common."""

from __future__ import annotations

from pathlib import Path

from kb.search import facets
from kb.search.search import search
from kb.store import sources
from kb.store.open import open_reader


def test_each_facet_counts_hits_and_narrowing_by_a_value_leaves_as_many(corpus: Path) -> None:
    from kb.model.filters import Filters

    with open_reader(corpus) as store:
        hits = search(store, "records", filters=Filters(limit=30)).hits
        found = {facet.name: facet.values for facet in facets.of(store, hits)}
        assert {"kind", "author", "year"} <= found.keys()
        assert sum(value.count for value in found["kind"]) == len(hits)
        for value in found["kind"]:
            narrowed = search(store, "records", filters=Filters(kind=(value.name,), limit=30)).hits
            assert {hit.unit.id for hit in hits if hit.unit.source.kind == value.name} <= {h.unit.id for h in narrowed}


def test_values_come_most_frequent_first_and_a_facet_without_any_is_left_out(corpus: Path) -> None:
    with open_reader(corpus) as store:
        every = sources.listed(store)
    for facet in facets.of_sources(every):
        counts = [value.count for value in facet.values]
        assert counts == sorted(counts, reverse=True)
    assert facets.of_sources([]) == []
