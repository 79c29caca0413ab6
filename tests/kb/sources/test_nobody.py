"""Filters that leave nothing: who or what may be meant is told, and nothing where there is no slip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.model.filters import Filters
from kb.sources import nobody
from kb.store.open import Store, open_store
from tests.conftest import Kb
from tests.small_store import add_source, add_statement


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        rowid = add_source(opened, "On frogs", ["Frogs sing."], author="Neel Nanda", tags=["Ponds", "two words"])
        add_statement(opened, rowid, "Frogs sing.")  # Ada says it
        yield opened


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(author=("Niel Nanda",)), "nobody is called 'Niel Nanda'; did you mean Neel Nanda?"),
        (Filters(author=("nnanda",)), "nobody is called 'nnanda'; did you mean Neel Nanda?"),
        (Filters(author=("Quokka",)), "nobody is called 'Quokka'"),
        (Filters(tag=("pond",)), "nothing is tagged 'pond'; did you mean Ponds?"),
        (Filters(tag=("two wrods",)), "nothing is tagged 'two wrods'; did you mean two words?"),
    ],
)
def test_what_may_be_meant_is_told(store: Store, notices: list[str], filters: Filters, told: str) -> None:
    nobody.tell(store, filters)
    assert notices == [told]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(author=("nanda",)),
        Filters(author=("@neel",)),
        Filters(author=("Ada",)),
        Filters(tag=("#PONDS",)),
    ],
)
def test_nothing_is_told_where_there_is_somebody(store: Store, notices: list[str], filters: Filters) -> None:
    nobody.tell(store, filters)
    assert notices == []


def test_the_answer_is_empty_and_the_notice_stands_beside_it(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nauthor: Neel Nanda\n---\n# Frogs\n\nFrogs sing.\n")
    kb("add", tmp_path / "a.md", "--no-embed")
    ran = kb("list", "--author", "Niel Nanda", "--json")
    assert (ran.code, ran.json["sources"]) == (0, [])
    assert "did you mean Neel Nanda?" in ran.err
    assert "did you mean paper? one of: post" in kb("list", "--kind", "papr").err
