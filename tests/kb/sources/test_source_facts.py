"""What a site counts of a text: kept as it was seen last, asked for, and never news."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.model.document import Document
from kb.model.facts import Fact
from kb.model.filters import Filters
from kb.search.search import search
from kb.sources import add, details, merging, splitting
from kb.store import commands, source_facts, sources
from kb.store.conditions import on_sources
from kb.store.open import Store, open_store
from notes.markdown.structure import structure

URL = "https://ponds.example/frogs"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


def arrive(store: Store, *facts: Fact, url: str = URL, text: str = "") -> add.Added:
    text = text or f"{url.rpartition('/')[2].capitalize()} came late, and all frogs went early."
    blocks, references = structure(text)
    document = Document(
        "post", url.rpartition("/")[2], text, blocks, references, url=url, importer="markdown", target=url, facts=facts
    )
    return add.add(store, document)


def left(store: Store, *asked: str) -> list[str]:
    return [one.title for one in sources.listed(store, on_sources(store, Filters(fact=asked)))]


def test_a_score_that_changes_alone_is_kept_and_is_no_news(store: Store) -> None:
    name = arrive(store, Fact("karma", 12.0), Fact("votes", 5.0)).source_id
    before, events = commands.begin(store), store.execute("SELECT count(*) FROM event").fetchone()[0]
    updated = sources.stored(store, name)
    assert updated is not None
    assert arrive(store, Fact("karma", 99.0)).status == "unchanged"
    assert sources.read(store, [name])[name].facts == {"karma": 99, "votes": 5}
    assert commands.begin(store) == before
    assert store.execute("SELECT count(*) FROM event").fetchone()[0] == events
    assert sources.stored(store, name) == updated


def test_they_are_asked_for_by_number_and_by_words(store: Store) -> None:
    arrive(store, Fact("karma", 12.0), Fact("state", None, "closed, not planned"))
    arrive(store, Fact("karma", -3.0), Fact("decision", None, "Desk-Rejected"), url=f"{URL}/toads")
    arrive(store, url=f"{URL}/newts")
    assert left(store, "karma:>0") == ["frogs"]
    assert left(store, "karma:<=12") == ["frogs", "toads"]
    assert left(store, "karma:-3") == left(store, "decision:desk rejected") == ["toads"]
    assert left(store, "karma:>0", "state:closed") == left(store, "state:not planned") == ["frogs"]
    assert left(store, "state:open") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [("karma:>0", {"frogs"}), ("frogs -karma:>0", {"toads", "newts"}), ("(karma:>0 OR karma:<0)", {"frogs", "toads"}),
     ("karma:high", set()), ("decision:reject", {"toads"})],
)  # fmt: skip
def test_a_query_asks_for_them_like_for_any_field(store: Store, query: str, found: set[str]) -> None:
    arrive(store, Fact("karma", 12.0))
    arrive(store, Fact("karma", -3.0), Fact("decision", None, "Reject"), url=f"{URL}/toads")
    arrive(store, url=f"{URL}/newts")
    hits = search(store, query, mode="lexical").hits
    assert {hit.unit.source.title for hit in hits} == found


def test_one_source_is_shown_with_their_words(store: Store) -> None:
    name = arrive(store, Fact("rating", 6.0, "6: weak accept")).source_id
    assert details.details(store, name).facts == (Fact("rating", 6.0, "6: weak accept"),)


def test_joining_two_sources_fills_what_is_missing_and_parting_takes_it_away(store: Store) -> None:
    kept = arrive(store, Fact("karma", 12.0)).source_id
    gone = arrive(store, Fact("karma", 1.0), Fact("votes", 4.0), url=f"{URL}/toads").source_id
    merging.merge(store, kept, gone)
    assert source_facts.of(store, kept) == (Fact("karma", 12.0), Fact("votes", 4.0))
    splitting.split(store, gone, lambda _importer, text, _authors: structure(text)[0])
    assert source_facts.of(store, kept) == (Fact("karma", 12.0),)
    assert source_facts.of(store, gone) == (Fact("karma", 1.0), Fact("votes", 4.0))
