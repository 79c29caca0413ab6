"""What a check of the whole store finds, and what it mends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers import read
from importers.base import Input
from kb import check as health
from kb.review import write
from kb.sources import add
from kb.store import statements
from kb.store.open import DB_NAME, Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


def _add(store: Store, body: str, name: str = "a.md") -> str:
    (document,) = read(Input(body, name, f"/x/{name}", body.encode()), "markdown")
    return add.add(store, document, "1").source_id


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE source SET text = 'x' || text", "quotes"),
        ("UPDATE mention SET start = start + 1", "quotes"),
        ("INSERT INTO passage_fts(passage_fts, rowid, text, context) SELECT 'delete', rowid, text, context "
         "FROM searchable_passage", "full-text"),
        ("UPDATE reference SET target = 's0000000'", "references"),
        ("UPDATE link SET to_id = 'c00000000'", "dangling-link"),
    ],
)  # fmt: skip
def test_check_finds_damage(store: Store, damage: str, check: str) -> None:
    _add(store, "I think that [[A thing]] should be looked at.\n\nI believe that nothing is not worth a look.\n")
    one, two = [one.id for one in statements.chosen(store)]
    write.link(store, one, "supports", two)
    assert health.findings(store) == []
    connection = sqlite3.connect(store.home / DB_NAME)
    connection.execute(damage)
    connection.commit()
    found = health.findings(store)
    assert check in {finding.check for finding in found}
    health.fix(store)
    if check == "full-text":
        assert health.findings(store) == []


def test_full_text_search_follows_every_change(store: Store) -> None:
    _add(store, "The walrus sings.\n")
    _add(store, "The ferret sings.\n")
    hits = store.execute("SELECT rowid FROM passage_fts WHERE passage_fts MATCH 'walrus OR ferret'").fetchall()
    assert len(hits) == 1
    assert health.findings(store) == []
