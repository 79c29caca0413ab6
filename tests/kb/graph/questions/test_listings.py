"""Critiques and theories as the command line, pages and models list them."""

from __future__ import annotations

from pathlib import Path

from kb.graph.questions import listings
from kb.model.filters import Filters
from kb.store.open import open_reader


def test_what_is_shown_is_a_part_of_what_is_counted_and_all_of_it_is_known(corpus: Path) -> None:
    with open_reader(corpus) as store:
        every = listings.critiques(store, None, Filters(), None, unanswered=False)
        few = listings.critiques(store, None, Filters(), 3, unanswered=False)
        left = listings.critiques(store, None, Filters(), None, unanswered=True)
    assert few.shown == every.shown[:3]
    assert few.total == every.total == len(every.shown)
    assert {one.id for one in every.shown} <= every.known.keys()
    assert left.shown == [one for one in every.shown if not one.answered]


def test_filters_hold_for_who_speaks_and_for_what_is_only_near(corpus: Path) -> None:
    with open_reader(corpus) as store:
        found = listings.critiques(store, "records", Filters(author=("Wren Okafor",)), None, unanswered=False)
    assert {found.known[one.id].speaker for one in found.shown} <= {"Wren Okafor"}
    assert {found.known[name].speaker for name in found.loose if name in found.known} <= {"Wren Okafor"}


def test_theories_alone_are_those_without_a_critique(corpus: Path) -> None:
    with open_reader(corpus) as store:
        every = listings.theories(store, None, Filters(), None, alone=False)
        alone = listings.theories(store, None, Filters(), None, alone=True)
    assert alone.shown == [one for one in every.shown if not one.critiques]
    assert every.without == alone.without == alone.total
    assert len(every.critiques) == sum(len(one.critiques) for one in every.shown)
