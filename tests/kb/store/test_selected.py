"""What filters leave: every row of it and no other, remembered until the store changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model.filters import Filters
from kb.model.words import Table
from kb.store import conditions, selected
from kb.store.open import Store, open_reader, open_store
from kb.store.selected import Selected
from tests.small_store import add_source, add_statement

ROWS = st.sets(st.integers(1, 40))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "home")
    add_source(store, "Owls", ["One owl", "Two owls"], kind="note", author="Ada Roy", tags=["birds"])
    add_source(store, "A talk", [("Ada", "I heard it"), ("Ben", "I did not")], kind="transcript", heading=("Night",))
    add_source(store, "Mills", ["A mill"], kind="paper", published="2020")
    for rowid, source in enumerate((1, 1, 2, 3)):
        add_statement(store, source, f"Something is said, number {rowid}")
    return store


@pytest.mark.parametrize("table", ["passage", "statement"])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(kind=("note",)),
        Filters(kind=("note", "paper"), since="2019"),
        Filters(tag=("birds",)),
        Filters(author=("Ada",)),
        Filters(heading=("night",)),
        Filters(kind=("claim",)),
        Filters(until="1900"),
    ],
)
def test_the_rows_are_those_that_the_condition_finds(store: Store, table: Table, filters: Filters) -> None:
    condition = conditions.rows(store, filters, table)
    found = sorted(row[0] for row in store.execute(condition.sql, condition.values))
    left = selected.left(store, filters, table)
    assert left is not None
    assert left.rowids() == found
    assert left.count == len(found)


def test_passages_of_one_source_need_not_follow_each_other(store: Store) -> None:
    with store.transaction():
        store.execute("UPDATE passage SET source_rowid = 3, ordinal = 7 WHERE rowid = 1")
    left = selected.left(store, Filters(kind=("paper",)), "passage")
    assert left is not None
    assert left.rowids() == [1, *(row[0] for row in store.execute("SELECT rowid FROM passage WHERE text = 'A mill'"))]
    assert left.count == 2


def test_without_filters_nothing_is_left_out(store: Store) -> None:
    assert selected.left(store, Filters(limit=3), "passage") is None
    assert selected.left(store, Filters(limit=3), "statement") is None


def test_what_was_left_is_asked_again_once_anybody_has_written(store: Store) -> None:
    notes = Filters(kind=("note",))

    def count(asked: Store) -> int:
        left = selected.left(asked, notes, "passage")
        return left.count if left else -1

    with open_reader(store.home) as reader:
        before = selected.left(reader, notes, "passage")
        assert selected.left(reader, Filters(kind=("note",), limit=50), "passage") is before
        assert (count(reader), count(store)) == (2, 2)
        add_source(store, "Bats", ["One bat"], kind="note")
        assert (count(reader), count(store)) == (3, 3)


def test_what_a_transaction_takes_back_is_not_remembered(store: Store) -> None:
    with store.snapshot():
        store.execute("UPDATE source SET kind = 'note'")
        everything = selected.left(store, Filters(kind=("note",)), "passage")
        assert everything is not None
        assert everything.count > 2
    left = selected.left(store, Filters(kind=("note",)), "passage")
    assert left is not None
    assert left.count == 2


@given(ROWS, ROWS)
@settings(max_examples=50)
def test_selections_are_combined_as_sets_are(one: set[int], other: set[int]) -> None:
    a, b = Selected.of(one), Selected.of(other)
    for made, right in ((a & b, one & other), (a | b, one | other), (a - b, one - other)):
        assert made.rowids() == sorted(right)
        assert made.count == len(right)
    asked = np.arange(45)
    assert asked[a.among(asked)].tolist() == sorted(one)
    assert [rowid for rowid in range(45) if rowid in a] == sorted(one)
